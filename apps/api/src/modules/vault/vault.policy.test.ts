import { expect, test } from 'vitest';
import type { CounterpartState, ProjectRole } from '../../generated/resolvers.ts';
import type { Viewer } from '../../platform/session/viewer.ts';
import { isOnProject, mayFollowLog } from './vault.policy.ts';

test.each<[ProjectRole | null, boolean]>([['LEAD', true], ['MEMBER', true], [null, false]])('who is %s on the project reads its deposits: %s', (viewerRole, may) => {
  expect(isOnProject({ viewerRole })).toBe(may);
});

const person = { accountId: 'acc_1', organisationId: 'org_1', sessionId: 'ses_1' };
const colleague: Viewer = { kind: 'member', role: 'RESEARCHER', ...person };
const candidate: Viewer = { kind: 'candidate', ...person };
const withCandidate = (candidateId: string | null, state: CounterpartState) => ({ candidateId, state });

test('a colleague who sees the conversation follows its project’s log', () => {
  expect(mayFollowLog(colleague, withCandidate(null, 'INVITED'))).toBe(true);
});

test.each<[CounterpartState, boolean]>([['CLAIMED', true], ['ENTERED', true], ['LEFT', false], ['BLOCKED', false]])('its candidate while it is %s: %s', (state, may) => {
  expect(mayFollowLog(candidate, withCandidate('acc_1', state))).toBe(may);
});

test('another candidate never', () => {
  expect(mayFollowLog(candidate, withCandidate('acc_2', 'ENTERED'))).toBe(false);
  expect(mayFollowLog({ kind: 'anonymous' }, withCandidate('acc_2', 'ENTERED'))).toBe(false);
});
