import { screen, within } from '@solidjs/testing-library';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test, vi } from 'vitest';
import { answerRequests } from '../../testing/answerRequests.ts';
import { renderWithClient } from '../../testing/renderWithClient.tsx';
import { LogPage } from './LogPage.tsx';

afterEach(() => vi.unstubAllGlobals());

const entry = (seq: number, kind: string, day: number, ...subjects: string[]) => ({
  cursor: String(seq), node: { __typename: 'AuditEntry', seq, recordedAt: `2026-11-${day}T12:00:00.000Z`, actorId: 'acc_mei', kind, subjects },
});
const page = (edges: ReturnType<typeof entry>[], more: object = {}) => ({
  auditLog: {
    totalCount: 3, brokenAt: null, pageInfo: { hasNextPage: false, endCursor: edges.at(-1)?.cursor ?? null },
    names: [{ id: 'acc_mei', name: 'Mei Lin' }, { id: 'prj_1', name: 'Head of Treasury' }], edges, ...more,
  },
});
const show = (role: 'PARTNER' | 'CONSULTANT' = 'PARTNER') => renderWithClient(LogPage, { viewer: { role } });

test('a partner reads who did what, by day, the newest first, and goes back', async () => {
  const asked = answerRequests({
    AuditLog: ({ after }: { after: string | null }) =>
      after === null
        ? page([entry(2, 'SIGNED_IN', 21, 'ses_1'), entry(1, 'PROJECT_LEAD_SET', 20, 'prj_1', 'acc_mei')], { pageInfo: { hasNextPage: true, endCursor: '1' } })
        : page([entry(0, 'PASSWORD_SET', 20)]),
  });
  show();
  expect(await screen.findByText('Mei Lin signed in')).toBeTruthy();
  expect(screen.getByText('The log is whole: every entry seals the one before it.')).toBeTruthy();
  expect(screen.getByText('3 entries')).toBeTruthy();
  expect(screen.getAllByRole('heading', { level: 2 })).toHaveLength(2);
  await userEvent.click(screen.getByRole('button', { name: 'Show earlier' }));
  const earlier = within((await screen.findByText('Mei Lin set a new password')).closest('section')!);
  expect(earlier.getAllByRole('listitem').map((item) => item.textContent)).toEqual([expect.stringContaining('took the lead of “Head of Treasury”'), expect.stringContaining('set a new password')]);
  expect(screen.queryByRole('button', { name: 'Show earlier' })).toBeNull();
  expect(asked.map(({ variables }) => variables)).toEqual([{ first: 50, after: null }, { first: 50, after: '1' }]);
});

test('says where the log was changed, instead of that it is whole', async () => {
  answerRequests({ AuditLog: page([entry(2, 'SIGNED_IN', 21)], { brokenAt: 1 }) });
  show();
  expect((await screen.findByRole('alert')).textContent).toContain('entry 2 does not fit');
  expect(screen.queryByText(/The log is whole/)).toBeNull();
});

test('is asked for again where it could not be loaded', async () => {
  let works = false;
  answerRequests({
    AuditLog: () => {
      if (!works) throw new TypeError('no connection');
      return page([entry(0, 'SIGNED_IN', 21)]);
    },
  });
  show();
  await screen.findByText(/could not be loaded/);
  works = true;
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByText('Mei Lin signed in')).toBeTruthy();
});

test('is a partner’s: nobody else’s browser asks for it', () => {
  const asked = answerRequests({});
  show('CONSULTANT');
  expect(screen.getByText('Only partners see the log.')).toBeTruthy();
  expect(asked).toEqual([]);
});
