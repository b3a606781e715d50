import { render, screen } from '@solidjs/testing-library';
import { expect, test } from 'vitest';
import { Banner } from './Banner.tsx';

test('what is wrong is announced as an alert, the rest as a status', () => {
  render(() => (
    <>
      <Banner tone="bad">Nothing was saved</Banner>
      <Banner>All is well</Banner>
    </>
  ));
  expect(screen.getByRole('alert').textContent).toBe('Nothing was saved');
  expect(screen.getByRole('status').textContent).toBe('All is well');
});
