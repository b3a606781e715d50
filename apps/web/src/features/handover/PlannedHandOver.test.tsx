import { cleanup, screen, waitFor } from '@solidjs/testing-library';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { locale } from '../../platform/preferences/preferences.ts';
import { answerRequests } from '../../testing/answerRequests.ts';
import { renderWithClient } from '../../testing/renderWithClient.tsx';
import { PlannedHandOver } from './PlannedHandOver.tsx';
import { forgetWish, handOverWish } from './wish.ts';

const plan = (change: object = {}) => ({
  plannedAt: '2026-11-20T09:00:00Z', successorName: 'Nora Lind', invitationState: 'OPEN', counts: true, from: { id: 'acc_lena', name: 'Lena Hoff' }, plannedBy: { id: 'acc_mei', name: 'Mei Lin' }, ...change,
});
const lead = { role: 'LEAD', member: { id: 'acc_lena', role: 'CONSULTANT', endedAt: null } };
const show = (handoverPlan: object | null, { edit = true, members = [lead] as object[] } = {}) => {
  let waits = handoverPlan;
  const renewed: string[] = [];
  const asked = answerRequests({
    HandOverPlan: () => ({ project: { id: 'prj_1', can: { edit }, members, handoverPlan: waits } }),
    CancelHandOverPlan: () => ((waits = null), { cancelHandoverPlan: { project: { id: 'prj_1' }, userErrors: [] } }),
  });
  renderWithClient(() => <PlannedHandOver projectId="prj_1" />, { vault: { renewPlan: async (projectId: string) => ((waits = plan()), void renewed.push(projectId)) } });
  return { asked, renewed };
};

afterEach(() => {
  cleanup();
  forgetWish();
  vi.unstubAllGlobals();
  locale.set('en');
});

test('says for whom it waits, and goes when it is cancelled', async () => {
  const { asked } = show(plan());
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
  show(plan(), { edit: false });
  await screen.findByText(/Waits for Nora Lind/);
  expect(screen.queryByRole('button')).toBeNull();
});

describe('when it does not go by itself any more', () => {
  const ended = { ...lead, member: { ...lead.member, endedAt: '2026-11-20T10:00:00Z' } };

  test('because of who signed it, one press signs it anew', async () => {
    const { renewed } = show(plan({ counts: false, plannedBy: { id: 'acc_lena', name: 'Lena Hoff' } }));
    expect((await screen.findByText(/does not count/)).textContent).toContain('Lena Hoff planned this handover');
    await userEvent.click(screen.getByRole('button', { name: 'Plan it in my name' }));
    await screen.findByText(/Waits for Nora Lind’s first sign-in/);
    expect(renewed).toEqual(['prj_1']);
  });

  test('who may not decide is told who may', async () => {
    show(plan({ counts: false }), { edit: false });
    expect((await screen.findByText(/does not count/)).textContent).toContain('A lead of the project or a partner can plan it in their name.');
    expect(screen.queryByRole('button')).toBeNull();
  });

  test('because nobody is left on the team, it says that it takes the kit, and leads there when the successor has come', async () => {
    show(plan({ invitationState: 'CLAIMED' }), { members: [ended, { role: 'LEAD', member: { id: 'acc_ana', role: 'RESEARCHER', endedAt: null } }] });
    expect((await screen.findByText(/Nora Lind has joined/)).textContent).toContain('the firm’s recovery kit');
    await userEvent.click(screen.getByRole('button', { name: 'Hand over with the kit…' }));
    expect(handOverWish()).toEqual({ projectId: 'prj_1' });
  });

  test('a partner on the team carries it out', async () => {
    show(plan({ invitationState: 'CLAIMED' }), { members: [ended, { role: 'MEMBER', member: { id: 'acc_mei', role: 'PARTNER', endedAt: null } }] });
    expect((await screen.findByText(/Nora Lind has joined/)).textContent).toContain('It is handed over as soon as');
  });
});

test('speaks Chinese', async () => {
  locale.set('zh-CN');
  show(plan());
  expect(await screen.findByText(/等待Nora Lind首次登录。/)).toBeTruthy();
});
