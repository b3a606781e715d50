import type { RecoveryKit } from '../../session/contract.ts';

/** A word that is asked back. `position` counts from one, as on the sheet. */
export interface Question {
  /** A list of the kit, or the number of a part. */
  of: 'firm' | 'account' | number;
  position: number;
  word: string;
}

function randomBelow(limit: number): number {
  return crypto.getRandomValues(new Uint32Array(1))[0]! % limit;
}

function ask(of: Question['of'], words: readonly string[], not = -1): Question {
  let at = randomBelow(words.length);
  if (at === not) at = (at + 1) % words.length;
  return { of, position: at + 1, word: words[at]! };
}

/** Two words to ask back: one of the firm's and one of the account's, or two of the account's where that is all there is. */
export function makeQuestions(kit: RecoveryKit): [Question, Question] {
  const account = ask('account', kit.accountWords);
  return kit.firmWords ? [ask('firm', kit.firmWords), account] : [account, ask('account', kit.accountWords, account.position - 1)];
}

/** A word of each part. */
export function questionsOfParts(parts: readonly (readonly string[])[]): Question[] {
  return parts.map((words, at) => ask(at + 1, words));
}

/** Whether an answer is the word, however it was typed. */
export function isAnswer(question: Question, typed: string): boolean {
  return typed.trim().toLowerCase().normalize('NFKD') === question.word.normalize('NFKD');
}
