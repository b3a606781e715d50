import type { EpochStatement, EpochWrap, ProjectRole, RosterEntry } from '../statements/statements.ts';

/** An epoch as the log tells, with everybody's way into it. */
export interface ProjectEpoch extends EpochStatement {
  /** Wraps of its seed by whom they are for, an account or the organisation. */
  wraps: Readonly<Record<string, string>>;
}

/** What a line of the log did, for people to read. */
export interface ProjectChange {
  seq: number;
  at: string;
  /** An account, or the organisation where the recovery kit was used. */
  actor: string;
  type: 'genesis' | 'roster' | 'rotate' | 'handover';
  /** Accounts. */
  came: readonly string[];
  left: readonly string[];
  /** Of a handover. */
  from: string | null;
  to: string | null;
  /** The epoch from then on. */
  epoch: number;
}

/** What a project's verified log adds up to. Plain data, never changed in place. */
export interface ProjectState {
  organisation: string;
  project: string;
  /** Number of lines. The next line's `seq`. */
  length: number;
  /** Hash of the newest line. The next line's `prev`. */
  head: string;
  /** Hash of each line, by its `seq`: what a message that names a state of this log is held against. */
  heads: readonly string[];
  /** Length of the organisation's log that the newest line names. */
  organisationLength: number;
  /** Who reads the project now. */
  roster: readonly RosterEntry[];
  /** Who was taken off without handing over, and is not back: what they were last. A handover may still name them. */
  gone: Readonly<Record<string, ProjectRole>>;
  /** Oldest first: number `i` stands at `i - 1`. */
  epochs: readonly ProjectEpoch[];
  /** Oldest first. */
  changes: readonly ProjectChange[];
}

/** The newest epoch: what is deposited now is sealed to it. */
export function currentEpoch(state: ProjectState): ProjectEpoch {
  return state.epochs.at(-1) as ProjectEpoch;
}

/** Whether an account reads the project now. */
export function isInRoster(state: Pick<ProjectState, 'roster'>, account: string): boolean {
  return state.roster.some((entry) => entry.account === account);
}

/** What an account is in the project, or was when it was taken off; null for who handed it over, and who was never on it. */
export function placeOf({ roster, gone }: Pick<ProjectState, 'roster' | 'gone'>, account: string): ProjectRole | null {
  return roster.find((entry) => entry.account === account)?.role ?? (Object.hasOwn(gone, account) ? (gone[account] ?? null) : null);
}

/** Wraps as a line lists them, by whom they are for. */
export function wrapsByHolder(wraps: readonly EpochWrap[]): Record<string, string> {
  return Object.fromEntries(wraps.map((wrap) => [wrap.for, wrap.sealed]));
}
