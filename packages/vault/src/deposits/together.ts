/** Does something for several callers at once. */
export interface Together<T, R> {
  /** Resolves with what the call resolved with that these items went into. */
  add(items: readonly T[]): Promise<R>;
}

/**
 * Whoever comes while a call is under way goes into the next one together: nobody who comes alone waits, and a crowd makes few
 * calls. What fails together is tried once more one by one, so that one that is refused keeps nothing else out.
 * @param most items of one call; callers' items are not torn apart
 */
export function makeTogether<T, R>(most: number, call: (items: readonly T[]) => Promise<R>): Together<T, R> {
  interface Caller extends Pick<PromiseWithResolvers<R>, 'resolve' | 'reject'> {
    items: readonly T[];
  }
  const waiting: Caller[] = [];
  let busy = false;

  const serve = async (callers: readonly Caller[]): Promise<void> => {
    try {
      const result = await call(callers.flatMap(({ items }) => items));
      for (const caller of callers) caller.resolve(result);
    } catch (error) {
      if (callers.length === 1) callers[0]?.reject(error);
      else for (const caller of callers) await serve([caller]);
    }
  };
  const next = (): Caller[] => {
    let count = 0;
    const fits = waiting.findIndex(({ items }) => (count += items.length) > most);
    return waiting.splice(0, fits === -1 ? waiting.length : Math.max(fits, 1));
  };
  const run = async (): Promise<void> => {
    busy = true;
    while (waiting.length > 0) await serve(next());
    busy = false;
  };

  return {
    add: (items) => {
      const { promise, resolve, reject } = Promise.withResolvers<R>();
      waiting.push({ items, resolve, reject });
      if (!busy) void run();
      return promise;
    },
  };
}
