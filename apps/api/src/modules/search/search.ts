/*
 * Text as it is compared, and the search documents over which the trigram indexes lie.
 *
 * pg_trgm makes trigrams of letters and digits, and under the C locale only of ASCII ones: a Chinese name would be
 * invisible to the index, on exactly the clusters that are set up for Synapse. So a document is ASCII by construction:
 * Latin text is folded (case, width, accents), and each other letter becomes a word of its own, in upper-case letters
 * that no folded query can contain. That also makes a single Chinese character a whole word, and thus something the
 * index can find.
 */

/** Latin letters that Unicode does not decompose into a base letter and a mark. */
const undecomposed: Readonly<Record<string, string>> = {
  ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i', ħ: 'h', ŋ: 'n',
};

/** Folds case, width, Latin accents and white space: `ＰＲＩＹＡ  Müller` becomes `priya muller`. */
export function foldText(text: string): string {
  return text
    .toWellFormed()
    .normalize('NFKD')
    .replace(/(?<=\p{Script=Latin}\p{M}*)\p{M}/gu, '')
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[ßæœøłđðþıħŋ]/g, (letter) => undecomposed[letter] ?? letter)
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim();
}

/** A key under which names are the same whatever their case, width, accents and spaces: `Byte Dance` is `ｂｙｔｅｄａｎｃｅ`. */
export function sameNameKey(name: string): string {
  return foldText(name).replaceAll(' ', '');
}

/** Between fields and between forms of a name, so that no match runs from one into the next. */
const separator = '|';

/** Hexadecimal digits as the letters A to P: digits would be found by a search for a piece of a telephone number. */
function encodeLetter(letter: string): string {
  const code = letter.codePointAt(0) as number;
  return [...code.toString(16)].map((digit) => String.fromCharCode(65 + Number.parseInt(digit, 16))).join('');
}

/** Words of a text as they stand in a document: folded ASCII words, and one encoded word for each other letter. */
function wordsOf(text: string): string[] {
  return foldText(text)
    .replace(/[|·•・‧’'"“”，。、；：（）()[\]{}<>《》,;]/gu, ' ')
    .replace(/[^\x20-\x7e]/gu, (letter) => (/[\p{L}\p{N}\p{M}]/u.test(letter) ? ` ${encodeLetter(letter)} ` : ' '))
    .split(' ')
    .filter((word) => word !== '');
}

/** Pairs of letters of a word, so that two letters from its middle find it too. */
function pairsOf(word: string): string[] {
  return Array.from({ length: Math.max(0, word.length - 1) }, (_, at) => word.slice(at, at + 2));
}

const isEncoded = (word: string): boolean => /^[A-P]+$/.test(word);

/** What is stored beside a record to be searched. */
export interface SearchDocument {
  /** Forms of the name alone, for ranking. */
  name: string;
  /** Everything, for finding. */
  text: string;
}

/**
 * Makes the search document of a record.
 * @param names the name in all forms by which it may be asked for, the written one first
 * @param others further searchable fields
 */
export function searchDocument(names: readonly string[], others: readonly string[]): SearchDocument {
  const field = (text: string): string => `${separator} ${wordsOf(text).join(' ')} `;
  const name = `${[...new Set(names.map(field))].join('')}${separator}`;
  const pairs = new Set(names.flatMap(wordsOf).filter((word) => !isEncoded(word)).flatMap(pairsOf));
  const rest = [...new Set(others.filter((text) => text !== '').map(field))].join('');
  return { name, text: `${name}${rest}${separator} ${[...pairs].join(' ')} ${separator}` };
}

/** LIKE patterns of a query. */
export interface SearchPatterns {
  /** Each must be found in the document's text. */
  find: string[];
  /** The name, or a form of it, is exactly this, or begins with this. */
  exact: string;
  prefix: string;
  /** Words of the name begin with each of these. */
  starts: string[];
  /** The name contains each of these. */
  parts: string[];
}

const escapeLike = (text: string): string => text.replace(/[\\%_]/g, (character) => `\\${character}`);

/** Neighbouring encoded letters belong together: 思远 means these two in this order. */
function tokensOf(words: readonly string[]): string[][] {
  const tokens: string[][] = [];
  for (const word of words) {
    const last = tokens.at(-1);
    if (last?.[0] !== undefined && isEncoded(last[0]) && isEncoded(word)) last.push(word);
    else tokens.push([word]);
  }
  return tokens;
}

/** A telephone number is found however it was grouped. */
function withoutGrouping(query: string): string {
  return /^[+\d][\d\s().-]{2,}$/.test(query.trim()) ? query.replace(/\D/g, '') : query;
}

/** Patterns for what somebody typed; null when there is nothing in it to search for. Only the first eight words count. */
export function searchPatterns(query: string): SearchPatterns | null {
  const words = wordsOf(withoutGrouping(query.slice(0, 200)));
  const tokens = tokensOf(words).slice(0, 8);
  if (tokens.length === 0) return null;
  const text = (token: readonly string[]): string => escapeLike(token.join(' '));
  const whole = (token: readonly string[]): boolean => isEncoded(token[0] as string);
  const part = (token: readonly string[]): string => (whole(token) ? `% ${text(token)} %` : `%${text(token)}%`);
  return {
    // One or two Latin letters hold no trigram: they are asked for at the start of a word, and the document holds a name's pairs as words.
    find: tokens.map((token) => (!whole(token) && (token[0] as string).length < 3 ? `% ${text(token)}%` : part(token))),
    exact: `%${separator} ${escapeLike(words.join(' '))} ${separator}%`,
    prefix: `%${separator} ${escapeLike(words.join(' '))}%`,
    starts: tokens.map((token) => `% ${text(token)}%`),
    parts: tokens.map(part),
  };
}
