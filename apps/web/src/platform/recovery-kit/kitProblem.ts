import type { KitReading } from '../../session/contract.ts';
import { sentenceFor } from '../errors/errorText.ts';
import { t } from './kitForm.messages.ts';

/** Why what was typed does not open the firm. */
export type KitProblem = NonNullable<KitReading['problem']>;

const partLength = 32;

/** The word that is wrong, counted from one over all that was typed; 0: no single one. */
export const placeOf = ({ code, details }: KitProblem): number => (code === 'RECOVERY_WORD_UNKNOWN' || code === 'KIT_PART_WRONG' ? Number(details['position']) : 0);

/** Where the word at this place stands in the text, to select it. */
export function rangeOf(typed: string, place: number): [number, number] | undefined {
  const word = [...typed.matchAll(/\p{L}+/gu)][place - 1];
  return word && [word.index, word.index + word[0].length];
}

/** Nothing is wrong yet: words are to come, or the last one is still being typed. */
export function isUnfinished(problem: KitProblem, typed: string): boolean {
  if (problem.code === 'RECOVERY_CODE_INCOMPLETE' || problem.code === 'KIT_PART_MISSING') return true;
  const words = [...typed.matchAll(/\p{L}+/gu)].length;
  return problem.code === 'RECOVERY_WORD_UNKNOWN' && placeOf(problem) === words && /\p{L}$/u.test(typed);
}

/** Each mistake by its name, and what to do about it. */
export function problemText(problem: KitProblem): string {
  const { code, details } = problem;
  const [number, first] = [Number(details['number']), Number(details['first'])];
  const [word, suggestion] = [String(details['word']), String(details['suggestion'])];
  const place = placeOf(problem);
  // Beyond the first 32 words they are counted as on the second sheet.
  const at = t('place', ((place - 1) % partLength) + 1, Math.ceil(place / partLength));
  switch (code) {
    case 'RECOVERY_WORD_UNKNOWN':
      return suggestion === '' ? t('unknown', at, word) : t('suggest', at, word, suggestion);
    case 'RECOVERY_CODE_INCOMPLETE':
      return missingText(Number(details['found']), Number(details['expected']));
    case 'RECOVERY_CODE_WRONG':
      return t('wrong');
    case 'WRONG_ROOT':
      return t('otherFirm');
    case 'KIT_PART_WRONG':
      return place === 0 ? t('partWrong') : t('misfit', at, word, suggestion);
    case 'KIT_PART_MISSING':
      return t('oneAlone', number);
    case 'KIT_PART_TWICE':
      return t('twice', number);
    case 'KIT_PART_OTHER_SPLIT':
      return t('otherSplit', first, number);
    case 'KIT_PART_OTHER_FIRM':
      return t('partOfOther', number);
    default:
      return sentenceFor(code, details);
  }
}

const missingText = (found: number, expected: number): string => (found === 0 ? t('none') : expected === partLength ? t('missingOfPart', expected - found) : t('missing', expected - found));
