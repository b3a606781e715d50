/** A value that changes over time, without a framework: what the cores expose and every view can follow. */
export interface Subscribable<T> {
  /** The value now. The same object as long as nothing changed. */
  current(): T;
  /** Calls `listener` after each change (not at once). Returns the function that ends the subscription. */
  subscribe(listener: (value: T) => void): () => void;
}

/** A subscribable that its owner can set. */
export interface Subject<T> extends Subscribable<T> {
  /** Replaces the value and tells the listeners, unless it is the same object. */
  set(value: T): void;
  /** Replaces the value by what `change` makes of it. */
  update(change: (value: T) => T): void;
}

/** Makes a subject that starts with `initial`. A listener that throws does not keep the others from hearing. */
export function makeSubject<T>(initial: T): Subject<T> {
  let value = initial;
  const listeners = new Set<(value: T) => void>();
  const set = (next: T): void => {
    if (Object.is(next, value)) return;
    value = next;
    // Those who listen now: a listener that subscribes another one does not make it hear this change.
    const told = [...listeners];
    for (const listener of told) {
      try {
        listener(next);
      } catch (error) {
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  };
  return {
    current: () => value,
    set,
    update: (change) => set(change(value)),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
