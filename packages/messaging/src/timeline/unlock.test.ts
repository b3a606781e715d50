import { describe, expect, it } from 'vitest';
import type { Context } from '../context.ts';
import type { StoredEvent, StoredRoom } from '../ports.ts';
import { emptyRecord, makeRoom, type Room, type TimelineWindow } from '../rooms/room.ts';
import { makeUnlocking } from './unlock.ts';

/** Rooms with shut events on one session each; whatever is asked to be decrypted opens when it is told to. */
function makeWorld(counts: Record<string, number>) {
  const asked: string[] = [];
  const written: number[] = [];
  const waiting: (() => void)[] = [];
  const rooms = new Map<string, Room>();
  for (const [roomId, count] of Object.entries(counts)) {
    const events = Array.from({ length: count }, (_, position): StoredEvent => ({
      roomId, eventId: `$${roomId} ${position}`, position, mid: null, ratchet: null, decryption: { ok: false, reason: 'missing-key', sessionId: `session of ${roomId}` },
      wire: { eventId: `$${roomId} ${position}`, roomId, sender: '@other', type: 'm.room.encrypted', content: {}, originServerTs: 0 },
    }));
    rooms.set(roomId, Object.assign(makeRoom({ ...emptyRecord(roomId), membership: 'join' }), { undecrypted: new Map(events.map((event) => [event.eventId, event])) }));
  }
  const context = {
    rooms, userId: '@me', stopped: false,
    sideOf: () => 'firm', awaitsOtherSide: () => false, changed: () => undefined,
    report: (problem: unknown) => {
      throw problem;
    },
    store: { find: async () => [], events: async () => [], write: async ({ events = [] }: { events?: StoredEvent[]; rooms?: StoredRoom[] }) => void written.push(events.length) },
    homeserver: {
      decrypt: async ({ eventId }: { eventId: string }) => {
        asked.push(eventId);
        await new Promise<void>((resolve) => waiting.push(resolve));
        return { ok: true, type: 'm.room.message', content: {}, authenticity: 'unverified', sessionId: '', messageIndex: null };
      },
    },
  } as unknown as Context;
  const done: string[] = [];
  const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
  return {
    asked, written, done, rooms, settle,
    unlocking: makeUnlocking(context, (room) => done.push(room.id)),
    /** Lets everything open. */
    open: async () => {
      for (await settle(); waiting.length > 0; await settle()) for (const resolve of waiting.splice(0)) resolve();
    },
  };
}

const keysOf = (...rooms: string[]) => rooms.map((roomId) => ({ roomId, sessionId: `session of ${roomId}` }));

describe('When keys of many rooms arrive at once', () => {
  it('a few rooms are opened at a time, in the order of their keys', async () => {
    const { unlocking, asked, done, open, settle } = makeWorld({ a: 1, b: 1, c: 1, d: 1, e: 1 });
    unlocking.keysArrived(keysOf('e', 'd', 'c', 'b', 'a'));
    await settle();
    expect(asked).toEqual(['$e 0', '$d 0', '$c 0']);
    await open();
    expect(done).toEqual(['e', 'd', 'c', 'b', 'a']);
  });

  it('the one that somebody looks at is next', async () => {
    const { unlocking, rooms, done, open } = makeWorld({ a: 1, b: 1, c: 1, d: 1, e: 1 });
    unlocking.keysArrived(keysOf('a', 'b', 'c', 'd', 'e'));
    rooms.get('e')!.window = { views: new Set(), events: [], ahead: [] } as unknown as TimelineWindow;
    await open();
    expect(done).toEqual(['a', 'b', 'c', 'e', 'd']);
  });

  it('a long thread is there piece by piece, from its newest message on, and each is tried once', async () => {
    const { unlocking, asked, written, done, open } = makeWorld({ a: 130 });
    unlocking.keysArrived(keysOf('a'));
    await open();
    expect([asked[0], asked.at(-1), new Set(asked).size, asked.length]).toEqual(['$a 129', '$a 0', 130, 130]);
    expect([written, done]).toEqual([[60, 60, 10], ['a']]);
  });
});
