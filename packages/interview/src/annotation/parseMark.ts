import type { Mark, Point } from './marks.ts';

/** A page draws, and cannot be made to keep, so much. */
const most = { points: 500, place: 20_000, strokes: 5_000, people: 16, count: 1e9, colours: 16 } as const;

/** Reads what came as a mark; null: it is none, or asks for more than anybody draws. Never throws. */
export function parseMark(text: string): Mark | null {
  try {
    return read(JSON.parse(text) as Record<string, unknown>);
  } catch {
    return null;
  }
}

function read(came: Record<string, unknown>): Mark | null {
  const { is, number, colour, width, from, points, hidden, version, upTo, at, count } = came;
  switch (is) {
    case 'piece': {
      if (!isCount(number, most.strokes) || !isCount(colour, most.colours) || !isShare(width) || !isCount(from, most.place)) return null;
      if (!Array.isArray(points) || points.length === 0 || points.length > most.points || !points.every(isPoint)) return null;
      return { is, number, colour, width, from, points: points.map(({ x, y }) => ({ x, y })) };
    }
    case 'hide':
      return isCount(number, most.strokes) && typeof hidden === 'boolean' && isCount(version, most.count) ? { is, number, hidden, version } : null;
    case 'wipe': {
      if (typeof upTo !== 'object' || upTo === null) return null;
      const entries = Object.entries(upTo);
      return entries.length <= most.people && entries.every(([, to]) => isCount(to, most.strokes)) ? { is, upTo: Object.fromEntries(entries) as Record<string, number> } : null;
    }
    case 'point':
      return (at === null || isPoint(at)) && isCount(count, most.count) ? { is, at: at === null ? null : { x: at.x, y: at.y }, count } : null;
    default:
      return null;
  }
}

function isCount(value: unknown, upTo: number): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= upTo;
}

function isShare(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= 1;
}

function isPoint(value: unknown): value is Point {
  return typeof value === 'object' && value !== null && isShare((value as Point).x) && isShare((value as Point).y);
}
