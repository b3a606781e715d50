import { cleanup, screen, waitFor } from '@solidjs/testing-library';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test, vi } from 'vitest';
import { locale } from '../../platform/preferences/preferences.ts';
import { answerRequests } from '../../testing/answerRequests.ts';
import { renderWithClient } from '../../testing/renderWithClient.tsx';
import { PlannedHandOver } from './PlannedHandOver.tsx';

const plan = (change: object = {}) => ({
  plannedAt: '2026-11-20T09:00:00Z', successorName: 'Nora Lind', invitationState: 'OPEN', from: { id: 'acc_lena', name: 'Lena Hoff' }, plannedBy: { id: 'acc_mei', name: 'Mei Lin' }, ...change,
});
const show = (handoverPlan: object | null, edit = true) => {
  let waits = handoverPlan;
  const asked = answerRequests({
    HandOverPlan: () => ({ project: { id: 'prj_1', can: { edit }, handoverPlan: waits } }),
    CancelHandOverPlan: () => ((waits = null), { cancelHandoverPlan: { project: { id: 'prj_1' }, userErrors: [] } }),
  });
  renderWithClient(() => <PlannedHandOver projectId="prj_1" />);
  return asked;
};

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  locale.set('en');
});

test('says for whom it waits, and goes when it is cancelled', async () => {
  const asked = show(plan());
  expect((await screen.findByText(/Waits for Nora Lind’s first sign-in/)).textContent).toContain('It goes from Lena Hoff to Nora Lind by itself then');
  await userEvent.click(screen.getByRole('button', { name: 'Cancel handover' }));
  await waitFor(() => expect(screen.queryByText(/Nora Lind/)).toBeNull());
  expect(asked.find(({ name }) => name === 'CancelHandOverPlan')?.variables).toEqual({ input: { projectId: 'prj_1' } });
});

test.each([
  ['CLAIMED', 'Nora Lind has joined. It is handed over as soon as'],
  ['EXPIRED', 'The invitation of Nora Lind does not count any more. Cancel this handover, invite them again'],
  ['REVOKED', 'The invitation of Nora Lind does not count any more. Cancel this handover, invite them again'],
])('of an invitation that is %s says what that means', async (invitationState, sentence) => {
  show(plan({ invitationState }));
  expect((await screen.findByText(/Nora Lind/)).textContent).toContain(sentence);
});

test('who may not hand the project over sees it, and does not cancel it', async () => {
  show(plan(), false);
  await screen.findByText(/Waits for Nora Lind/);
  expect(screen.queryByRole('button')).toBeNull();
});

test('speaks Chinese', async () => {
  locale.set('zh-CN');
  show(plan());
  expect(await screen.findByText(/等待Nora Lind首次登录。/)).toBeTruthy();
});
