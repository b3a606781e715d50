import { BatonError } from '@baton/base';
import type { OrganisationState, ProjectLog } from '@baton/vault';
import { expect, test } from 'vitest';
import { beginInstead } from './beginInstead.ts';

type Member = { member: { id: string }; role: 'LEAD' | 'MEMBER' };
const on = (id: string, role: Member['role'] = 'MEMBER'): Member => ({ member: { id }, role });

/** A project with these members; `mei` looks at it, `old` has left the firm, `new` has never signed in. */
function scene({ members, begun = false, role = 'partner', ensure }: { members: Member[]; begun?: boolean; role?: string; ensure: (set: boolean) => boolean }) {
  const known = Object.fromEntries(['mei', 'lena', 'tom', 'old'].map((id) => [id, { identity: { role: id === 'mei' ? role : 'consultant' }, revokedAt: id === 'old' ? '2026-01-01' : null }]));
  const set: { memberId: string; role: string }[][] = [];
  let hasLog = begun;
  const log = { current: () => (hasLog ? {} : null), refresh: async () => (hasLog ? {} : null) } as unknown as ProjectLog;
  const deps = {
    server: { projects: async () => [{ id: 'prj', members }] as never, setMembers: async (_: string, next: (typeof set)[number]) => void set.push(next) },
    account: { secrets: { account: 'mei' } } as never,
    organisationLog: { refresh: async () => ({ members: known }) as unknown as OrganisationState },
    projects: {
      log: async () => log,
      ensure: async () => {
        hasLog = ensure(set.length > 0);
        return hasLog ? log : null;
      },
    },
  };
  return { set, begin: () => beginInstead(deps, 'prj', 'lena') };
}
const refuse = (code: string): never => {
  throw new BatonError(code);
};

test('a project with a log is left as it is', async () => {
  const { begin, set } = scene({ members: [on('lena', 'LEAD')], begun: true, ensure: () => refuse('NOT_LEAD') });
  expect([await begin(), set]).toEqual(['lena', []]);
});

test('who is on the team begins it for the team', async () => {
  const { begin, set } = scene({ members: [on('lena', 'LEAD'), on('mei')], ensure: () => true });
  expect([await begin(), set]).toEqual(['lena', []]);
});

test('a partner who is not on it takes the predecessor’s place, and whoever can read stays', async () => {
  const { begin, set } = scene({ members: [on('lena', 'LEAD'), on('tom'), on('old'), on('new')], ensure: (isSet) => isSet });
  expect(await begin()).toBe('mei');
  expect(set).toEqual([[{ memberId: 'tom', role: 'MEMBER' }, { memberId: 'mei', role: 'LEAD' }]]);
});

test('so does one who is on it, where somebody of the team has left the firm', async () => {
  const { begin, set } = scene({ members: [on('old', 'LEAD'), on('mei')], ensure: (isSet) => isSet || refuse('REVOKED_MEMBER') });
  expect(await begin()).toBe('mei');
  expect(set).toEqual([[{ memberId: 'mei', role: 'LEAD' }]]);
});

test('who is no partner changes nobody’s place', async () => {
  const { begin, set } = scene({ members: [on('lena', 'LEAD')], role: 'consultant', ensure: () => false });
  expect([await begin(), set]).toEqual(['lena', []]);
});
