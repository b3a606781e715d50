import { expect, test } from 'vitest';
import { mergeChanges } from './mergeChanges.ts';

const base = { name: 'Priya Shah', title: 'CFO', tags: ['ipo'] };

test('keeps what one changed, and takes what somebody else changed', () => {
  expect(mergeChanges(base, { ...base, title: 'Group CFO' }, { ...base, name: 'Priya R. Shah', tags: ['ipo', 'm&a'] })).toEqual({
    name: 'Priya R. Shah', title: 'Group CFO', tags: ['ipo', 'm&a'],
  });
});

test('of a field that both changed one’s own value stays', () => {
  expect(mergeChanges(base, { ...base, title: 'Group CFO' }, { ...base, title: 'Treasurer' }).title).toBe('Group CFO');
});
