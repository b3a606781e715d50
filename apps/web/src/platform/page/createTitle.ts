import { createEffect, type Accessor } from 'solid-js';

/** Names the page in the browser's tab and history. Undefined leaves the name that is there. */
export function createTitle(title: Accessor<string | undefined>): void {
  createEffect(() => {
    const name = title();
    if (name !== undefined) document.title = `${name} · Baton`;
  });
}
