import { screen, within } from '@solidjs/testing-library';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { renderWithClient } from '../../testing/renderWithClient.tsx';
import { ColleaguesPage } from './ColleaguesPage.tsx';

const member = (id: string, name: string, more: object = {}) => ({
  id, name, email: `${id}@harbor.example`, role: 'CONSULTANT', joinedAt: '2026-01-01T00:00:00Z', endedAt: null, lastSeenAt: null, sessionCount: 1, ...more,
});
const answers: Record<string, unknown> = {
  Colleagues: { viewer: { organisation: { id: 'org_1', name: 'Harbor Search', members: [member('jonas', 'Jonas Weber'), member('old', 'Peter Old', { endedAt: '2026-10-01T00:00:00Z' })] } } },
  ColleagueInvitations: {
    colleagueInvitations: [
      { id: 'inv_1', state: 'OPEN', inviteeName: 'Ana Costa', role: 'RESEARCHER', createdAt: '2026-11-01T00:00:00Z', expiresAt: '2026-12-01T00:00:00Z', claimedAt: null, inviter: { id: 'else', name: 'Liam' } },
    ],
  },
  EndColleagueSessions: { endMemberSessions: { member: null, userErrors: [] } },
};
let asked: { name: string; variables: unknown }[] = [];

beforeEach(() => {
  asked = [];
  vi.stubGlobal('fetch', async (_: string, init: { body: string }) => {
    const { query, variables } = JSON.parse(init.body) as { query: string; variables: unknown };
    const name = /(?:query|mutation) (\w+)/.exec(query)![1]!;
    asked.push({ name, variables });
    return new Response(JSON.stringify({ data: answers[name] }));
  });
});
afterEach(() => vi.unstubAllGlobals());

test('shows who is here, who is gone and who is invited', async () => {
  renderWithClient(ColleaguesPage, { viewer: { role: 'PARTNER' } });
  expect(await screen.findByText('Jonas Weber')).toBeTruthy();
  expect(within(screen.getByRole('heading', { name: 'No longer here' }).closest('section')!).getByText('Peter Old')).toBeTruthy();
  expect(await screen.findByText('Ana Costa')).toBeTruthy();
});

test('a partner signs a colleague out everywhere, after a second thought', async () => {
  renderWithClient(ColleaguesPage, { viewer: { role: 'PARTNER' } });
  await userEvent.click(await screen.findByRole('button', { name: 'Actions for Jonas Weber' }));
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Sign out everywhere' }));
  const dialog = await screen.findByRole('dialog', { name: 'Sign Jonas Weber out everywhere?' });
  await userEvent.click(within(dialog).getByRole('button', { name: 'Sign out everywhere' }));
  expect(asked).toContainEqual({ name: 'EndColleagueSessions', variables: { input: { memberId: 'jonas' } } });
});

test('a partner ends an account, after a second thought and not before being told what to hand over first', async () => {
  const onHandOver = vi.fn();
  const { client } = renderWithClient(() => <ColleaguesPage onHandOver={onHandOver} />, { viewer: { role: 'PARTNER' }, account: { endColleague: async () => {} } });
  const open = async () => {
    await userEvent.click(await screen.findByRole('button', { name: 'Actions for Jonas Weber' }));
    await userEvent.click(await screen.findByRole('menuitem', { name: 'End account…' }));
    return screen.findByRole('dialog', { name: 'End Jonas Weber’s account?' });
  };
  await userEvent.click(within(await open()).getByRole('button', { name: 'Hand over first…' }));
  expect(onHandOver).toHaveBeenCalledExactlyOnceWith('jonas');
  expect(client.calls.some(({ name }) => name === 'endColleague')).toBe(false);
  await userEvent.click(within(await open()).getByRole('button', { name: 'End account' }));
  await vi.waitFor(() => expect(client.calls).toContainEqual({ name: 'endColleague', args: ['jonas'] }));
});

test('a partner begins to hand over what a colleague works on, also one who is gone', async () => {
  const onHandOver = vi.fn();
  renderWithClient(() => <ColleaguesPage onHandOver={onHandOver} />, { viewer: { role: 'PARTNER' } });
  await userEvent.click(await screen.findByRole('button', { name: 'Actions for Peter Old' }));
  expect(screen.queryByRole('menuitem', { name: 'Sign out everywhere' })).toBeNull();
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Hand over all projects…' }));
  expect(onHandOver).toHaveBeenCalledExactlyOnceWith('old');
});

test('an invitation ends in a link to hand over', async () => {
  const { client } = renderWithClient(ColleaguesPage, {
    viewer: { role: 'PARTNER' },
    account: { inviteColleague: async () => ({ invitationId: 'inv_2', link: 'https://baton.example/join/inv_2#secret.root' }) },
  });
  await userEvent.click(await screen.findByRole('button', { name: 'Invite a colleague' }));
  await userEvent.type(screen.getByRole('textbox', { name: 'Name' }), '陈嘉怡');
  await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Role' }), 'Researcher');
  await userEvent.click(screen.getByRole('button', { name: 'Make the link' }));
  expect(client.calls).toContainEqual({ name: 'inviteColleague', args: [{ name: '陈嘉怡', role: 'RESEARCHER' }] });
  expect(((await screen.findByRole('textbox', { name: 'Link' })) as HTMLInputElement).value).toContain('/join/inv_2#');
});

test('who is no partner sees the list and no more', async () => {
  renderWithClient(ColleaguesPage, { viewer: { role: 'RESEARCHER' } });
  expect(await screen.findByText('Jonas Weber')).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Invite a colleague' })).toBeNull();
  expect(screen.queryByRole('button', { name: 'Actions for Jonas Weber' })).toBeNull();
  expect(asked.map(({ name }) => name)).not.toContain('ColleagueInvitations');
});
