import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { ready } from '../crypto/sodium.ts';
import { makeRecoveryCode, openRecoveryCode } from './recoveryCode.ts';
import { fromWords, toWords } from './words.ts';

beforeAll(ready);

const entropy = fc.constantFrom(16, 32).chain((length) => fc.uint8Array({ minLength: length, maxLength: length }));

/** As people type them: in capitals, numbered, cut to four letters, across lines, full width. */
const habits: ((words: string[]) => string)[] = [
  (words) => words.join(' '),
  (words) => words.map((word) => word.toUpperCase()).join('   '),
  (words) => words.map((word, index) => `${index + 1}. ${word}`).join('\n'),
  (words) => words.map((word, index) => `${index + 1}${word}`).join('，'),
  (words) => words.map((word) => word.slice(0, 4)).join(' '),
  (words) => `  ${words.join(', ')}.\r\n`,
  (words) => words.map((word) => [...word].map((letter) => String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0xfee0)).join('')).join('　'),
];

describe('words', () => {
  test('give back the bytes they were made of, however they are typed', () => {
    fc.assert(
      fc.property(entropy, fc.constantFrom(...habits), (bytes, typed) => {
        const words = toWords(bytes);
        expect(fromWords(typed(words), words.length as 12 | 24)).toEqual(bytes);
      }),
    );
  });

  test('a word that is none is named, with its place and the nearest one', () => {
    const words = toWords(new Uint8Array(16));
    words[4] = 'abandn';
    expect(() => fromWords(words.join(' '), 12)).toThrow(
      expect.objectContaining({ code: 'RECOVERY_WORD_UNKNOWN', details: { position: 5, word: 'abandn', suggestion: 'abandon' } }),
    );
    words[4] = '恢复';
    expect(() => fromWords(words.join(' '), 12)).toThrow(
      expect.objectContaining({ code: 'RECOVERY_WORD_UNKNOWN', details: expect.objectContaining({ position: 5, word: '恢复', suggestion: '' }) }),
    );
  });

  test('one too few is said so, with both numbers', () => {
    expect(() => fromWords('abandon ability', 12)).toThrow(
      expect.objectContaining({ code: 'RECOVERY_CODE_INCOMPLETE', details: { found: 2, expected: 12 } }),
    );
  });

  test('a real word in the wrong place fails the checksum', () => {
    expect(() => fromWords('abandon '.repeat(12), 12)).toThrow(expect.objectContaining({ code: 'RECOVERY_CODE_WRONG' }));
  });
});

describe('a recovery code', () => {
  test('is 12 words, never the same, and gives the same halves each time', () => {
    const [one, other] = [makeRecoveryCode(), makeRecoveryCode()];
    expect(one).toHaveLength(12);
    expect(one).not.toEqual(other);
    expect(openRecoveryCode(one.join(' '))).toEqual(openRecoveryCode(one.join('\n').toUpperCase()));
    expect(openRecoveryCode(one.join(' ')).authKey).not.toBe(openRecoveryCode(other.join(' ')).authKey);
  });
});
