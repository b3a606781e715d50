import { makeSubject, type Subscribable } from '@baton/base';
import type { Link } from './connect.ts';
import { apply } from './patch.ts';

/** What a subscribable is worth in a tab before the worker has spoken. */
export interface Followed<V> {
  initial: V;
  /**
   * After a change of worker: what the tab knew stays until this holds of what the new worker says, for two seconds at
   * most, so that a list which is being read from disk again does not flash empty.
   */
  settled?: (value: V) => boolean;
}

/** A function that opens something to follow. */
type Opener = (...args: never[]) => { close(): void };

/** The part of an API that is no command: `{ initial }` for subscribables, an object for what is opened or nested. */
export type Shape<T> = {
  [K in keyof T as T[K] extends (...args: never[]) => Promise<unknown> ? never : K]: T[K] extends Subscribable<infer V>
    ? Followed<V>
    : T[K] extends Opener
      ? (...args: Parameters<T[K]>) => { [P in keyof ReturnType<T[K]> as ReturnType<T[K]>[P] extends Subscribable<unknown> ? P : never]: ReturnType<T[K]>[P] extends Subscribable<infer V> ? Followed<V> : never }
      : Shape<T[K]>;
};

const settleWithinMs = 2_000;

/** The worker's API as if it were here. Everything that `shape` does not name is a command. */
export function remote<T extends object>(link: Link, shape: Shape<T>): T {
  return build(link, shape as Record<string, unknown>, []) as T;
}

function build(link: Link, shape: Record<string, unknown>, path: string[]): object {
  const made = new Map<string, unknown>();
  const make = (key: string): unknown => {
    const at = [...path, key];
    const part = Object.hasOwn(shape, key) ? shape[key] : undefined;
    if (part === undefined) return (...args: unknown[]) => link.call(at, args);
    if (typeof part === 'function') return opener(link, at, part as (...args: unknown[]) => Record<string, Followed<unknown>>);
    if ('initial' in (part as object)) return followAll(link, at, null, { '': part as Followed<unknown> }).parts[''];
    return build(link, part as Record<string, unknown>, at);
  };
  return new Proxy(shape, {
    get(_target, key) {
      // A promise that resolves with this object looks whether it is one.
      if (typeof key !== 'string' || key === 'then') return undefined;
      if (!made.has(key)) made.set(key, make(key));
      return made.get(key);
    },
  });
}

/** Follows the parts of one thing; each is a subscribable that survives changes of worker. */
function followAll(link: Link, path: string[], args: unknown[] | null, shapes: Record<string, Followed<unknown>>): { parts: Record<string, Subscribable<unknown>>; stop: () => void } {
  const names = Object.keys(shapes);
  const subjects = Object.fromEntries(names.map((name) => [name, makeSubject(shapes[name]?.initial)]));
  /** What the worker last said, which may be ahead of what is shown while it settles. */
  const told = new Map<string, unknown>();
  const settling = new Map<string, ReturnType<typeof setTimeout>>();
  const show = (name: string): void => {
    clearTimeout(settling.get(name));
    settling.delete(name);
    subjects[name]?.set(told.get(name));
  };
  const stop = link.follow(path, args, names, (name, patch) => {
    const restarted = 'value' in patch && told.has(name);
    told.set(name, apply(told.get(name), patch));
    const settled = shapes[name]?.settled?.(told.get(name)) ?? true;
    if (settled || !(restarted || settling.has(name))) return show(name);
    if (!settling.has(name)) settling.set(name, setTimeout(() => show(name), settleWithinMs));
  });
  return { parts: subjects, stop };
}

/** Opens the same thing once for a tab, however many views show it. */
function opener(link: Link, path: string[], shapeOf: (...args: unknown[]) => Record<string, Followed<unknown>>): (...args: unknown[]) => object {
  const open = new Map<string, { parts: Record<string, Subscribable<unknown>>; stop: () => void; users: number }>();
  return (...args) => {
    const key = JSON.stringify(args);
    const shared = open.get(key) ?? { ...followAll(link, path, args, shapeOf(...args)), users: 0 };
    open.set(key, shared);
    shared.users++;
    let closed = false;
    return {
      ...shared.parts,
      close() {
        if (closed) return;
        closed = true;
        if (--shared.users > 0) return;
        open.delete(key);
        shared.stop();
      },
    };
  };
}
