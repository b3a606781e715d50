import type { Canary } from './canary.ts';
import { makeFinder } from './finder.ts';
import { formsOf, type Form } from './forms.ts';

/** Somewhere that is searched: a database, a folder. */
export interface Place {
  name: string;
  /** All that lies there, piece by piece: a column's value, a file. `where` says where within the place. */
  pieces(): AsyncIterable<{ where: string; bytes: Uint8Array }>;
}

export interface Hit {
  canary: string;
  /** In what form it was there: `UTF-8`, `base64`, … */
  form: string;
  /** Place, and where within it. */
  place: string;
}

/**
 * Looks for canaries, in every form of `formsOf`, in everything that lies in some places.
 * @returns one hit for each canary, form and place in which it was found, however often
 * @throws what reading a place throws: a place that can't be read is not free of canaries
 */
export async function findCanaries(places: readonly Place[], canaries: readonly Canary[]): Promise<Hit[]> {
  const find = makeFinder(canaries.flatMap(({ name, bytes }) => formsOf(bytes).map((form): Form & { canary: string } => ({ ...form, canary: name }))));
  const hits = new Map<string, Hit>();
  for (const { name, pieces } of places) {
    for await (const { where, bytes } of pieces()) {
      for (const { canary, name: form } of find(bytes)) {
        const hit: Hit = { canary, form, place: `${name}: ${where}` };
        hits.set(JSON.stringify(hit), hit);
      }
    }
  }
  return [...hits.values()];
}
