import { expect, test } from 'vitest';
import { isAnswer, makeQuestions } from './questions.ts';

const accountWords = ['apple', 'brick', 'cloud'];

test('a firm’s kit asks one word of each list', () => {
  const [first, second] = makeQuestions({ firmName: 'F', fingerprint: '', firmWords: ['zebra', 'yacht'], accountWords });
  expect([first.of, second.of]).toEqual(['firm', 'account']);
});

test('a colleague’s kit asks two different words', () => {
  for (let time = 0; time < 50; time++) {
    const [first, second] = makeQuestions({ firmName: 'F', fingerprint: '', firmWords: null, accountWords });
    expect(first.position).not.toBe(second.position);
    expect(accountWords[second.position - 1]).toBe(second.word);
  }
});

test('how a word is typed does not matter, which word does', () => {
  const question = { of: 'account', position: 1, word: 'apple' } as const;
  expect(isAnswer(question, '  Apple ')).toBe(true);
  expect(isAnswer(question, 'brick')).toBe(false);
});
