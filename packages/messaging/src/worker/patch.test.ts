import fc from 'fast-check';
import { expect, it } from 'vitest';
import { apply, diff } from './patch.ts';

it('turns any plain value into any other', () => {
  fc.assert(fc.property(fc.jsonValue(), fc.jsonValue(), (before, after) => {
    const patch = diff(before, after);
    expect(patch === null ? before : apply(before, patch)).toEqual(after);
  }));
});

it('sends one row of a list, not the list, when one row is new or changed', () => {
  const rows = Array.from({ length: 1000 }, (_, n) => ({ n }));
  expect(diff({ rows, typing: [] }, { rows: [...rows, { n: 1000 }], typing: [] })).toMatchObject({ keys: { rows: { at: 1000, drop: 0, items: [{ is: { n: 1000 } }] } }, gone: [] });
  expect(diff(rows, rows.with(500, { n: -1 }))).toEqual({ at: 500, drop: 1, items: [{ is: { n: -1 } }] });
});

it('sends places, not rows, when rows change theirs, and leaves each the same object', () => {
  const rows = Array.from({ length: 1000 }, (_, n) => ({ n }));
  const risen = [{ n: 500, said: 'more' }, ...rows.toSpliced(500, 1)];
  const patch = diff(rows, risen);
  expect(patch).toEqual({ at: 0, drop: 501, items: [{ is: risen[0] }, ...Array.from({ length: 500 }, (_, was) => ({ was }))] });
  const applied = apply(rows, patch!) as typeof rows;
  expect(applied).toEqual(risen);
  expect(applied[1]).toBe(rows[0]);
  expect(applied[501]).toBe(rows[501]);
});

it('says nothing when nothing changed', () => {
  const value = { rows: [1, 2] };
  expect(diff(value, value)).toBeNull();
  expect(diff(value.rows, [...value.rows])).toBeNull();
});
