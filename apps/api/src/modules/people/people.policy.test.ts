import { expect, test } from 'vitest';
import type { Role } from '../../generated/resolvers.ts';
import type { MemberViewer } from '../../platform/session/viewer.ts';
import { canDeleteNote, canEditNote } from './people.policy.ts';

const viewer = (role: Role, accountId = 'acc_me'): MemberViewer => ({ kind: 'member', accountId, organisationId: 'org', role, sessionId: 'ses' });
const mine = { authorId: 'acc_me' };
const hers = { authorId: 'acc_her' };

test('only the author changes a note, whatever the role', () => {
  expect(canEditNote(viewer('RESEARCHER'), mine)).toBe(true);
  expect(canEditNote(viewer('CONSULTANT'), hers)).toBe(false);
  expect(canEditNote(viewer('PARTNER'), hers)).toBe(false);
});

test('the author or a partner deletes a note', () => {
  expect(canDeleteNote(viewer('RESEARCHER'), mine)).toBe(true);
  expect(canDeleteNote(viewer('PARTNER'), hers)).toBe(true);
  expect(canDeleteNote(viewer('CONSULTANT'), hers)).toBe(false);
});
