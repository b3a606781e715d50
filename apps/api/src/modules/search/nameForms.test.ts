import { expect, test } from 'vitest';
import { nameForms, pinyinOf } from './nameForms.ts';

test.each([
  ['王思远', 'Wang Siyuan'],
  ['欧阳娜娜', 'Ouyang Nana'],
  ['单雄信', 'Shan Xiongxin'],
  ['李明 (David)', 'Li Ming'],
  ['吕布', 'Lü Bu'],
  ['Priya Shah', null],
  ['김민수', null],
])('%s reads %s', (name, expected) => expect(pinyinOf(name)).toBe(expected));

test('a Chinese name is asked for by characters, pinyin in either order, and initials', () => {
  expect(nameForms('王思远')).toEqual(expect.arrayContaining(['王思远', 'wang si yuan', 'wangsiyuan', 'wsy', 'siyuanwang']));
});

test('a name of many readings stays a short list', () => {
  expect(nameForms('乐乐乐乐乐乐').length).toBeLessThan(60);
});
