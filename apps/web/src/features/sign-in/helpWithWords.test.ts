import { describe, expect, test } from 'vitest';
import { helpWithWords, oneSlipApart, splitWords } from './helpWithWords.ts';

const list = ['abandon', 'ability', 'able', 'apple', 'zebra'];

test('words are found between numbers, commas and line breaks', () => {
  expect(splitWords(' 1. Apple, 2. ZEBRA\n3)able ')).toEqual(['apple', 'zebra', 'able']);
});

describe('a word that is not on the list', () => {
  test('is named with its place and what it may have been', () => {
    expect(helpWithWords('zebra aple able ', list)).toEqual([{ position: 2, word: 'aple', near: ['able', 'apple'] }]);
  });
  test('is left alone while it is being typed', () => {
    expect(helpWithWords('zebra aple', list)).toEqual([]);
  });
  test('that is like none is only named', () => {
    expect(helpWithWords('qqqqq ', list)).toEqual([{ position: 1, word: 'qqqqq', near: [] }]);
  });
});

test.each([
  ['aple', 'apple', true],
  ['appple', 'apple', true],
  ['appel', 'apple', true],
  ['apqle', 'apple', true],
  ['zebra', 'apple', false],
])('%s and %s: %s', (one, other, expected) => {
  expect(oneSlipApart(one, other)).toBe(expected);
});
