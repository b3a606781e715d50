import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextNumber, noMarks, pointersOf, redo, strokesOf, takeMark, undo, wipe, type Mark, type Marks } from './marks.ts';
import { parseMark } from './parseMark.ts';

const stroke = (number: number, from = 0, xs: readonly number[] = [0.1, 0.2]): Mark => ({ is: 'piece', number, colour: 1, width: 0.01, from, points: xs.map((x) => ({ x, y: 0.5 })) });
const take = (said: readonly (readonly [by: string, mark: Mark | null])[], start: Marks = noMarks): Marks => said.reduce((marks, [by, mark]) => (mark === null ? marks : takeMark(marks, by, mark)), start);
const numbers = (marks: Marks) => strokesOf(marks).map(({ by, number }) => `${by}${number}`);

describe('Marks on a shared screen', () => {
  it('show a stroke as it grows, and a piece that came early only when it fits', () => {
    const early = take([['a', stroke(0, 2, [0.3])]]);
    expect(strokesOf(early)).toEqual([]);
    expect(strokesOf(take([['a', stroke(0)]], early))[0]?.points.map(({ x }) => x)).toEqual([0.1, 0.2, 0.3]);
  });

  it('let each person undo and redo their own strokes alone, last first', () => {
    let marks = take([['a', stroke(0)], ['a', stroke(1)], ['b', stroke(0)]]);
    const step = (by: string, verb: typeof undo) => (marks = take([[by, verb(marks, by)]], marks));
    expect(numbers(step('a', undo))).toEqual(['a0', 'b0']);
    expect(numbers(step('a', undo))).toEqual(['b0']);
    expect(undo(marks, 'a')).toBeNull();
    expect(numbers(step('a', redo))).toEqual(['a0', 'b0']);
    expect(numbers(step('a', redo))).toEqual(['a0', 'a1', 'b0']);
    expect(redo(marks, 'a')).toBeNull();
  });

  it('wipe what was there, and nothing that somebody draws meanwhile', () => {
    const before = take([['a', stroke(0)], ['b', stroke(0)]]);
    const wiped = take([['a', wipe(before)], ['b', stroke(1)]], before);
    expect(numbers(wiped)).toEqual(['b1']);
    expect(nextNumber(wiped, 'a')).toBe(1);
    expect(undo(wiped, 'a')).toBeNull();
  });

  it('follow a pointer, and never back', () => {
    const at = (count: number, x: number | null): Mark => ({ is: 'point', count, at: x === null ? null : { x, y: 0 } });
    expect(pointersOf(take([['a', at(2, 0.2)], ['a', at(1, 0.1)]]))).toEqual([{ by: 'a', at: { x: 0.2, y: 0 } }]);
    expect(pointersOf(take([['a', at(2, 0.2)], ['a', at(3, null)]]))).toEqual([]);
  });

  it('are the same for all who have heard the same, in whatever order and however often', () => {
    const by = fc.constantFrom('a', 'b');
    const act = fc.tuple(by, fc.constantFrom('draw' as const, 'grow', 'undo', 'redo', 'wipe', 'point'), fc.double({ min: 0, max: 1, noNaN: true }));
    const said = fc.array(act, { maxLength: 25 }).map((acts) => {
      let marks = noMarks;
      const log: [string, Mark][] = [];
      for (const [by, what, x] of acts) {
        const last = nextNumber(marks, by) - 1;
        const grown = marks.get(by)?.strokes.get(last)?.points.size ?? 0;
        const mark: Mark | null =
          what === 'draw' ? stroke(last + 1, 0, [x]) : what === 'grow' ? (grown > 0 ? stroke(last, grown, [x]) : null)
          : what === 'undo' ? undo(marks, by) : what === 'redo' ? redo(marks, by) : what === 'wipe' ? wipe(marks) : { is: 'point', at: { x, y: x }, count: log.length };
        if (mark === null) continue;
        log.push([by, mark]);
        marks = takeMark(marks, by, mark);
      }
      return log;
    });
    const told = said.chain((log) => fc.tuple(fc.constant(log), fc.shuffledSubarray([...log, ...log], { minLength: log.length * 2 })));
    fc.assert(
      fc.property(told, ([log, heard]) => {
        const here = take(log);
        const there = take(heard.map(([by, mark]) => [by, parseMark(JSON.stringify(mark))]));
        expect(strokesOf(there)).toEqual(strokesOf(here));
        expect(new Map(pointersOf(there).map(({ by, at }) => [by, at]))).toEqual(new Map(pointersOf(here).map(({ by, at }) => [by, at])));
      }),
    );
  });

  it('that are none, or would fill a memory, are dropped', () => {
    const refused = [
      'x', 'null', '{}', JSON.stringify({ ...stroke(0), points: [{ x: 2, y: 0 }] }), JSON.stringify({ ...stroke(0), from: 1e9 }), JSON.stringify({ ...stroke(-1) }),
      JSON.stringify({ is: 'wipe', upTo: { a: 'all' } }), JSON.stringify({ is: 'point', at: { x: 0 }, count: 1 }), JSON.stringify({ is: 'hide', number: 0, hidden: 1, version: 0 }),
    ];
    expect(refused.map(parseMark)).toEqual(refused.map(() => null));
    fc.assert(fc.property(fc.jsonValue(), (value) => void parseMark(JSON.stringify(value))));
  });
});
