import { expect, test } from 'vitest';
import type { MemberViewer } from '../../platform/session/viewer.ts';
import { canInviteColleagues, canRevoke, canSeeSealedSecret } from './invitations.policy.ts';

const viewer = (role: MemberViewer['role'], accountId = 'acc_me'): MemberViewer => ({ kind: 'member', role, accountId, organisationId: 'org_ours', sessionId: 'ses_1' });
const mine = { inviterId: 'acc_me', organisationId: 'org_ours' };

test('only partners invite colleagues', () => {
  expect(canInviteColleagues(viewer('PARTNER'))).toBe(true);
  expect(canInviteColleagues(viewer('CONSULTANT'))).toBe(false);
  expect(canInviteColleagues(viewer('RESEARCHER'))).toBe(false);
});

test('an invitation is taken back by whoever made it or by a partner of the same firm', () => {
  expect(canRevoke(viewer('CONSULTANT'), mine)).toBe(true);
  expect(canRevoke(viewer('CONSULTANT', 'acc_other'), mine)).toBe(false);
  expect(canRevoke(viewer('PARTNER', 'acc_other'), mine)).toBe(true);
  expect(canRevoke(viewer('PARTNER', 'acc_other'), { ...mine, organisationId: 'org_theirs' })).toBe(false);
});

test('the sealed secret is the inviter\'s alone, not even a partner\'s', () => {
  expect(canSeeSealedSecret(viewer('CONSULTANT'), mine)).toBe(true);
  expect(canSeeSealedSecret(viewer('PARTNER', 'acc_other'), mine)).toBe(false);
});
