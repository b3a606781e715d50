/** A typed word that is not on the list, and which ones it may have been. */
export interface WordProblem {
  /** From one, as on the sheet. */
  position: number;
  word: string;
  near: string[];
}

/** The words of a text, whatever is between them: spaces, commas, the sheet's own numbers. */
export function splitWords(text: string): string[] {
  return text.toLowerCase().normalize('NFKD').split(/[^a-z]+/).filter((word) => word !== '');
}

/** Whether two words are one slip of the finger apart: a letter more, less, wrong, or two swapped. */
export function oneSlipApart(one: string, other: string): boolean {
  if (Math.abs(one.length - other.length) > 1) return false;
  let at = 0;
  while (at < one.length && one[at] === other[at]) at++;
  const same = (from: number, to: number): boolean => one.slice(at + from) === other.slice(at + to);
  return same(1, 1) || same(1, 0) || same(0, 1) || (one[at] === other[at + 1] && one[at + 1] === other[at] && same(2, 2));
}

/** Looks at each word but the one being typed. The list's words are told apart by their first four letters. */
export function helpWithWords(text: string, list: readonly string[]): WordProblem[] {
  if (list.length === 0) return [];
  const known = new Set(list);
  const words = splitWords(text);
  const finished = /[^a-z]$/i.test(text) ? words.length : words.length - 1;
  return words.flatMap((word, at) => {
    const unfinished = at >= finished && (words.length < 12 || list.some((candidate) => candidate.startsWith(word)));
    if (known.has(word) || unfinished) return [];
    const near = list.filter((candidate) => oneSlipApart(word, candidate) || (word.length >= 4 && candidate.startsWith(word.slice(0, 4))));
    return [{ position: at + 1, word, near: near.slice(0, 3) }];
  });
}
