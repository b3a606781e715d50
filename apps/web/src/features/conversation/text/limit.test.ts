import { maxBodyBytes } from '@baton/messaging';
import { describe, expect, test } from 'vitest';
import { charactersLeft } from './limit.ts';

describe('near the limit of a message', () => {
  test.each([
    ['Latin letters, a byte each', 'a', 1],
    ['Chinese characters, three bytes each', '字', 3],
    ['emoji, four bytes each', '🎉', 4],
  ])('%s: it is told how many still go in, and how many are too many', (_, character, bytes) => {
    const most = Math.floor(maxBodyBytes / bytes);
    expect(charactersLeft(character.repeat(most))).toBe(0);
    expect(charactersLeft(character.repeat(most - 100))).toBe(100);
    expect(charactersLeft(character.repeat(most + 1))).toBe(-1);
    expect(charactersLeft(character.repeat(most + 1234))).toBe(-1234);
  });

  test('of a mixture it says what fits where it goes on alike', () => {
    const text = '谢谢 thanks '.repeat(2_100);
    const left = charactersLeft(text)!;
    expect(left).toBeGreaterThan(0);
    expect(charactersLeft(text + '谢谢 thanks '.repeat(Math.ceil(left / 10) + 1))).toBeLessThan(0);
  });
});

test('far from it nobody is told', () => {
  expect(charactersLeft('')).toBeNull();
  expect(charactersLeft('字'.repeat(5_000))).toBeNull();
});
