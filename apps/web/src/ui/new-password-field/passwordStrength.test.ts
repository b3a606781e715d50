import { expect, test } from 'vitest';
import { passwordStrength } from './passwordStrength.ts';

test.each(['', 'short', 'password123', 'aaaaaaaaaaaaaaaa', '1234567890', 'abcdefghijkl', 'qwerty123456', 'baton888888'])('%s is easy to guess', (password) => {
  expect(passwordStrength(password)).toBeLessThan(2);
});

test('what others know of a person does not count', () => {
  expect(passwordStrength('harborsearch1', ['Harbor Search'])).toBeLessThan(2);
  expect(passwordStrength('siyuanwang99', ['siyuan.wang@harbor.example'])).toBeLessThan(2);
});

test.each(['velvet-otter-lamp', 'Tr7#kq!Lm2zP', '北方的河流很安静地流淌', 'correct horse battery'])('%s is not', (password) => {
  expect(passwordStrength(password)).toBeGreaterThanOrEqual(2);
});
