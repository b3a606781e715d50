import { refuse } from '../../../platform/errors/refusal.ts';

/** Where a page ended: the last row's place in the order of the list. */
export interface Cursor {
  rank: number;
  createdAt: Date;
  id: string;
}

/** A cursor as clients hold it. */
export function encodeCursor({ rank, createdAt, id }: Cursor): string {
  return Buffer.from(JSON.stringify([rank, createdAt.getTime(), id])).toString('base64url');
}

/** Refused with INVALID_CURSOR. */
export function decodeCursor(text: string, field: string): Cursor {
  try {
    const [rank, createdAt, id] = JSON.parse(Buffer.from(text, 'base64url').toString()) as unknown[];
    if (Number.isInteger(rank) && Number.isInteger(createdAt) && typeof id === 'string') {
      return { rank: rank as number, createdAt: new Date(createdAt as number), id };
    }
  } catch {
    // Not one of ours: refused below.
  }
  return refuse('INVALID_CURSOR', field);
}
