import { expect, test } from 'vitest';
import { canSettle } from './promises.policy.ts';

const [author, colleague] = ['acc_author', 'acc_colleague'];
const viewer = (accountId: string, role: 'PARTNER' | 'CONSULTANT' = 'CONSULTANT') => ({ accountId, role });
const [led, joined] = [{ viewerRole: 'LEAD' }, { viewerRole: 'MEMBER' }] as const;
const promise = (state: 'OPEN' | 'KEPT' | 'TAKEN_BACK') => ({ promisedBy: author, state });

test.each(['OPEN', 'KEPT'] as const)('everybody on the project says of a promise that is %s whether it was kept', (state) => {
  expect(canSettle(viewer(colleague), promise(state), joined, 'KEPT')).toBe(true);
  expect(canSettle(viewer(colleague), promise(state), joined, 'OPEN')).toBe(true);
});

test('whoever made it, a lead or a partner takes it back, and nobody else', () => {
  const takesBack = (who: ReturnType<typeof viewer>, project: typeof led | typeof joined | { viewerRole: null }) => canSettle(who, promise('OPEN'), project, 'TAKEN_BACK');
  expect([takesBack(viewer(author), joined), takesBack(viewer(colleague), led), takesBack(viewer(colleague, 'PARTNER'), { viewerRole: null })]).toEqual([true, true, true]);
  expect(takesBack(viewer(colleague), joined)).toBe(false);
});

test('what was taken back comes back by the same hands only', () => {
  expect(canSettle(viewer(author), promise('TAKEN_BACK'), joined, 'OPEN')).toBe(true);
  expect(canSettle(viewer(colleague), promise('TAKEN_BACK'), joined, 'OPEN')).toBe(false);
  expect(canSettle(viewer(colleague), promise('TAKEN_BACK'), joined, 'KEPT')).toBe(false);
});
