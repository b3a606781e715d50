import { render, screen, within } from '@solidjs/testing-library';
import { expect, test } from 'vitest';
import { StepLine, Steps } from './Steps.tsx';

test('names each step and says how it stands, with what is to be known besides', () => {
  const all = [{ name: 'Team room', said: 'Done' }, { name: 'Ivo Kask', said: 'Reading…' }, { name: 'Ada Novak', said: 'Done', warning: 'Two keys are missing' }];
  render(() => <Steps label="Progress" each={all} live>{(step) => <StepLine look="running" {...step} />}</Steps>);
  const list = screen.getByRole('list', { name: 'Progress' });
  expect(within(list).getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual(['Team roomDone', 'Ivo KaskReading…', 'Ada NovakDoneTwo keys are missing']);
  expect([list.getAttribute('aria-live'), list.getAttribute('tabindex')]).toEqual(['polite', null]);
});

test('a dense list scrolls, so the keyboard gets into it', () => {
  render(() => <Steps label="Progress" each={['Team room']} dense>{(name) => <StepLine look="waiting" name={name} said="Waiting" />}</Steps>);
  expect(screen.getByRole('list', { name: 'Progress' }).getAttribute('tabindex')).toBe('0');
});
