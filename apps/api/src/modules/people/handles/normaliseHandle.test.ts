import { describe, expect, test } from 'vitest';
import type { HandleKind } from '../../../generated/resolvers.ts';
import { normaliseHandle } from './normaliseHandle.ts';

const normalised = (kind: HandleKind, raw: string): string | undefined => normaliseHandle(kind, raw)?.normalised;

describe('an e-mail address', () => {
  test.each([
    ['  Siyuan.Wang@Example.COM ', 'siyuan.wang@example.com'],
    ['Ｗａｎｇ＠example.com', 'wang@example.com'],
    ['mailto:a@b.cn', 'a@b.cn'],
    ['Wang Siyuan <wang@example.com>', 'wang@example.com'],
    ['wang\u200b@example.com', 'wang@example.com'],
    ['o\'neil+jobs@例子.中国', 'o\'neil+jobs@例子.中国'],
  ])('%s is %s', (raw, expected) => expect(normalised('EMAIL', raw)).toBe(expected));
  test.each(['', 'wang', 'wang@', 'wang@localhost', 'a@b@c.cn', 'a b@c.cn', 'a@b..cn'])('%s is none', (raw) => expect(normalised('EMAIL', raw)).toBeUndefined());
});

describe('a telephone number', () => {
  test.each([
    ['138 0013 8000', '+8613800138000'],
    ['+86 138-0013-8000', '+8613800138000'],
    ['0086 13800138000', '+8613800138000'],
    ['１３８００１３８０００', '+8613800138000'],
    ['(010) 6552 9988', '+861065529988'],
    ['+44 20 7946 0958', '+442079460958'],
    ['tel:+1-650-253-0000', '+16502530000'],
  ])('%s is %s', (raw, expected) => expect(normalised('PHONE', raw)).toBe(expected));
  test.each(['', '12', 'call me', '+86'])('%s is none', (raw) => expect(normalised('PHONE', raw)).toBeUndefined());
});

describe('a WeChat id', () => {
  test.each([
    ['Wang_SiYuan', 'wang_siyuan'],
    ['@wangsiyuan', 'wangsiyuan'],
    ['微信：wangsiyuan', 'wangsiyuan'],
    ['13800138000', '13800138000'],
    ['10001', '10001'],
  ])('%s is %s', (raw, expected) => expect(normalised('WECHAT', raw)).toBe(expected));
  test.each(['abc', '王思远', 'a b c d e f'])('%s is none', (raw) => expect(normalised('WECHAT', raw)).toBeUndefined());
});

describe('a LinkedIn profile', () => {
  test.each([
    ['https://www.linkedin.com/in/Priya-Shah-12a/?originalSubdomain=cn', 'priya-shah-12a'],
    ['cn.linkedin.com/in/priya-shah', 'priya-shah'],
    ['linkedin.cn/incareer/in/priya-shah', 'priya-shah'],
    ['priya-shah', 'priya-shah'],
    ['https://www.linkedin.com/in/%E6%80%9D%E8%BF%9C%E7%8E%8B-1', '思远王-1'],
  ])('%s is %s', (raw, expected) => expect(normalised('LINKEDIN', raw)).toBe(expected));
  test.each(['https://www.linkedin.com/company/acme', 'https://example.com/in/priya', 'Priya Shah', 'https://www.linkedin.com/'])('%s is none', (raw) =>
    expect(normalised('LINKEDIN', raw)).toBeUndefined());
});

test('keeps what was typed beside it', () => {
  expect(normaliseHandle('PHONE', ' 138 0013 8000 ')).toEqual({ kind: 'PHONE', raw: '138 0013 8000', normalised: '+8613800138000' });
});
