/** Something distinct that was planted: no server may hold it anywhere, or, where it is a control, a search has to find it. */
export interface Canary {
  /** What it is, for the report. */
  name: string;
  bytes: Buffer;
}

/** Found by chance is what is short: eight bytes at least. */
const shortest = 8;

/**
 * A text as a canary: its UTF-8.
 * @throws RangeError when it is so short that it could be there by chance
 */
export const textCanary = (name: string, text: string): Canary => canary(name, Buffer.from(text, 'utf8'));

/**
 * A key as a canary: its raw bytes, from which hex, base64 and the like are made by the search.
 * @throws RangeError when it is so short that it could be there by chance
 */
export const keyCanary = (name: string, key: Uint8Array): Canary => canary(name, Buffer.from(key));

function canary(name: string, bytes: Buffer): Canary {
  if (bytes.length < shortest) throw new RangeError(`${name} has ${bytes.length} bytes: a canary needs ${shortest}, or it is found by chance.`);
  return { name, bytes };
}
