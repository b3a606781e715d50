import type { Subscribable } from '@baton/base';
import { createEffect, createSignal, on, onCleanup, type Accessor } from 'solid-js';

/** Follows a subscribable of the framework-free cores as a Solid signal, until the owner is disposed. */
export function fromSubscribable<T>(source: Subscribable<T>): Accessor<T> {
  const [value, setValue] = createSignal<T>(source.current(), { equals: Object.is });
  onCleanup(source.subscribe((next) => setValue(() => next)));
  // A change between reading and subscribing is not lost.
  setValue(() => source.current());
  return value;
}

/** The same for a source that itself changes: the old one is left when the next one comes. `undefined` while there is none. */
export function fromChangingSubscribable<T>(source: Accessor<Subscribable<T> | undefined>): Accessor<T | undefined> {
  const [value, setValue] = createSignal<T | undefined>(source()?.current(), { equals: Object.is });
  createEffect(
    on(source, (current) => {
      setValue(() => current?.current());
      if (current) onCleanup(current.subscribe((next) => setValue(() => next)));
    }),
  );
  return value;
}
