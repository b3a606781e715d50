import type { Subscribable } from '@baton/base';

/**
 * Resolves with the first truthy thing that `find` finds in what a subscribable is worth, now or later.
 * @param what for the error: what was waited for
 * @throws Error after `withinMs` milliseconds
 */
export function until<V, T>(source: Subscribable<V>, find: (value: V) => T | null | undefined | false, what: string, withinMs = 60_000): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      stop();
      reject(new Error(`Waited in vain for ${withinMs / 1000} s: ${what}`));
    }, withinMs);
    const look = (value: V): void => {
      const found = find(value);
      if (!found) return;
      clearTimeout(timer);
      stop();
      resolve(found);
    };
    const stop = source.subscribe(look);
    look(source.current());
  });
}
