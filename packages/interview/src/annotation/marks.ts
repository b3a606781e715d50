/*
 * Pointer and pen of everyone on a shared screen. What travels may come twice, late and in any order: each message says something
 * that stays true (a piece of a stroke, the newest word on whether it is hidden, how far somebody wiped), so all who have heard
 * the same see the same. Who says it is never in the message: the connection knows.
 */

/** Of the shared picture, whatever its size: 0..1 from its left and its top. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface StrokeId {
  readonly by: string;
  /** Counts a person's strokes. */
  readonly number: number;
}

export interface Stroke extends StrokeId {
  /** One of a palette; which colours those are is the view's matter. */
  readonly colour: number;
  /** A share of the picture's width. */
  readonly width: number;
  readonly points: readonly Point[];
}

/** What travels. */
export type Mark =
  | { is: 'piece'; number: number; colour: number; width: number; /** The place of its first point in the stroke. */ from: number; points: readonly Point[] }
  /** A stroke is taken back or brought back by who drew it; of two words on it the one with the higher version counts. */
  | { is: 'hide'; number: number; hidden: boolean; version: number }
  /** Wipes everybody's strokes up to these numbers: later ones stay. */
  | { is: 'wipe'; upTo: Readonly<Record<string, number>> }
  /** Where somebody points; null: nowhere. Counted, so that an old place does not come back. */
  | { is: 'point'; at: Point | null; count: number };

interface StrokeParts {
  readonly colour: number;
  readonly width: number;
  /** Points by place; a hole is a piece that has not come. */
  readonly points: ReadonlyMap<number, Point>;
}

interface Author {
  readonly strokes: ReadonlyMap<number, StrokeParts>;
  readonly hidden: ReadonlyMap<number, { readonly hidden: boolean; readonly version: number }>;
  readonly wipedUpTo: number;
  readonly pointer: { readonly at: Point | null; readonly count: number } | null;
}

/** What everybody drew, as far as it has come. */
export type Marks = ReadonlyMap<string, Author>;

export const noMarks: Marks = new Map();
const nobody: Author = { strokes: new Map(), hidden: new Map(), wipedUpTo: -1, pointer: null };

/** What the marks become by something that `by` says. The order in which messages are taken does not matter, nor do repetitions. */
export function takeMark(marks: Marks, by: string, mark: Mark): Marks {
  if (mark.is === 'wipe') {
    return Object.entries(mark.upTo).reduce((now, [author, upTo]) => change(now, author, (before) => (upTo > before.wipedUpTo ? { ...before, wipedUpTo: upTo } : before)), marks);
  }
  return change(marks, by, (before) => {
    switch (mark.is) {
      case 'piece': {
        const known = before.strokes.get(mark.number);
        const points = new Map(known?.points);
        mark.points.forEach((point, index) => points.set(mark.from + index, point));
        return { ...before, strokes: new Map(before.strokes).set(mark.number, { colour: mark.colour, width: mark.width, points }) };
      }
      case 'hide':
        if ((before.hidden.get(mark.number)?.version ?? -1) >= mark.version) return before;
        return { ...before, hidden: new Map(before.hidden).set(mark.number, { hidden: mark.hidden, version: mark.version }) };
      case 'point':
        return before.pointer !== null && before.pointer.count >= mark.count ? before : { ...before, pointer: { at: mark.at, count: mark.count } };
    }
  });
}

/** The strokes to be drawn, each person's in their order, each as far as it has come without a hole. */
export function strokesOf(marks: Marks): Stroke[] {
  return [...marks].toSorted(([a], [b]) => (a < b ? -1 : 1)).flatMap(([by, author]) =>
    [...author.strokes].toSorted(([a], [b]) => a - b).flatMap(([number, { colour, width, points }]) => {
      if (number <= author.wipedUpTo || author.hidden.get(number)?.hidden === true) return [];
      const whole: Point[] = [];
      for (let point = points.get(0); point !== undefined; point = points.get(whole.length)) whole.push(point);
      return whole.length === 0 ? [] : [{ by, number, colour, width, points: whole }];
    }),
  );
}

/** Who points where. */
export function pointersOf(marks: Marks): { by: string; at: Point }[] {
  return [...marks].flatMap(([by, { pointer }]) => (pointer?.at == null ? [] : [{ by, at: pointer.at }]));
}

/** Takes back one's own last stroke that is to be seen, or null. Nobody's undo touches what another drew. */
export function undo(marks: Marks, by: string): Mark | null {
  const last = strokesOf(marks).findLast((stroke) => stroke.by === by);
  return last === undefined ? null : hide(marks, by, last.number, true);
}

/** Brings back the stroke that one took back last, or null. */
export function redo(marks: Marks, by: string): Mark | null {
  const author = marks.get(by) ?? nobody;
  const first = [...author.hidden].filter(([number, { hidden }]) => hidden && number > author.wipedUpTo).map(([number]) => number).toSorted((a, b) => a - b)[0];
  return first === undefined ? null : hide(marks, by, first, false);
}

/** Wipes what is to be seen here, of everybody. */
export function wipe(marks: Marks): Mark {
  return { is: 'wipe', upTo: Object.fromEntries([...marks].filter(([, { strokes }]) => strokes.size > 0).map(([by, { strokes }]) => [by, Math.max(...strokes.keys())])) };
}

/** The number of one's next stroke: one that was never used, though all was wiped. */
export function nextNumber(marks: Marks, by: string): number {
  const author = marks.get(by) ?? nobody;
  return Math.max(-1, author.wipedUpTo, ...author.strokes.keys()) + 1;
}

function hide(marks: Marks, by: string, number: number, hidden: boolean): Mark {
  return { is: 'hide', number, hidden, version: (marks.get(by)?.hidden.get(number)?.version ?? -1) + 1 };
}

function change(marks: Marks, by: string, changed: (author: Author) => Author): Marks {
  const before = marks.get(by) ?? nobody;
  const after = changed(before);
  return after === before ? marks : new Map(marks).set(by, after);
}
