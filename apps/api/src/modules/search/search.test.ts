import { expect, describe, test } from 'vitest';
import { nameForms } from './nameForms.ts';
import { foldText, sameNameKey, searchDocument, searchPatterns } from './search.ts';

/** LIKE, as PostgreSQL has it. */
function like(text: string, pattern: string): boolean {
  const source = pattern.replace(/\\(.)|([%_])|([^\\%_]+)/gs, (_, escaped?: string, wildcard?: string, literal?: string) =>
    wildcard ? (wildcard === '%' ? '.*' : '.') : (escaped ?? literal ?? '').replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${source}$`, 's').test(text);
}

const finds = (query: string, name: string, others: string[] = []): boolean => {
  const { text } = searchDocument(nameForms(name), others);
  return searchPatterns(query)?.find.every((pattern) => like(text, pattern)) ?? false;
};

describe('folding', () => {
  test.each([
    ['ＰＲＩＹＡ  Müller', 'priya muller'],
    ['Łukasz Ødegård', 'lukasz odegard'],
    ['Nguyễn Thị Đào', 'nguyen thi dao'],
    ['がく', 'がく'],
    ['김민수', '김민수'],
  ])('%s is compared as %s', (text, folded) => expect(foldText(text)).toBe(folded));

  test('companies are the same whatever their case, width and spaces', () => {
    expect(sameNameKey('Byte Dance')).toBe(sameNameKey('ｂｙｔｅｄａｎｃｅ'));
    expect(sameNameKey('字节 跳动')).toBe('字节跳动');
  });
});

describe('王思远', () => {
  test.each(['王', '思', '思远', '王思', '王思远', 'siyuan', 'wangsiyuan', 'wsy', 'wang si', 'WANG', 'siyuanwang', 'w', 'si', 'sy', '王 siyuan', 'ngsi'])(
    'is found by %s',
    (query) => expect(finds(query, '王思远')).toBe(true),
  );
  test.each(['远思', '王远', '李', 'wangyuan', 'x', 'zz', ''])('is not found by %s', (query) => expect(finds(query, '王思远')).toBe(false));
});

describe('names with several readings', () => {
  test.each([
    ['单雄信', 'shanxiongxin'],
    ['单雄信', 'dan'],
    ['曾国藩', 'zengguofan'],
    ['仇英', 'qiu'],
    ['吕布', 'lvbu'],
    ['吕布', 'lubu'],
    ['王重阳', 'wangchongyang'],
    ['王重阳', 'wangzhongyang'],
    ['欧阳娜娜', 'oynn'],
    ['李明 (David)', 'david'],
    ['𠮷田', '𠮷'],
  ])('%s is found by %s', (name, query) => expect(finds(query, name)).toBe(true));
});

describe('Priya Shah', () => {
  test.each(['shah', 'riy', 'PRIYA s', 'iy', 'p', 'shah priya', 'priyashah', 'ps', 'Príya'])('is found by %s', (query) => expect(finds(query, 'Priya Shah')).toBe(true));
  test.each(['shap', 'hahs', 'ya sx'])('is not found by %s', (query) => expect(finds(query, 'Priya Shah')).toBe(false));
});

describe('other fields', () => {
  const others = ['siyuan.wang@example.com', '+8613800138000', '138 0013 8000', '平台架构师', 'ACME 100% GmbH'];
  test.each(['wang@ex', 'example.com', '00138', '138-0013', '+86 138 0013', '架构', 'acme', '100%', 'gmbh 王'])('%s finds', (query) =>
    expect(finds(query, '王思远', others)).toBe(true));
  test.each(['wang_ex', '1380013800x', '100%x', 'h|8'])('%s does not', (query) => expect(finds(query, '王思远', others)).toBe(false));
  test('no match runs from one field into the next', () => expect(finds('台王', '李', ['平台', '王府井'])).toBe(false));
  test('digits of a number are not found in an encoded character', () => expect(finds('738', '王')).toBe(false));
});

test('a query of nothing but punctuation searches for nothing', () => {
  expect(searchPatterns(' ,;（）| ')).toBeNull();
});

test('O’Brien is found with and without the apostrophe', () => {
  expect(finds('obrien', 'Kate O’Brien')).toBe(true);
  expect(finds("o'brien", 'Kate O’Brien')).toBe(true);
});
