import { describe, expect, it } from 'vitest';
import { isEmojiOnly, scriptOf } from './scriptOf.ts';

describe('scriptOf', () => {
  it.each([
    ['周三下午三点可以', 'zh'],
    ['团队现在 14 人，直接向 CTO 汇报', 'zh'],
    ['よろしくお願いします', 'ja'],
    ['안녕하세요', 'ko'],
    ['See you on Wednesday', undefined],
    ['👍', undefined],
  ])('%s is %s', (text, script) => {
    expect(scriptOf(text)).toBe(script);
  });
});

describe('isEmojiOnly', () => {
  it.each(['👍', '🎉🎉🎉', '👨‍👩‍👧', '🇨🇳', '❤️', '👍🏽 🙏'])('%s is shown large', (text) => {
    expect(isEmojiOnly(text)).toBe(true);
  });

  it.each(['', '42', 'ok 👍', '🎉🎉🎉🎉', '好', '©a'])('%j is not', (text) => {
    expect(isEmojiOnly(text)).toBe(false);
  });
});
