import { isBatonError } from '@baton/base';
import { refusal } from '../errors.ts';

/** A state of a log, as another log or a message names it: how many lines, and the hash of the newest of them. */
export interface LogHead {
  length: number;
  head: string;
}

/** What every log's state has. */
export interface LogPosition extends LogHead {
  /** Hash of each line, by its `seq`. */
  heads: readonly string[];
}

/** This device's view of a log: verified, remembered, and never going back. */
export interface LogView<State> {
  /** What was verified last; null before the first `refresh` of a new device, and while the log is empty. */
  current(): State | null;
  /**
   * Fetches and verifies what is new. Throws LOG_ROLLBACK where the server's log is shorter than what this device has seen,
   * LOG_FORK where it is another, and what the verification throws for a line that doesn't hold.
   */
  refresh(): Promise<State | null>;
  /**
   * Holds the server to a state that a colleague named inside a message: the log is fetched where this device has not seen as
   * much. Throws LOG_ROLLBACK where the server still shows less, LOG_FORK where it shows another, and what `refresh` throws.
   */
  holdTo(named: LogHead): Promise<void>;
}

export interface RememberedLog<State, Line> extends LogView<State> {
  /**
   * Appends what `build` makes of the newest state; null: nothing to be said any more. Built again when a colleague was faster
   * (`send` throws CONFLICT), and verified before it is sent. Throws what `refresh` and the verification throw.
   */
  append(build: (state: State | null) => Line | null | Promise<Line | null>, send: (line: Line) => Promise<void>): Promise<State | null>;
}

/** A log changes a few times a day: more conflicts in a row than this are no coincidence. */
const mostConflicts = 8;

/**
 * What the firm's log and a project's have in common.
 * @param deps.advance the state after whatever the server has beyond `state`; the same object where there is nothing
 * @param deps.verifyNext what one more line makes of the state
 */
export function makeRememberedLog<State extends LogPosition, Line>(deps: {
  remembered: State | null;
  remember(state: State): Promise<void>;
  advance(state: State | null): Promise<State | null>;
  verifyNext(state: State | null, line: Line): State;
}): RememberedLog<State, Line> {
  let state = deps.remembered;
  // One after the other: two replays of the same lines would take the second one's for a break.
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = turn.then(work);
    turn = result.catch(() => undefined);
    return result;
  };
  const keep = async (next: State | null): Promise<State | null> => {
    if (next !== null && next !== state) await deps.remember(next);
    state = next;
    return state;
  };
  const refresh = async (): Promise<State | null> => await keep(await deps.advance(state));

  return {
    current: () => state,
    refresh: () => inTurn(refresh),
    holdTo: (named) =>
      inTurn(async () => {
        if ((state?.length ?? 0) < named.length) await refresh();
        if ((state?.length ?? 0) < named.length) throw refusal('LOG_ROLLBACK', { seen: named.length });
        if (state?.heads[named.length - 1] !== named.head) throw refusal('LOG_FORK', { seen: named.length });
      }),
    append: (build, send) =>
      inTurn(async () => {
        for (let conflicts = 0; ; conflicts++) {
          await refresh();
          const line = await build(state);
          if (line === null) return state;
          // Checked here first: a line that others would refuse is never sent.
          const next = deps.verifyNext(state, line);
          try {
            await send(line);
          } catch (error) {
            if (!isBatonError(error, 'CONFLICT') || conflicts >= mostConflicts) throw error;
            continue;
          }
          return await keep(next);
        }
      }),
  };
}

/**
 * Takes on what a server shows of a log. It is asked for the line that was seen last as well: that says whether this is still
 * the same log. Throws LOG_ROLLBACK, LOG_FORK, and what `verifyNext` throws.
 */
export async function takeOn<State extends LogPosition>(
  state: State | null,
  source: { fetch(after: number): Promise<readonly unknown[]>; hashOf(line: unknown): string; verifyNext(state: State | null, line: unknown): State },
): Promise<State | null> {
  const lines = await source.fetch(state === null ? -1 : state.length - 2);
  let next = state;
  for (const line of state === null ? lines : afterHead(state, lines, source.hashOf)) next = source.verifyNext(next, line);
  return next;
}

function afterHead({ length, head }: LogHead, lines: readonly unknown[], hashOf: (line: unknown) => string): readonly unknown[] {
  const [newestSeen, ...fresh] = lines;
  if (newestSeen === undefined) throw refusal('LOG_ROLLBACK', { seen: length });
  if (hashOf(newestSeen) !== head) throw refusal('LOG_FORK', { seen: length });
  return fresh;
}
