import { BatonError } from '@baton/base';
import { screen, within } from '@solidjs/testing-library';
import userEvent from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import { locale } from '../../platform/preferences/preferences.ts';
import type { KitParts, RecoveryKit } from '../../session/contract.ts';
import { renderWithClient } from '../../testing/renderWithClient.tsx';
import { SetUpPage } from './SetUpPage.tsx';

const kit: RecoveryKit = {
  firmName: 'Harbor Search',
  fingerprint: '7F3A 91C2',
  firmWords: Array.from({ length: 24 }, (_, at) => `firm${'abcdefghijklmnopqrstuvwx'[at]}`),
  accountWords: Array.from({ length: 12 }, (_, at) => `mine${'abcdefghijkl'[at]}`),
};

async function fill(): Promise<void> {
  await userEvent.type(screen.getByRole('textbox', { name: 'Firm' }), 'Harbor Search');
  await userEvent.type(screen.getByRole('textbox', { name: 'Your name' }), 'Mei Lin');
  await userEvent.type(screen.getByRole('textbox', { name: 'Work e-mail' }), 'mei@harbor.example');
  await userEvent.type(screen.getByLabelText('Password'), 'velvet-otter-lamp');
  await userEvent.click(screen.getByRole('button', { name: 'Create the firm' }));
}

/** Types the word that a question asks for into its field. */
async function answer(field: HTMLElement, change: (word: string) => string = (word) => word): Promise<void> {
  const label = (field as HTMLInputElement).labels![0]!.textContent!;
  const position = Number(/\d+/.exec(label)![0]);
  const words = label.startsWith('The firm') ? kit.firmWords! : kit.accountWords;
  await userEvent.clear(field);
  await userEvent.type(field, change(words[position - 1]!));
}

test('a firm is made, its kit confirmed by two words, and then there is something to do', async () => {
  const { client } = renderWithClient(SetUpPage, { account: { setUpFirm: async () => kit } });
  await fill();
  expect(client.calls[0]).toEqual({
    name: 'setUpFirm',
    args: [{ firmName: 'Harbor Search', name: 'Mei Lin', email: 'mei@harbor.example', password: 'velvet-otter-lamp' }],
  });
  expect(await screen.findByText('minea')).toBeTruthy();
  expect(screen.getByText('firmx')).toBeTruthy();

  await userEvent.click(screen.getByRole('button', { name: 'I have kept it' }));
  const fields = screen.getAllByRole('textbox');
  await answer(fields[0]!, (word) => `${word}x`);
  await answer(fields[1]!);
  await userEvent.click(screen.getByRole('button', { name: 'Confirm' }));
  expect(screen.getByText('That is not the word on the sheet. Look again.')).toBeTruthy();

  await answer(fields[0]!, (word) => word.toUpperCase());
  await userEvent.click(screen.getByRole('button', { name: 'Confirm' }));
  expect(await screen.findByRole('heading', { name: 'Harbor Search is ready' })).toBeTruthy();
  expect(screen.getByRole('link', { name: /Invite a colleague/ }).getAttribute('href')).toBe('/colleagues');
});

describe('the firm’s words in three parts', () => {
  const parts: KitParts = { split: 'A1B2C3', fingerprint: kit.fingerprint, parts: [1, 2, 3].map((number) => Array.from({ length: 32 }, (_, at) => `p${number}w${at + 1}`)) };
  const press = (name: string | RegExp) => userEvent.click(screen.getByRole('button', { name }));
  /** Types the word that each question asks for; one of them wrong. */
  const answerParts = async (wrong?: number): Promise<void> => {
    for (const [at, field] of screen.getAllByRole('textbox').entries()) {
      const [, part, word] = /Part (\d), word (\d+)/.exec((field as HTMLInputElement).labels![0]!.textContent!)!;
      await userEvent.clear(field);
      await userEvent.type(field, at === wrong ? 'nonsense' : `p${part}w${word}`);
    }
  };

  async function offered() {
    const shown = renderWithClient(SetUpPage, { account: { setUpFirm: async () => kit }, kit: { split: async () => parts } });
    await fill();
    await screen.findByText('minea');
    await press('Split in three');
    await screen.findByRole('heading', { name: 'The firm’s words in three parts' });
    return shown;
  }

  test('are three sheets, of each of which a word is typed back; then the sheet is without them', async () => {
    const { client } = await offered();
    expect(client.calls.at(-1)).toEqual({ name: 'split', args: [kit.firmWords!.join(' ')] });
    for (const number of [1, 2, 3]) {
      const sheet = within(screen.getByRole('article', { name: `Part ${number} of 3` }));
      expect(sheet.getAllByRole('listitem')).toHaveLength(32);
      expect(sheet.getByText(/Splitting A1B2C3/)).toBeTruthy();
    }
    await press('I have kept all three');
    expect(document.activeElement).toBe(screen.getAllByRole('textbox')[0]);
    await answerParts(1);
    await press('Confirm');
    expect(screen.getByText('That is not the word on the sheet. Look again.')).toBeTruthy();
    await answerParts();
    await press('Confirm');
    expect(await screen.findByText('In three parts (splitting A1B2C3). Any two of them open the firm.')).toBeTruthy();
    expect(screen.queryByText('firmx')).toBeNull();
    await press('I have kept it');
    expect(screen.getAllByRole('textbox').map((field) => (field as HTMLInputElement).labels![0]!.textContent!.startsWith('Your account'))).toEqual([true, true]);
  });

  test('may be left whole, or stand on the sheet as well; the parts stay the same', async () => {
    const { client } = await offered();
    await press('Keep it whole');
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'I have kept it' }));
    expect(screen.getByText('firmx')).toBeTruthy();
    await press('Split in three');
    await press('I have kept all three');
    await answerParts();
    await press('Confirm');
    await press('Put all 24 words on this sheet, too');
    expect(screen.getByText('firmx')).toBeTruthy();
    expect(client.calls.filter(({ name }) => name === 'split')).toHaveLength(1);
  });

  test('print alone, and leave the page as it was', async () => {
    await offered();
    dispatchEvent(new Event('beforeprint'));
    const printed = document.querySelector('body > div:last-child')!;
    expect([...printed.querySelectorAll('article')].map((sheet) => sheet.getAttribute('aria-label'))).toEqual(['Part 1 of 3', 'Part 2 of 3', 'Part 3 of 3']);
    dispatchEvent(new Event('afterprint'));
    expect(document.querySelectorAll('article')).toHaveLength(3);
  });
});

test.each([['firmName', 'Firm'], ['name', 'Your name']])('a refusal that names a field stands beside it (%s)', async (field, label) => {
  renderWithClient(SetUpPage, {
    account: {
      setUpFirm: async () => {
        throw new BatonError('NAME_NEEDS_LETTER', { field });
      },
    },
  });
  await fill();
  expect(await screen.findByRole('textbox', { name: label, description: 'A name needs at least one letter or digit.' })).toBeTruthy();
});

test('a refusal stands beside its field, and follows the language', async () => {
  renderWithClient(SetUpPage, {
    account: {
      setUpFirm: async () => {
        throw new BatonError('WEAK_PASSWORD', { reason: 'short', least: 10 });
      },
    },
  });
  await fill();
  expect(await screen.findByText(/too short/)).toBeTruthy();
  expect(screen.getByLabelText('Password').getAttribute('aria-invalid')).toBe('true');
  locale.set('zh-CN');
  expect(screen.getByText(/密码太短/)).toBeTruthy();
  locale.set('en');
});
