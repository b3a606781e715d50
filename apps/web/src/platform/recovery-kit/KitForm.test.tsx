import { screen } from '@solidjs/testing-library';
import userEvent from '@testing-library/user-event';
import { createSignal } from 'solid-js';
import { BatonError } from '@baton/base';
import { afterEach, expect, test, vi } from 'vitest';
import type { KitReading } from '../../session/contract.ts';
import { renderWithClient } from '../../testing/renderWithClient.tsx';
import { locale } from '../preferences/preferences.ts';
import { KitForm } from './KitForm.tsx';

const nothing: KitReading = { words: 0, holds: 'nothing', parts: [], problem: { code: 'RECOVERY_CODE_INCOMPLETE', details: { found: 0, expected: 24 } } };
const words = (count: number, word = 'zoo'): string => Array.from({ length: count }, () => word).join(' ');

afterEach(() => locale.set('en'));

/** The form over a kit that reads as the test says. */
function show(reading: Partial<KitReading>, problem?: () => unknown) {
  const given: string[] = [];
  const onLeave = vi.fn();
  renderWithClient(
    () => <KitForm title="The firm’s words" text="From the safe." submit="Go on" leave="Not at hand" problem={problem?.()} busy={false} onWords={(typed) => given.push(typed)} onLeave={onLeave} />,
    { kit: { read: async () => ({ ...nothing, ...reading }) } },
  );
  return { given, onLeave, field: screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Words of the kit' }) };
}

const goOn = () => userEvent.click(screen.getByRole('button', { name: 'Go on' }));

test('has the focus, and gives the whole kit on', async () => {
  const { field, given } = show({ words: 24, holds: 'kit', problem: null });
  expect(document.activeElement).toBe(field);
  await userEvent.paste(words(24));
  expect(await screen.findByText('The whole kit')).toBeTruthy();
  await goOn();
  expect(given).toEqual([words(24)]);
});

test('says which part it recognises, and that one more is needed', async () => {
  const problem = { code: 'KIT_PART_MISSING', details: { number: 1 } };
  const { given, field } = show({ words: 32, holds: 'parts', parts: [1], problem });
  await userEvent.paste(words(32));
  expect(await screen.findByText('Part 1 of 3')).toBeTruthy();
  expect(screen.getByRole('status').textContent).toContain('One more part is needed.');
  expect(field.getAttribute('aria-invalid')).toBeNull();
  // Only when one wants to go on with it, it is a mistake.
  await goOn();
  expect(await screen.findByText('Part 1 alone opens nothing. Add another of the three.')).toBeTruthy();
  expect(given).toEqual([]);
});

test('says how far the next part has come', async () => {
  show({ words: 44, holds: 'parts', parts: [3], problem: { code: 'RECOVERY_CODE_INCOMPLETE', details: { found: 12, expected: 32 } } });
  await userEvent.paste(words(44));
  expect(await screen.findByText('12 of 32 words of the next part')).toBeTruthy();
  await goOn();
  expect(await screen.findByText('20 words of this part are missing.')).toBeTruthy();
});

test('selects the word that is wrong, in the second part too', async () => {
  const { field } = show({ words: 40, holds: 'parts', parts: [2], problem: { code: 'RECOVERY_WORD_UNKNOWN', details: { position: 37, word: 'zebrra', suggestion: 'zebra' } } });
  await userEvent.paste(`${words(32)}\n${words(4)} zebrra zoo zoo zoo `);
  expect(await screen.findByText('Word 5 of the second part, “zebrra”, is not on the list. Is it “zebra”?')).toBeTruthy();
  expect(field.getAttribute('aria-invalid')).toBe('true');
  await goOn();
  await vi.waitFor(() => expect(field.value.slice(field.selectionStart, field.selectionEnd)).toBe('zebrra'));
  expect(document.activeElement).toBe(field);
});

test('lets one finish a word before it is called wrong', async () => {
  show({ words: 2, problem: { code: 'RECOVERY_WORD_UNKNOWN', details: { position: 2, word: 'zeb', suggestion: '' } } });
  await userEvent.paste('zoo zeb');
  await screen.findByText('2 words');
  expect(screen.queryByText(/not on the list/)).toBeNull();
  await userEvent.keyboard(' ');
  expect(await screen.findByText('Word 2, “zeb”, is not on the list. Look at the sheet again.')).toBeTruthy();
});

test('keeps two parts apart that are pasted one behind the other', async () => {
  const { field } = show({});
  await userEvent.paste(words(2));
  // The browser inserts what is pasted after this; jsdom’s paste of user-event does the same.
  await userEvent.paste(words(2));
  expect(field.value).toBe('zoo zoo\nzoo zoo');
});

test.each([
  ['KIT_PART_WRONG', { position: 7, word: 'apple', suggestion: 'apply' }, 'Word 7, “apple”, does not fit the others. Is it “apply”?', '第 7 个词“apple”与其他词不符。是“apply”吗？'],
  ['KIT_PART_WRONG', { position: 0, word: '', suggestion: '' }, /more than one of this part is not what stands on its sheet/, /这一份有不止一个词与单子不符/],
  ['KIT_PART_TWICE', { number: 2 }, 'This is part 2 twice. Add another of the three instead.', '第 2 份输入了两次。请换成三份中的另一份。'],
  ['KIT_PART_OTHER_SPLIT', { first: 1, number: 3 }, /^Part 1 and part 3 are of two different splittings/, /第 1 份与第 3 份不是同一次拆分的/],
  ['KIT_PART_OTHER_FIRM', { number: 2 }, 'This is part 2 of another firm’s kit.', '这是另一家公司恢复单的第 2 份。'],
  ['KIT_PARTS_WRONG', {}, /one of them is not genuine/, /其中一份不是真的/],
  ['WRONG_ROOT', {}, /recovery words of another firm/, /另一家公司的恢复词/],
  ['RECOVERY_CODE_WRONG', {}, /together they open nothing/, /合起来打不开/],
])('names each mistake in both languages: %s %o', async (code, details, english, chinese) => {
  show({ words: 64, problem: { code, details: details as Record<string, string | number> } });
  await userEvent.paste(words(64));
  expect(await screen.findByText(english)).toBeTruthy();
  locale.set('zh-CN');
  expect(await screen.findByText(chinese)).toBeTruthy();
});

test('says what came of words that were given on', async () => {
  const [problem, setProblem] = createSignal<unknown>();
  show({ words: 64, holds: 'parts', parts: [1, 2], problem: null }, problem);
  setProblem(new BatonError('KIT_PARTS_WRONG'));
  expect(await screen.findByText(/one of them is not genuine/)).toBeTruthy();
});

test('leaves without words', async () => {
  const { onLeave } = show({});
  await userEvent.click(screen.getByRole('button', { name: 'Not at hand' }));
  expect(onLeave).toHaveBeenCalledOnce();
});
