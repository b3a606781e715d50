import { expect, test } from 'vitest';
import type { MemberViewer } from '../../platform/session/viewer.ts';
import { canEndSessionsOf, canRename } from './organisations.policy.ts';

const viewer = (role: MemberViewer['role']): MemberViewer => ({ kind: 'member', role, accountId: 'acc_me', organisationId: 'org_1', sessionId: 'ses_1' });

test('only partners rename the firm', () => {
  expect((['PARTNER', 'CONSULTANT', 'RESEARCHER'] as const).map((role) => canRename(viewer(role)))).toEqual([true, false, false]);
});

test('partners sign anybody out, others themselves', () => {
  expect(canEndSessionsOf(viewer('PARTNER'), 'acc_other')).toBe(true);
  expect(canEndSessionsOf(viewer('CONSULTANT'), 'acc_other')).toBe(false);
  expect(canEndSessionsOf(viewer('RESEARCHER'), 'acc_me')).toBe(true);
});
