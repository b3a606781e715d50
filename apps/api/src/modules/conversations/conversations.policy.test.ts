import { expect, test } from 'vitest';
import type { Viewer } from '../../platform/session/viewer.ts';
import { isCandidateOf, isOver, seesRecord, takesDeposits } from './conversations.policy.ts';

const candidate: Viewer = { kind: 'candidate', accountId: 'acc_c', organisationId: 'org_1', sessionId: 'ses_1' };
const member: Viewer = { kind: 'member', role: 'PARTNER', accountId: 'acc_m', organisationId: 'org_1', sessionId: 'ses_2' };

test('a conversation is one candidate\'s, and never a colleague\'s', () => {
  expect(isCandidateOf(candidate, { candidateId: 'acc_c' })).toBe(true);
  expect(isCandidateOf(candidate, { candidateId: 'acc_other' })).toBe(false);
  expect(isCandidateOf(candidate, { candidateId: null })).toBe(false);
  expect(isCandidateOf(member, { candidateId: 'acc_m' })).toBe(false);
});

test('the record is for colleagues', () => {
  expect(seesRecord(member)).toBe(true);
  expect(seesRecord(candidate)).toBe(false);
  expect(seesRecord({ kind: 'anonymous' })).toBe(false);
});

test('keys are deposited until the candidate is in the room', () => {
  expect((['INVITED', 'CLAIMED', 'ENTERED', 'LEFT', 'BLOCKED'] as const).filter((state) => takesDeposits({ state }))).toEqual(['INVITED', 'CLAIMED']);
});

test('who left or blocked has ended it', () => {
  expect((['INVITED', 'CLAIMED', 'ENTERED', 'LEFT', 'BLOCKED'] as const).filter((state) => isOver({ state }))).toEqual(['LEFT', 'BLOCKED']);
});
