import { expect, test } from 'vitest';
import { hueOf, initialsOf } from './avatarOf.ts';

test.each([
  ['Priya Shah', 'PS'],
  ['Anna Maria von Hohenberg', 'AH'],
  ['王思远', '思远'],
  ['刘洋', '刘洋'],
  ['欧阳修', '阳修'],
  ['Cher', 'C'],
  ['(Jo) Smith', 'JS'],
  ['👩‍🚀 🎉', '👩‍🚀'],
  ['  ', '?'],
  ['élodie', 'É'],
])('%s is shown as %s', (name, shown) => {
  expect(initialsOf(name)).toBe(shown);
});

test('an id keeps its hue, and ids differ', () => {
  expect(hueOf('acc_1')).toBe(hueOf('acc_1'));
  expect(new Set(Array.from({ length: 100 }, (_, at) => hueOf(`acc_${at}`))).size).toBeGreaterThan(15);
});
