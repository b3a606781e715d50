import { expect, test } from 'vitest';
import { cleanLine, nameLine, optionalLine } from './line.ts';

const codeOf = (work: () => unknown): unknown => {
  try {
    work();
  } catch (error) {
    return (error as { code: string }).code;
  }
  return null;
};

test('a line has no line breaks, invisible characters or runs of spaces', () => {
  expect(cleanLine('  Priya\u202e\t\n Shah\u200b ')).toBe('Priya Shah');
  expect(cleanLine('a\0b\ud83d')).toBe('a b\ufffd');
  expect(cleanLine('👩\u200d💻')).toBe('👩\u200d💻');
  expect(cleanLine('e\u0301')).toBe('é');
});

test.each(['王', 'Priya', '7', '🎉 D', 'ز'])('%s is a name', (name) => expect(nameLine(name, 'name')).toBe(name));

test.each([
  ['🎉', 'NAME_NEEDS_LETTER'],
  ['---', 'NAME_NEEDS_LETTER'],
  [' \u200b ', 'REQUIRED'],
  ['x'.repeat(201), 'TOO_LONG'],
])('%s is none: %s', (name, code) => expect(codeOf(() => nameLine(name, 'name'))).toBe(code));

test('an optional line that is empty is none at all', () => {
  expect(optionalLine('  ', 'title')).toBeNull();
  expect(optionalLine(undefined, 'title')).toBeNull();
});
