import type { MemberViewer } from '../../platform/session/viewer.ts';

/** Who did what when is for those who answer for the firm. */
export const canReadAuditLog = (viewer: Pick<MemberViewer, 'role'>): boolean => viewer.role === 'PARTNER';
