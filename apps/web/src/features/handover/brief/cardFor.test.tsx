import { cleanup, screen } from '@solidjs/testing-library';
import { afterEach, expect, test } from 'vitest';
import type { ProjectVaultView, VaultChange } from '../../../session/contract.ts';
import { renderWithClient } from '../../../testing/renderWithClient.tsx';
import { briefKind, makeBrief } from './brief.ts';
import { cardFor } from './cardFor.tsx';

const [lena, tom, nora] = [{ id: 'acc_lena', name: 'Lena Hoff' }, { id: 'acc_tom', name: 'Tomas Beran' }, { id: `inv_${'0'.repeat(12)}70008000${'0'.repeat(12)}`, name: 'Nora Lind' }];
const project = { id: 'prj_1', name: 'Head of Treasury', members: [], vault: null, stages: [], candidacies: [], openPromises: [] };
const cardOf = (to = tom) => ({ kind: briefKind, data: makeBrief({ project, from: lena, to, by: lena, at: '2026-11-20T09:00:00Z', words: '', waitsSince: () => undefined }) });
const change = (from: string, to: string): VaultChange => ({ seq: 1, at: '', actorId: from, type: 'handover', came: [to], left: [from], from, to, epoch: 2 });
const show = (card: ReturnType<typeof cardOf>, ...changes: VaultChange[]) =>
  renderWithClient(() => <>{cardFor(card)?.()}</>, { vault: { project: async () => ({ projectId: 'prj_1', team: [], epoch: 2, changes }) satisfies ProjectVaultView } });

afterEach(cleanup);

test('says that the signed log has the handover', async () => {
  show(cardOf(), change('acc_lena', 'acc_tom'));
  expect(await screen.findByText('The project’s signed log says so.')).toBeTruthy();
});

test('and where it has not, that nothing was handed over yet', async () => {
  show(cardOf(), change('acc_tom', 'acc_lena'));
  expect(await screen.findByText(/Not handed over yet/)).toBeTruthy();
});

test('knows a successor by the invitation they came by', async () => {
  show(cardOf(nora), change('acc_lena', 'acc_nora'));
  expect(await screen.findByText('The project’s signed log says so.')).toBeTruthy();
});

test('another kind of card, and a brief that does not hold, have no look: their text is shown', () => {
  expect(cardFor({ kind: 'com.example.poll', data: cardOf().data })).toBeNull();
  expect(cardFor({ kind: briefKind, data: { v: 1 } })).toBeNull();
});
