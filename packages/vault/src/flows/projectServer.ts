import type { ProjectLogStatement, Signed } from '../statements/statements.ts';

/** The API, as a project's vault sees it. Like `AccountServer`; what has to be verified is `unknown`. */
export interface ProjectServer {
  /** Lines of a project's log with `seq > after`, oldest first; none before its genesis. */
  projectLog(project: string, after: number): Promise<unknown[]>;
  /** Throws CONFLICT when `prev` is not the newest line, or a newer organisation log than the one named is known. The adapter sends a `handover` by the operation that hands over. */
  appendProjectLog(line: Signed<ProjectLogStatement>): Promise<void>;
}

/** Where sessions are deposited. */
export interface DepositServer {
  /** At most `mostDeposits` at once. Throws EPOCH_OUTDATED when the epoch is not the newest one. */
  depositSessions(project: string, deposits: readonly SealedSession[]): Promise<void>;
}

/** What the API takes at once. */
export const mostDeposits = 100;

/** A Megolm session, sealed to an epoch. */
export interface SealedSession {
  roomId: string;
  sessionId: string;
  epoch: number;
  sealed: string;
}

/** A deposit, as the API serves it. Nothing of it is believed but what its seal proves. */
export interface DepositAnswer extends SealedSession {
  /** Rises with each deposit of the project: the reader's cursor. */
  number: number;
  depositorId: string;
}
