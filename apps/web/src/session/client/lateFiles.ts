import { BatonError } from '@baton/base';

/** Asks for another worker in this one's place, unless `isNeeded` has become false by then. */
export type GiveWay = (isNeeded: () => boolean) => void;

/**
 * Makes `load` say what it means when a file of this very application does not come: there is no network, and the next
 * call tries again. Errors: OFFLINE.
 */
export function lateFile<T>(load: () => Promise<T>): () => Promise<T> {
  return () =>
    load().catch((cause: unknown) => {
      throw new BatonError('OFFLINE', {}, { cause });
    });
}

/** The same for a file without which nothing goes on: where the next call can't have it, another worker can. */
export function neededFile<T>(load: () => Promise<T>, giveWay: GiveWay): () => Promise<T> {
  const loadLate = lateFile(load);
  let here = false;
  return async () => {
    try {
      const file = await loadLate();
      here = true;
      return file;
    } catch (error) {
      giveWay(() => !here);
      throw error;
    }
  };
}
