import { screen } from '@solidjs/testing-library';
import userEvent from '@testing-library/user-event';
import { BatonError } from '@baton/base';
import { expect, test } from 'vitest';
import type { KitParts, KitReading } from '../../session/contract.ts';
import { renderWithClient } from '../../testing/renderWithClient.tsx';
import { shownToasts } from '../../ui/toast/toasts.ts';
import { Security } from './Security.tsx';

const parts: KitParts = { split: 'A1B2C3', fingerprint: '7F3A 91C2', parts: [1, 2, 3].map((number) => Array.from({ length: 32 }, (_, at) => `p${number}w${at + 1}`)) };
const whole: KitReading = { words: 24, holds: 'kit', parts: [], problem: null };
const press = (name: string) => userEvent.click(screen.getByRole('button', { name }));

async function typeWords(): Promise<void> {
  await userEvent.click(screen.getByRole('textbox', { name: 'Words of the kit' }));
  await userEvent.paste('the words on the sheet');
  await userEvent.click(screen.getAllByRole('button', { name: 'Split in three' }).at(-1)!);
}

test('only a partner is offered to split the firm’s kit', () => {
  renderWithClient(Security, { viewer: { role: 'CONSULTANT' } });
  expect(screen.queryByRole('button', { name: 'Split in three' })).toBeNull();
});

test('whoever has the kit gets three sheets, and can’t lose them before they have kept them', async () => {
  const { client } = renderWithClient(Security, { viewer: { role: 'PARTNER' }, kit: { read: async () => whole, split: async () => parts } });
  await press('Split in three');
  await typeWords();
  expect(await screen.findAllByRole('article')).toHaveLength(3);
  expect(client.calls.at(-1)).toEqual({ name: 'split', args: ['the words on the sheet'] });
  expect(screen.queryByRole('button', { name: 'Close' })).toBeNull();
  await press('I have kept all three');
  for (const field of screen.getAllByRole('textbox')) {
    const [, part, word] = /Part (\d), word (\d+)/.exec((field as HTMLInputElement).labels![0]!.textContent!)!;
    await userEvent.type(field, `p${part}w${word}`);
  }
  await press('Confirm');
  expect(screen.queryByRole('dialog')).toBeNull();
  expect(shownToasts().map(({ text }) => text)).toContain('The three parts are in your hands. Any two of them open the firm.');
});

test('words that turn out not to open the firm are refused in the form', async () => {
  const split = async (): Promise<KitParts> => {
    throw new BatonError('KIT_PARTS_WRONG');
  };
  renderWithClient(Security, { viewer: { role: 'PARTNER' }, kit: { read: async () => whole, split } });
  await press('Split in three');
  await typeWords();
  expect(await screen.findByText(/one of them is not genuine/)).toBeTruthy();
});
