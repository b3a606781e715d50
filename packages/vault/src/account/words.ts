import { entropyToMnemonic, mnemonicToEntropy } from '@scure/bip39';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import { refusal } from '../errors.ts';

const known = new Set(wordlist);

/** The words (BIP 39, English) of 16 or 32 bytes: 12 or 24. Their last bits are a checksum. */
export function toWords(entropy: Uint8Array): string[] {
  return entropyToMnemonic(entropy, wordlist).split(' ');
}

/** The words in a text as a person typed or pasted it: any case, spacing, line numbers, full-width letters. Known or not. */
export function wordsIn(typed: string): string[] {
  return typed.normalize('NFKC').toLowerCase().match(/\p{L}+/gu) ?? [];
}

/**
 * The list's words for these, which may be cut after their fourth letter: that is enough. `before`: how many words stand
 * before them in what was typed. Throws RECOVERY_WORD_UNKNOWN {position (from 1), word, suggestion (may be empty)}.
 */
export function wholeWords(words: readonly string[], before = 0): string[] {
  return words.map((word, index) => {
    const whole = known.has(word) ? word : wholeOf(word);
    if (whole === undefined) throw refusal('RECOVERY_WORD_UNKNOWN', { position: before + index + 1, word, suggestion: nearest(word) });
    return whole;
  });
}

/**
 * Bytes of words as `wordsIn` and `wholeWords` take them. Throws RECOVERY_WORD_UNKNOWN, RECOVERY_CODE_INCOMPLETE {found,
 * expected}, and RECOVERY_CODE_WRONG when the checksum doesn't fit.
 */
export function fromWords(typed: string, count: 12 | 24): Uint8Array {
  const words = wholeWords(wordsIn(typed));
  if (words.length !== count) throw refusal('RECOVERY_CODE_INCOMPLETE', { found: words.length, expected: count });
  try {
    return mnemonicToEntropy(words.join(' '), wordlist);
  } catch (error) {
    throw refusal('RECOVERY_CODE_WRONG', {}, { cause: error });
  }
}

/** In BIP 39's list four letters name a word. */
function wholeOf(word: string): string | undefined {
  return word.length === 4 ? wordlist.find((candidate) => candidate.startsWith(word)) : undefined;
}

/** The word of the list that differs least, or '' where none is near. */
function nearest(word: string): string {
  let best = '';
  let least = Math.max(2, Math.floor(word.length / 2)) + 1;
  for (const candidate of wordlist) {
    const distance = editDistance(word, candidate);
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best;
}

/** Insertions, deletions and substitutions between two words. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substituted = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next[j] = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, substituted);
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
