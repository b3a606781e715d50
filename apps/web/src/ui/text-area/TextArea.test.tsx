import { render, screen } from '@solidjs/testing-library';
import userEvent from '@testing-library/user-event';
import { createSignal } from 'solid-js';
import { expect, test } from 'vitest';
import { TextArea } from './TextArea.tsx';

test('takes several lines and is found by its label, also a hidden one', async () => {
  const [value, setValue] = createSignal('');
  render(() => <TextArea label="Note" hideLabel value={value()} onValue={setValue} />);
  await userEvent.type(screen.getByRole('textbox', { name: 'Note' }), 'one{Enter}two');
  expect(value()).toBe('one\ntwo');
});
