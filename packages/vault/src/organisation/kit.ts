import { isBatonError, type BatonError } from '@baton/base';
import { fromWords, toWords, wholeWords, wordsIn } from '../account/words.ts';
import { randomBytes, wipe } from '../crypto/bytes.ts';
import { joinShares, splitInThree } from '../crypto/secretSharing.ts';
import { refusal, type VaultErrorCode } from '../errors.ts';
import { beginsLikePart, markOf, partLength, partOfWords, sameBytes, wordsOfPart, type KitPart } from './kitPart.ts';
import { forgetRoot, rootOf, type OrganisationRoot } from './root.ts';

const wholeLength = 24;

/** What a text typed for a firm's recovery kit holds so far. */
export interface KitReading {
  /** How many words there are, known or not. */
  words: number;
  /** `kit`: its 24 words. `parts`: begins with a part. */
  holds: 'nothing' | 'kit' | 'parts';
  /** Numbers of the parts that stand there in full, in this order. */
  parts: number[];
  /** Why it does not open the firm; null: it does. */
  problem: BatonError<VaultErrorCode> | null;
}

/** A kit in three parts. */
export interface KitSplit {
  /** To tell the sheets of two splittings apart: six letters and digits. */
  split: string;
  /** The words of part 1, 2 and 3. */
  parts: string[][];
}

/** The firm's recovery kit: the root's seed as 24 words. */
export function firmKitOf(root: OrganisationRoot): string[] {
  return toWords(root.seed);
}

/**
 * The root of a kit as typed: its 24 words, or two of its three parts, in any order and spacing. Throws what `fromWords`
 * throws; WRONG_ROOT for the kit of another firm; of parts KIT_PART_WRONG {position, word, suggestion}, KIT_PART_MISSING
 * {number}, KIT_PART_TWICE {number}, KIT_PART_OTHER_SPLIT {number, first}, KIT_PART_OTHER_FIRM {number}, and
 * KIT_PARTS_WRONG where two that are in order by themselves open something else.
 */
export async function openFirmKit(typed: string, fingerprint: string): Promise<OrganisationRoot> {
  return (await readAndOpen(typed, fingerprint)).root;
}

/** Says what is there and what is wrong with it, while somebody types. The root does not outlive the call. */
export async function readFirmKit(typed: string, fingerprint: string): Promise<KitReading> {
  const parts: KitPart[] = [];
  const reading = (holds: KitReading['holds'], problem: KitReading['problem']): KitReading => ({
    words: wordsIn(typed).length, holds, parts: parts.map(({ number }) => number), problem,
  });
  try {
    const { root, from } = await readAndOpen(typed, fingerprint, parts);
    forgetRoot(root);
    return reading(from, null);
  } catch (error) {
    if (!isBatonError(error)) throw error;
    return reading(parts.length > 0 ? 'parts' : 'nothing', error as BatonError<VaultErrorCode>);
  }
}

/**
 * Splits a firm's kit, typed as `openFirmKit` takes it, into three parts. Each splitting stands for itself: earlier parts and
 * the 24 words open the firm as before.
 */
export async function splitFirmKit(typed: string, fingerprint: string): Promise<KitSplit> {
  const root = await openFirmKit(typed, fingerprint);
  try {
    const [split, firm] = [randomBytes(3), markOf(fingerprint)];
    const shares = await splitInThree(root.seed);
    const parts = shares.map((share, at) => wordsOfPart({ number: (at + 1) as KitPart['number'], split, firm, share }));
    wipe(...shares);
    // What goes on paper is tried before: nobody can mend it there.
    for (const [one, other] of [[0, 1], [0, 2], [1, 2]] as const) forgetRoot(await openFirmKit([...(parts[one] ?? []), ...(parts[other] ?? [])].join(' '), fingerprint));
    return { split: [...split].map((byte) => byte.toString(16).padStart(2, '0')).join('').toUpperCase(), parts };
  } finally {
    forgetRoot(root);
  }
}

/** `parts` takes each part as it is recognised, also where something is wrong with what follows. */
async function readAndOpen(typed: string, fingerprint: string, parts: KitPart[] = []): Promise<{ root: OrganisationRoot; from: 'kit' | 'parts' }> {
  const words = wordsIn(typed);
  if (!isOfParts(words, fingerprint)) {
    const root = rootOf(fromWords(typed, wholeLength));
    if (root.fingerprint !== fingerprint) throw refusal('WRONG_ROOT');
    return { root, from: 'kit' };
  }
  for (let start = 0; start < words.length; start += partLength) {
    const some = wholeWords(words.slice(start, start + partLength), start);
    if (some.length < partLength) throw refusal('RECOVERY_CODE_INCOMPLETE', { found: some.length, expected: partLength });
    parts.push(requireFits(partOfWords(some, start), parts, fingerprint));
  }
  const [one, other] = parts;
  if (one === undefined || other === undefined) throw refusal('KIT_PART_MISSING', { number: one?.number ?? 0 });
  return { root: await rootOfParts(one, other, fingerprint), from: 'parts' };
}

/** Up to 24 words may be either: then what they begin with decides, unless they are the whole kit. */
function isOfParts(words: readonly string[], fingerprint: string): boolean {
  if (words.length > wholeLength) return true;
  try {
    if (!beginsLikePart(wholeWords(words), markOf(fingerprint))) return false;
    return words.length < wholeLength || rootOf(fromWords(words.join(' '), wholeLength)).fingerprint !== fingerprint;
  } catch (error) {
    return isBatonError(error, 'RECOVERY_CODE_WRONG');
  }
}

function requireFits(part: KitPart, before: readonly KitPart[], fingerprint: string): KitPart {
  const { number } = part;
  if (!sameBytes(part.firm, markOf(fingerprint))) throw refusal('KIT_PART_OTHER_FIRM', { number });
  const [first] = before;
  if (first !== undefined && !sameBytes(part.split, first.split)) throw refusal('KIT_PART_OTHER_SPLIT', { number, first: first.number });
  if (before.some((each) => each.number === number)) throw refusal('KIT_PART_TWICE', { number });
  return part;
}

async function rootOfParts(one: KitPart, other: KitPart, fingerprint: string): Promise<OrganisationRoot> {
  try {
    const root = rootOf(await joinShares(one.share, other.share));
    if (root.fingerprint === fingerprint) return root;
    forgetRoot(root);
  } catch (error) {
    throw refusal('KIT_PARTS_WRONG', {}, { cause: error });
  }
  throw refusal('KIT_PARTS_WRONG');
}
