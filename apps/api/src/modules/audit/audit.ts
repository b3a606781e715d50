import type { AuditKind } from '../../generated/resolvers.ts';
import type { Unit } from '../../platform/database/database.ts';
import type { SignedInViewer } from '../../platform/session/viewer.ts';
import { auditEntries } from './audit.table.ts';

/** Who does something, and in which firm's log it stands; from which session, if they have one. */
export type Actor = Pick<SignedInViewer, 'accountId' | 'organisationId'> & Partial<Pick<SignedInViewer, 'sessionId'>>;

/**
 * Writes an act into the firm's audit log, in the transaction of the act: both stay, or neither. It is written last,
 * because the firm's other acts wait from then until the commit.
 * @param subjects ids of what it was done to, as AuditKind says; nothing else is stored
 */
export function record(unit: Unit, actor: Actor, kind: AuditKind, ...subjects: string[]): void {
  unit.beforeCommit((tx) => tx.insert(auditEntries).values({ organisationId: actor.organisationId, actorId: actor.accountId, kind, subjects }));
}
