import { wordlist } from '@scure/bip39/wordlists/english.js';
import { concat, fromBase64url } from '../crypto/bytes.ts';
import { hashBytes } from '../crypto/hash.ts';
import { refusal } from '../errors.ts';

/** One of the three parts of a firm's recovery kit. */
export interface KitPart {
  number: 1 | 2 | 3;
  /** What the three of one splitting have in common, 3 random bytes. */
  split: Uint8Array;
  /** First 3 bytes of the firm's fingerprint. */
  firm: Uint8Array;
  /** Share of the root's seed, 32 bytes, and its coordinate. */
  share: Uint8Array;
}

/** Words of a part: 44 bytes of 8 bits, 32 words of 11. */
export const partLength = 32;

const version = 1;
const numbers = [1, 2, 3] as const;
const bodyLength = 40;
const bitsOfWord = 11;
const indexOf = new Map(wordlist.map((word, index) => [word, index]));

/** The firm's mark in its parts. `fingerprint` as `fingerprintOf` writes it. */
export const markOf = (fingerprint: string): Uint8Array => fromBase64url(fingerprint).slice(0, 3);

export const sameBytes = (one: Uint8Array, other: Uint8Array): boolean => one.length === other.length && one.every((byte, at) => byte === other[at]);

const checksumOf = (body: Uint8Array): Uint8Array => hashBytes('baton/v1/kit-part', body).subarray(0, 4);

/** The part's 32 words. The format stands in the package's README. */
export function wordsOfPart({ number, split, firm, share }: KitPart): string[] {
  const body = concat(Uint8Array.of((version << 4) | number), split, firm, share.subarray(-1), share.subarray(0, -1));
  const bytes = concat(body, checksumOf(body));
  const words: string[] = [];
  let [bits, held] = [0, 0];
  for (const byte of bytes) {
    [bits, held] = [(bits << 8) | byte, held + 8];
    if (held < bitsOfWord) continue;
    held -= bitsOfWord;
    words.push(wordlist[bits >> held] as string);
    bits &= (1 << held) - 1;
  }
  return words;
}

/**
 * The part of 32 words of the list. Throws KIT_PART_WRONG {position, word, suggestion}: the word that does not fit, where
 * changing one alone makes the checksum hold; else position 0. `before`: how many words stand before them in what was typed.
 */
export function partOfWords(words: readonly string[], before = 0): KitPart {
  const indices = words.map((word) => indexOf.get(word) as number);
  const bytes = bytesOf(indices);
  const number = numbers.find((each) => bytes[0] === ((version << 4) | each));
  if (!holds(bytes) || number === undefined) throw refusal('KIT_PART_WRONG', wrongWord(indices, before));
  return { number, split: bytes.slice(1, 4), firm: bytes.slice(4, 7), share: concat(bytes.subarray(8, bodyLength), bytes.subarray(7, 8)) };
}

/** Whether these words begin as a part of this firm does, or as any part: then they are not yet the whole kit. */
export function beginsLikePart(words: readonly string[], firm: Uint8Array): boolean {
  const bytes = bytesOf(words.map((word) => indexOf.get(word) as number));
  return numbers.some((number) => bytes[0] === ((version << 4) | number)) || (bytes.length >= 7 && sameBytes(bytes.subarray(4, 7), firm));
}

/** Whole bytes of words by their place in the list; bits that make up no byte are left out. */
function bytesOf(indices: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(Math.floor((indices.length * bitsOfWord) / 8));
  let [bits, held, at] = [0, 0, 0];
  for (const index of indices) {
    [bits, held] = [(bits << bitsOfWord) | index, held + bitsOfWord];
    for (; held >= 8; held -= 8) bytes[at++] = (bits >> (held - 8)) & 255;
    bits &= (1 << held) - 1;
  }
  return bytes;
}

const holds = (bytes: Uint8Array): boolean => sameBytes(checksumOf(bytes.subarray(0, bodyLength)), bytes.subarray(bodyLength));

/** Every word of the list in every place: the checksum's 32 bits leave one that fits by chance in 65,000 times. */
function wrongWord(indices: readonly number[], before: number): { position: number; word: string; suggestion: string } {
  const fitting: { position: number; word: string; suggestion: string }[] = [];
  for (let at = 0; at < indices.length; at++) {
    const tried = [...indices];
    for (let index = 0; index < wordlist.length; index++) {
      tried[at] = index;
      if (holds(bytesOf(tried))) fitting.push({ position: before + at + 1, word: wordlist[indices[at] as number] as string, suggestion: wordlist[index] as string });
    }
  }
  return fitting.length === 1 ? (fitting[0] as (typeof fitting)[number]) : { position: 0, word: '', suggestion: '' };
}
