import { makeSubject, type Subscribable } from '@baton/base';
import type { JsonRecord } from '@baton/vault/device';

/** A list of the API's as it was last heard, kept on this device so that it is there offline. */
export interface KeptList<Item> {
  readonly changes: Subscribable<readonly Item[]>;
  set(next: readonly Item[]): void;
  /** Asks the API; calls that come meanwhile share one further answer. */
  refresh(): Promise<void>;
}

export async function openKeptList<Item>(ask: () => Promise<Item[]>, record: JsonRecord<Item[]>, report: (problem: unknown) => void): Promise<KeptList<Item>> {
  const changes = makeSubject<readonly Item[]>((await record.read()) ?? []);
  const set = (heard: readonly Item[]): void => {
    const before = changes.current();
    const known = new Map(before.map((item) => [JSON.stringify(item), item]));
    // What did not change stays the same object: whoever follows the list works on the rest.
    const next = heard.map((item) => known.get(JSON.stringify(item)) ?? item);
    if (next.length === before.length && next.every((item, index) => item === before[index])) return;
    changes.set(next);
    record.write([...next]).catch(report);
  };
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;
  const run = (): Promise<void> => (running = ask().then(set).finally(() => (running = null)));
  return {
    changes,
    set,
    refresh: () => {
      if (running === null) return run();
      // What is being answered now may be older than what the caller heard of.
      next ??= running.catch(() => {}).then(() => {
        next = null;
        return run();
      });
      return next;
    },
  };
}
