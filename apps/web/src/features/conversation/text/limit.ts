import { maxBodyBytes } from '@baton/messaging';

/** From here on people are told how much room is left, in bytes. */
const nearBytes = maxBodyBytes * 0.9;
/** No character of UTF-8 takes more for each of JavaScript's units. */
const bytesPerUnit = 3;

const encoder = new TextEncoder();

/**
 * How many characters a text may still have, below zero: how many it has too many. The limit itself counts bytes, so what is
 * left is reckoned by what the characters written so far weigh. Null far from the limit, where nobody needs to know (and it
 * costs nothing).
 */
export function charactersLeft(text: string): number | null {
  if (text.length * bytesPerUnit < nearBytes) return null;
  const room = new Uint8Array(maxBodyBytes);
  const { read, written } = encoder.encodeInto(text, room);
  if (read < text.length) return -countCharacters(text.slice(read));
  if (written < nearBytes) return null;
  return Math.floor((maxBodyBytes - written) / (written / countCharacters(text)));
}

/** Code points: what a person calls a character may be more than one of them, never less. */
function countCharacters(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}
