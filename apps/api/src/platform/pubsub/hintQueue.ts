/** What waits for a slow listener; an iterator that its owner can end while somebody waits for the next value. */
export interface HintQueue<T> extends AsyncIterableIterator<T> {
  /** Adds a hint, unless an equal one waits already or too many do: whoever missed some asks for everything. */
  push(value: T): void;
  /** Takes all that wait now, in their order. */
  takeAll(): T[];
  end(): void;
}

/**
 * Makes a queue.
 * @param keyOf hints with the same key are one
 * @param onEnd called once, when either side ends it
 */
export function makeHintQueue<T>(keyOf: (value: T) => string, onEnd: () => void, waitingAtMost = 1000): HintQueue<T> {
  const waiting = new Map<string, T>();
  let ended = false;
  let wake = (): void => {};
  const done = { done: true, value: undefined } as const;
  const queue: HintQueue<T> = {
    push: (value) => {
      if (!ended && waiting.size < waitingAtMost) waiting.set(keyOf(value), value);
      wake();
    },
    takeAll: () => {
      const all = [...waiting.values()];
      waiting.clear();
      return all;
    },
    end: () => {
      if (ended) return;
      ended = true;
      waiting.clear();
      onEnd();
      wake();
    },
    next: async () => {
      for (;;) {
        if (ended) return done;
        const [first] = waiting;
        if (first) {
          waiting.delete(first[0]);
          return { done: false, value: first[1] };
        }
        await new Promise<void>((resolve) => (wake = resolve));
      }
    },
    return: async () => {
      queue.end();
      return done;
    },
    [Symbol.asyncIterator]: () => queue,
  };
  return queue;
}
