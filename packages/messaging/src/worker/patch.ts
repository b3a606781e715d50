/** How one plain value becomes another: replaced, an array's splice, or an object's changed and removed keys. */
export type Patch = { value: unknown } | { at: number; drop: number; items: Placed[] } | { keys: Record<string, Patch>; gone: string[] };

/** What comes into an array: something new, or what stood at a place of the array before. */
type Placed = { is: unknown } | { was: number };

/** What turns `before` into `after`, or null when they are the same. What is the same object in both is not looked into: state is never changed in place. */
export function diff(before: unknown, after: unknown): Patch | null {
  if (Object.is(before, after)) return null;
  if (Array.isArray(before) && Array.isArray(after)) return diffArrays(before, after);
  if (isRecord(before) && isRecord(after)) {
    const keys: Record<string, Patch> = {};
    for (const [key, value] of Object.entries(after)) {
      const patch = Object.hasOwn(before, key) ? diff(before[key], value) : { value };
      if (patch !== null) keys[key] = patch;
    }
    return { keys, gone: Object.keys(before).filter((key) => !Object.hasOwn(after, key)) };
  }
  return { value: after };
}

function diffArrays(before: unknown[], after: unknown[]): Patch | null {
  let start = 0;
  while (start < before.length && start < after.length && Object.is(before[start], after[start])) start++;
  let end = 0;
  while (end < before.length - start && end < after.length - start && Object.is(before.at(-1 - end), after.at(-1 - end))) end++;
  const drop = before.length - start - end;
  const items = after.slice(start, after.length - end);
  if (drop === 0 && items.length === 0) return null;
  // A list that is put in another order is not sent again.
  const places = new Map(before.slice(start, start + drop).map((item, index) => [item, start + index]));
  return { at: start, drop, items: items.map((item) => (isRecord(item) && places.has(item) ? { was: places.get(item) as number } : { is: item })) };
}

/** Applies a patch. What it does not touch stays the same object, so that a view redraws only what changed. */
export function apply(before: unknown, patch: Patch): unknown {
  if ('value' in patch) return patch.value;
  if ('at' in patch) return (before as unknown[]).toSpliced(patch.at, patch.drop, ...patch.items.map((item) => ('was' in item ? (before as unknown[])[item.was] : item.is)));
  const after = { ...(before as Record<string, unknown>) };
  for (const key of patch.gone) delete after[key];
  for (const [key, inner] of Object.entries(patch.keys)) after[key] = apply(after[key], inner);
  return after;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
