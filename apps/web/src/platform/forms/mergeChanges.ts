/**
 * A form's fields after somebody else saved the same thing: where one changed a field oneself one's own value stays, all
 * others become theirs. Fields are compared by their JSON.
 * @param base what both began with
 */
export function mergeChanges<T extends object>(base: T, mine: T, theirs: T): T {
  const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
  const keys = Object.keys(mine) as (keyof T)[];
  return Object.fromEntries(keys.map((key) => [key, same(mine[key], base[key]) ? theirs[key] : mine[key]])) as T;
}
