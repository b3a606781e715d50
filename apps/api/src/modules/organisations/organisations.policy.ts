import type { MemberViewer } from '../../platform/session/viewer.ts';

/** Partners change what the whole firm shows of itself. */
export const canRename = (viewer: MemberViewer): boolean => viewer.role === 'PARTNER';

/** Partners sign anybody of the firm out; everybody signs themselves out. */
export const canEndSessionsOf = (viewer: MemberViewer, memberId: string): boolean =>
  viewer.role === 'PARTNER' || viewer.accountId === memberId;

/** Everybody appends to the firm's log in their own name; a line that the recovery kit signed speaks for the firm, and a partner sends it. */
export const canSend = (viewer: MemberViewer, actor: string): boolean =>
  actor === viewer.accountId || (actor === viewer.organisationId && viewer.role === 'PARTNER');
