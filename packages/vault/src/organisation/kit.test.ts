import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import { randomBytes } from '../crypto/bytes.ts';
import { joinShares, splitInThree } from '../crypto/secretSharing.ts';
import { ready } from '../crypto/sodium.ts';
import { firmKitOf, openFirmKit, readFirmKit, splitFirmKit, type KitSplit } from './kit.ts';
import { partOfWords, wordsOfPart, type KitPart } from './kitPart.ts';
import { makeRoot, rootOf, type OrganisationRoot } from './root.ts';

let root: OrganisationRoot;
let kit: string;
let split: KitSplit;

beforeAll(async () => {
  await ready();
  root = rootOf(new Uint8Array(32).map((_, at) => at * 7));
  kit = firmKitOf(root).join(' ');
  split = await splitFirmKit(kit, root.fingerprint);
});

const part = (number: number, of: KitSplit = split): string[] => of.parts[number - 1] ?? [];
const typed = (...parts: readonly string[][]): string => parts.map((words) => words.join(' ')).join('\n\n');
const open = (text: string) => openFirmKit(text, root.fingerprint);
const read = (text: string) => readFirmKit(text, root.fingerprint);
const asPart = (change: Partial<KitPart>): string[] => wordsOfPart({ ...partOfWords(part(2)), ...change });

describe('the firm’s kit', () => {
  test('opens the root with its 24 words, or with any two of its parts in any order', async () => {
    for (const text of [kit, typed(part(1), part(2)), typed(part(3), part(1)), typed(part(2), part(3)), typed(part(3), part(2), part(1))]) {
      expect((await open(text)).seed).toEqual(root.seed);
    }
  });

  test('opens however its parts are typed', async () => {
    const numbered = part(1).map((word, at) => `${at + 1}. ${word.toUpperCase()}`).join('\n');
    const cut = part(3).map((word) => word.slice(0, 4)).join('，');
    expect((await open(`${numbered}\n${cut}`)).seed).toEqual(root.seed);
  });

  test('opens with two of its parts, whatever its seed is', async () => {
    const seeds = fc.uint8Array({ minLength: 32, maxLength: 32 });
    await fc.assert(
      fc.asyncProperty(seeds, fc.constantFrom([1, 2], [1, 3], [2, 3], [3, 1]), async (seed, [one = 0, other = 0]) => {
        const made = rootOf(seed);
        const parts = await splitFirmKit(firmKitOf(made).join(' '), made.fingerprint);
        expect((await openFirmKit(typed(part(one, parts), part(other, parts)), made.fingerprint)).seed).toEqual(seed);
      }),
      { numRuns: 30 },
    );
  });

  test('split again, from two parts too, opens with old and new parts, but not with one of each', async () => {
    const again = await splitFirmKit(typed(part(1), part(3)), root.fingerprint);
    for (const text of [kit, typed(part(1), part(2)), typed(part(1, again), part(2, again))]) expect((await open(text)).seed).toEqual(root.seed);
    await expect(open(typed(part(1), part(2, again)))).rejects.toMatchObject({ code: 'KIT_PART_OTHER_SPLIT', details: { number: 2, first: 1 } });
  });

  test('has parts of 32 words, whose splitting is told by six letters and digits', () => {
    expect(split.parts.map((words) => words.length)).toEqual([32, 32, 32]);
    expect(split.split).toMatch(/^[0-9A-F]{6}$/);
    expect(split.parts.map((words) => Buffer.from(partOfWords(words).split).toString('hex').toUpperCase())).toEqual([split.split, split.split, split.split]);
  });
});

describe('one part alone', () => {
  test('fits every seed: for each there is a second part that gives it with the first', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 32, maxLength: 32 }), fc.integer({ min: 1, max: 255 }), async (other, coordinate) => {
        const { share } = partOfWords(part(1));
        const [values, own] = [share.subarray(0, 32), share[32] as number];
        fc.pre(coordinate !== own);
        // The line through (own, values) and (0, other), at `coordinate`: moved there, it is what two shares give at 0.
        const at = await joinShares(Uint8Array.of(...values, own ^ coordinate), Uint8Array.of(...other, coordinate));
        expect(await joinShares(share, Uint8Array.of(...at, coordinate))).toEqual(other);
      }),
      { numRuns: 50 },
    );
  });

  test('never rules a byte out, however often the same secret is split', async () => {
    // A scheme that refuses 0 as a coefficient never gives a share the secret’s own byte, and many splittings then tell it.
    const [secret, seen] = [new Uint8Array(64), new Set<number>()];
    for (let time = 0; time < 150; time++) for (const share of await splitInThree(secret)) share.subarray(0, 64).forEach((byte) => seen.add(byte));
    expect(seen.size).toBe(256);
  });

  test('opens nothing, and is said to be one', async () => {
    for (const number of [1, 2, 3]) await expect(open(typed(part(number)))).rejects.toMatchObject({ code: 'KIT_PART_MISSING', details: { number } });
  });
});

describe('a mistake is named', () => {
  const refused = (text: string, code: string, details: object) => expect(open(text)).rejects.toMatchObject({ code, details });

  test('a word that is none, with its place in all that was typed', async () => {
    await refused(typed(part(1).with(4, 'zebrra'), part(2)), 'RECOVERY_WORD_UNKNOWN', { position: 5, word: 'zebrra', suggestion: 'zebra' });
    await refused(typed(part(1), part(2).with(4, 'zebrra')), 'RECOVERY_WORD_UNKNOWN', { position: 37, word: 'zebrra', suggestion: 'zebra' });
  });

  test('a wrong word that is on the list, with its place and the right one', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 31 }), fc.constantFrom(...wordlist), async (at, word) => {
        const right = part(2)[at];
        fc.pre(word !== right);
        await refused(typed(part(3), part(2).with(at, word)), 'KIT_PART_WRONG', { position: 33 + at, word, suggestion: right });
      }),
      { numRuns: 6 },
    );
  });

  test('several wrong words, as a part that is wrong somewhere', async () => {
    await refused(typed(part(1).with(3, 'zoo').with(9, 'zoo').with(20, 'zoo')), 'KIT_PART_WRONG', { position: 0, word: '', suggestion: '' });
  });

  test.each([[6, 24], [23, 24], [25, 32], [31, 32]])('too few words: %i', async (found, expected) => {
    const words = found < 24 ? kit.split(' ') : part(1);
    await refused(words.slice(0, found).join(' '), 'RECOVERY_CODE_INCOMPLETE', { found, expected });
  });

  test('a part that breaks off where the whole kit would end', async () => {
    for (const found of [8, 23, 24]) await refused(part(1).slice(0, found).join(' '), 'RECOVERY_CODE_INCOMPLETE', { found, expected: 32 });
    await refused(typed(part(1), part(2).slice(0, 30)), 'RECOVERY_CODE_INCOMPLETE', { found: 30, expected: 32 });
  });

  test('the same part twice', () => refused(typed(part(3), part(3)), 'KIT_PART_TWICE', { number: 3 }));

  test('another firm’s whole kit, though it is one, and nothing but its own fingerprint tells', async () => {
    const other = makeRoot();
    const words = firmKitOf(other).join(' ');
    await refused(words, 'WRONG_ROOT', {});
    expect((await openFirmKit(words, other.fingerprint)).seed).toEqual(other.seed);
  });

  test('a part of another firm', async () => {
    const other = makeRoot();
    const theirs = await splitFirmKit(firmKitOf(other).join(' '), other.fingerprint);
    await refused(typed(part(1), part(2, theirs)), 'KIT_PART_OTHER_FIRM', { number: 2 });
    await refused(typed(part(1, theirs)), 'KIT_PART_OTHER_FIRM', { number: 1 });
  });

  test('a part that somebody made up', async () => {
    await refused(typed(part(1), asPart({ share: randomBytes(33) })), 'KIT_PARTS_WRONG', {});
    await refused(typed(part(1), asPart({ share: partOfWords(part(1)).share })), 'KIT_PARTS_WRONG', {});
  });

  test('anything else, by some name, and never by opening', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(fc.constantFrom(...wordlist, ...part(1), ...kit.split(' ')), fc.string()), { maxLength: 70 }), async (words) => {
        await expect(open(words.join(' '))).rejects.toMatchObject({ code: expect.stringMatching(/^(RECOVERY|KIT|WRONG)_/) });
      }),
      { numRuns: 40 },
    );
  });
});

describe('while somebody types, it is said', () => {
  test.each([
    ['nothing yet', () => '', { words: 0, holds: 'nothing', parts: [] }, 'RECOVERY_CODE_INCOMPLETE'],
    ['the whole kit', () => kit, { words: 24, holds: 'kit', parts: [] }, undefined],
    ['another firm’s whole kit, and that it is not this one’s', () => firmKitOf(makeRoot()).join(' '), { words: 24, holds: 'nothing', parts: [] }, 'WRONG_ROOT'],
    ['a part, and that one more is needed', () => typed(part(2)), { words: 32, holds: 'parts', parts: [2] }, 'KIT_PART_MISSING'],
    ['a part, and that the next has begun', () => typed(part(2), part(1).slice(0, 5)), { words: 37, holds: 'parts', parts: [2] }, 'RECOVERY_CODE_INCOMPLETE'],
    ['a part, and what is wrong with the next', () => typed(part(2), part(2)), { words: 64, holds: 'parts', parts: [2] }, 'KIT_PART_TWICE'],
    ['two parts, which open the firm', () => typed(part(3), part(1)), { words: 64, holds: 'parts', parts: [3, 1] }, undefined],
  ])('%s', async (_, text, reading, code) => {
    const { problem, ...rest } = await read(text());
    expect([rest, problem?.code]).toEqual([reading, code]);
  });
});
