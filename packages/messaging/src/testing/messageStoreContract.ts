import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { emptyRecord } from '../rooms/room.ts';
import type { MessageStore, OutboxRow, StoredEvent } from '../ports.ts';

/** A store under test: `reopen` is what a new page does, on the same disk. */
export interface StoreHarness {
  store: MessageStore;
  reopen(): Promise<MessageStore>;
  dispose(): Promise<void>;
}

/** What every message store has to do, whatever it is made of. */
export function describeMessageStore(name: string, make: () => Promise<StoreHarness>): void {
  describe(`${name}, as a message store`, () => {
    let harness: StoreHarness;
    beforeEach(async () => {
      harness = await make();
    });
    afterEach(() => harness.dispose());

    it('is empty at first', async () => {
      expect(await harness.store.outboxRows()).toEqual([]);
      expect(await harness.store.rooms()).toEqual([]);
      expect(await harness.store.events('!a', undefined, 10)).toEqual([]);
    });

    it('gives back what was written, after a reload too', async () => {
      const record = { ...emptyRecord('!a'), draft: '你好 👋', members: { '@x': { membership: 'join' } } };
      await harness.store.write({ outbox: [row('m1', 1)], events: [event('!a', '$1', 1)], rooms: [record] });
      const store = await harness.reopen();
      expect(await store.outboxRows()).toEqual([row('m1', 1)]);
      expect(await store.rooms()).toEqual([record]);
      expect(await store.events('!a', undefined, 10)).toEqual([event('!a', '$1', 1)]);
    });

    it('orders the outbox by sequence and replaces rows by their id', async () => {
      await harness.store.write({ outbox: [row('b', 2), row('c', 3)] });
      await harness.store.write({ outbox: [row('a', 1), { ...row('c', 3), state: 'parked', failure: { code: 'SEND_REFUSED' } }] });
      const rows = await harness.store.outboxRows();
      expect(rows.map(({ mid, state }) => [mid, state])).toEqual([['a', 'queued'], ['b', 'queued'], ['c', 'parked']]);
    });

    it('takes a row out in the transaction that stores its event', async () => {
      await harness.store.write({ outbox: [row('m1', 1)] });
      await harness.store.write({ deleteOutbox: ['m1', 'never-there'], events: [event('!a', '$1', 1)] });
      const store = await harness.reopen();
      expect(await store.outboxRows()).toEqual([]);
      expect(await store.events('!a', undefined, 10)).toHaveLength(1);
    });

    it('reads the newest events before a position, oldest first, of one room', async () => {
      const events = [-3, -1, 2.5, 4, 1_000_000].map((position) => event('!a', `$${position}`, position));
      await harness.store.write({ events: [...events.toReversed(), event('!b', '$other', 3)] });
      const positions = async (before: number | undefined, limit: number): Promise<number[]> => (await harness.store.events('!a', before, limit)).map((found) => found.position);
      expect(await positions(undefined, 2)).toEqual([4, 1_000_000]);
      expect(await positions(4, 2)).toEqual([-1, 2.5]);
      expect(await positions(undefined, 100)).toEqual([-3, -1, 2.5, 4, 1_000_000]);
      expect(await positions(-3, 100)).toEqual([]);
    });

    it('replaces an event by its id, its place included', async () => {
      await harness.store.write({ events: [event('!a', '$1', 1)] });
      await harness.store.write({ events: [{ ...event('!a', '$1', 7), hidden: 'duplicate' }] });
      expect(await harness.store.events('!a', undefined, 10)).toEqual([{ ...event('!a', '$1', 7), hidden: 'duplicate' }]);
    });

    it('finds events by id, mid or ratchet, each once', async () => {
      await harness.store.write({
        events: [event('!a', '$1', 1, { mid: 'm1', ratchet: 's 0' }), event('!a', '$2', 2, { mid: 'm1' }), event('!a', '$3', 3, { ratchet: 's 0' }), event('!b', '$4', 4, { mid: 'm1' })],
      });
      const found = async (keys: Parameters<MessageStore['find']>[1]): Promise<string[]> => (await harness.store.find('!a', keys)).map(({ eventId }) => eventId).sort();
      expect(await found({ eventIds: ['$1', '$9'] })).toEqual(['$1']);
      expect(await found({ mids: ['m1'] })).toEqual(['$1', '$2']);
      expect(await found({ ratchets: ['s 0'] })).toEqual(['$1', '$3']);
      expect(await found({ eventIds: ['$1'], mids: ['m1'], ratchets: ['s 0'] })).toEqual(['$1', '$2', '$3']);
      expect(await found({})).toEqual([]);
    });

    it('remembers what waits for its key until it is replaced by what was read', async () => {
      const sealed = { ok: false as const, reason: 'missing-key' as const, sessionId: 's' };
      await harness.store.write({ events: [event('!a', '$2', 2, { decryption: sealed }), event('!a', '$1', 1, { decryption: sealed }), event('!a', '$3', 3)] });
      expect((await harness.store.undecrypted('!a')).map(({ eventId }) => eventId)).toEqual(['$1', '$2']);
      await harness.store.write({ events: [event('!a', '$1', 1)] });
      expect((await harness.store.undecrypted('!a')).map(({ eventId }) => eventId)).toEqual(['$2']);
    });

    it('lets writes take effect in the order of the calls', async () => {
      const writes = Array.from({ length: 20 }, (_, n) => harness.store.write({ rooms: [{ ...emptyRecord('!a'), unread: n, draft: 'x'.repeat(n % 2 ? 10 : 100_000) }] }));
      await Promise.all(writes);
      expect((await harness.store.rooms())[0]?.unread).toBe(19);
    });

    it('keeps what it was given, not what became of it', async () => {
      const record = emptyRecord('!a');
      const written = harness.store.write({ rooms: [record] });
      record.unread = 5;
      await written;
      expect((await harness.store.rooms())[0]?.unread).toBe(0);
    });

    it('is empty after clearing', async () => {
      await harness.store.write({ outbox: [row('m1', 1)], events: [event('!a', '$1', 1)], rooms: [emptyRecord('!a')] });
      await harness.store.clear();
      const store = await harness.reopen();
      expect([await store.outboxRows(), await store.rooms(), await store.events('!a', undefined, 10)]).toEqual([[], [], []]);
    });
  });
}

function row(mid: string, seq: number): OutboxRow {
  return { mid, roomId: '!a', seq, createdAt: 1000 + seq, state: 'queued', content: { body: `body of ${mid}` } };
}

function event(roomId: string, eventId: string, position: number, rest: Partial<StoredEvent> = {}): StoredEvent {
  const wire = { eventId, roomId, sender: '@x', type: 'm.room.encrypted', content: { ciphertext: eventId }, originServerTs: 5 };
  const decryption = { ok: true as const, type: 'm.room.message', content: { body: 'hi' }, authenticity: 'certified' as const, sessionId: 's', messageIndex: 0 };
  return { roomId, eventId, position, wire, decryption, mid: null, ratchet: null, ...rest };
}
