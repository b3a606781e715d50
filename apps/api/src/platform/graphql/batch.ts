/** One row for each query of a loader, null where there is none. */
export function oneEach<Q, R>(queries: readonly Q[], keyOf: (query: Q) => string | null, rows: readonly R[], rowKey: (row: R) => string): (R | null)[] {
  const byKey = new Map(rows.map((row) => [rowKey(row), row]));
  return queries.map((query) => byKey.get(keyOf(query) ?? '') ?? null);
}

/** All rows of each query of a loader, in the order of `rows`. */
export function manyEach<Q, R>(queries: readonly Q[], keyOf: (query: Q) => string, rows: readonly R[], rowKey: (row: R) => string): R[][] {
  const byKey = Map.groupBy(rows, rowKey);
  return queries.map((query) => byKey.get(keyOf(query)) ?? []);
}

/** The distinct keys to ask for. */
export function keysOf<Q>(queries: readonly Q[], keyOf: (query: Q) => string | null): string[] {
  return [...new Set(queries.map(keyOf).filter((key) => key !== null))];
}
