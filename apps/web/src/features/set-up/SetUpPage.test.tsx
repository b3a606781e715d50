import { BatonError } from '@baton/base';
import { screen } from '@solidjs/testing-library';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { locale } from '../../platform/preferences/preferences.ts';
import type { RecoveryKit } from '../../session/contract.ts';
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
