import { expect, test } from 'vitest';
import { invitationState } from './invitationState.ts';

const soon = { claimedAt: null, revokedAt: null, expiresAt: new Date(2000) };

test('an invitation is open until the very moment it expires', () => {
  expect(invitationState(soon, 1999)).toBe('OPEN');
  expect(invitationState(soon, 2000)).toBe('EXPIRED');
});

test('one that was taken back stays so, also when its time is over', () => {
  expect(invitationState({ ...soon, revokedAt: new Date(1) }, 3000)).toBe('REVOKED');
});

test('a claim outlives expiry and revocation', () => {
  expect(invitationState({ ...soon, revokedAt: new Date(1), claimedAt: new Date(1) }, 3000)).toBe('CLAIMED');
});
