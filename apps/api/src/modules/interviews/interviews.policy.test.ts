import { describe, expect, test } from 'vitest';
import { canBook, isOver, readsInterviewer, takesPart, type Circle } from './interviews.policy.ts';

const circle: Circle = { team: ['acc_lead', 'acc_researcher'], candidateId: 'acc_candidate', state: 'ENTERED' };
const colleague = (accountId: string, role: 'PARTNER' | 'CONSULTANT' | 'RESEARCHER' = 'CONSULTANT') => ({ kind: 'member', accountId, role }) as const;
const candidate = (accountId = 'acc_candidate') => ({ kind: 'candidate', accountId }) as const;

describe('a call', () => {
  test('is for the team and the candidate', () => {
    expect([takesPart(colleague('acc_lead'), circle), takesPart(candidate(), circle)]).toEqual([true, true]);
  });

  test('is not for a partner who only sees the project, nor for another candidate', () => {
    expect([takesPart(colleague('acc_partner', 'PARTNER'), circle), takesPart(candidate('acc_other'), circle)]).toEqual([false, false]);
  });

  test.each(['INVITED', 'CLAIMED', 'LEFT', 'BLOCKED'] as const)('is not for a candidate who is not in the room: %s', (state) => {
    expect(takesPart(candidate(), { ...circle, state })).toBe(false);
  });
});

test('interviews are booked by whoever of the team speaks for the firm', () => {
  expect([canBook(colleague('acc_lead'), circle), canBook(colleague('acc_researcher', 'RESEARCHER'), circle), canBook(colleague('acc_partner', 'PARTNER'), circle)]).toEqual([true, false, false]);
});

test('what was held or cancelled is over', () => {
  expect((['BOOKED', 'CANCELLED', 'DONE'] as const).map((state) => isOver({ state }))).toEqual([false, true, true]);
});

test('an interviewer’s judgement is theirs alone until it is submitted, or they are off the team', () => {
  const of = (changes: object) => readsInterviewer(colleague('acc_lead'), { authorId: 'acc_researcher', submittedAt: null, team: circle.team, ...changes });
  expect([of({}), of({ authorId: 'acc_lead' }), of({ submittedAt: new Date() }), of({ team: ['acc_lead'] })]).toEqual([false, true, true, true]);
});
