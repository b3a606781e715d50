/** How long a worker may be busy before messages that wait for it get their turn, in milliseconds. */
const sliceMs = 12;

/** Does `work` for one item after the other, and lets everybody else have a turn in between. */
export async function inSlices<T>(items: Iterable<T>, work: (item: T) => void | Promise<void>): Promise<void> {
  let since = performance.now();
  for (const item of items) {
    await work(item);
    if (performance.now() - since < sliceMs) continue;
    await new Promise((resolve) => setTimeout(resolve));
    since = performance.now();
  }
}
