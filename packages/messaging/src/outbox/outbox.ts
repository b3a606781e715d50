import { BatonError } from '@baton/base';
import type { Context } from '../context.ts';
import type { MessageContent, OutboxRow } from '../ports.ts';
import { dropRow, setRow, type Room } from '../rooms/room.ts';
import { maxBodyBytes } from '../session.ts';
import { backoff } from './backoff.ts';
import type { dispatch, park } from './dispatch.ts';
import { noteOutgoing, type DispatchState } from './outgoing.ts';
import type { findSent } from './reconcile.ts';

/** The steps that need a homeserver. */
export interface Sending {
  dispatch: typeof dispatch;
  park: typeof park;
  findSent: typeof findSent;
}

/** Brings what is written to the server: each room in strict order, rooms independently of each other. */
export interface Outbox {
  /** Takes over the rows of the store, when the session starts. */
  load(rows: OutboxRow[]): void;
  /** Until then everything waits. */
  attach(sending: Sending): void;
  /** Resolves when the message is stored on this device. Throws `MESSAGE_EMPTY`, `MESSAGE_TOO_LONG`, `STORAGE_FULL`. */
  send(room: Room, content: MessageContent, mid: string): Promise<void>;
  retry(room: Room, mid: string): Promise<void>;
  /** Throws `MESSAGE_ON_ITS_WAY` when it is not ours alone any more. */
  discard(room: Room, mid: string): Promise<void>;
  /** Tries at once, unless the server named a time to wait. */
  wake(room: Room): void;
  wakeAll(): void;
  stop(): void;
}

interface Lane {
  busy: boolean;
  /** Woken while it was busy. */
  again: boolean;
  failures: number;
  cancelTimer: (() => void) | null;
  /** The server asked for patience: waking does not shorten it. */
  told: boolean;
}

export function makeOutbox(context: Context): Outbox {
  const state: DispatchState = { stored: new Map(), maybeSent: new Set(), deposited: new Set() };
  let sending: Sending | null = null;
  const lanes = new Map<string, Lane>();
  let lastSeq = 0;

  const laneOf = (room: Room): Lane => {
    let lane = lanes.get(room.id);
    if (!lane) lanes.set(room.id, (lane = { busy: false, again: false, failures: 0, cancelTimer: null, told: false }));
    return lane;
  };

  const wait = (room: Room, lane: Lane, retryAfterMs: number): void => {
    lane.failures += 1;
    lane.told = retryAfterMs > 0;
    lane.cancelTimer?.();
    lane.cancelTimer = context.scheduler.after(Math.max(retryAfterMs, backoff(lane.failures, context.random)), () => {
      lane.cancelTimer = null;
      lane.told = false;
      wake(room);
    });
  };

  /** Tries the first row; true when the next may be tried at once. */
  const step = async (room: Room, lane: Lane): Promise<boolean> => {
    const { homeserver } = context;
    const head = room.rows.find((row) => row.state !== 'accepted');
    if (!homeserver || !sending || context.stopped || !head || head.state === 'parked' || room.record.membership !== 'join') return false;
    const outcome = await sending.dispatch(context, state, homeserver, room, head);
    if (context.stopped) return false;
    const waitsFor = outcome.kind === 'again' ? outcome.waitsFor : null;
    if (outcome.kind === 'again' && outcome.unexpected !== undefined) context.report(outcome.unexpected);
    const reasonChanged = waitsFor?.code !== room.waitsFor?.code;
    room.waitsFor = waitsFor;
    if (outcome.kind === 'park') await sending.park(context, state, room, head.mid, outcome.code);
    if (reasonChanged || outcome.kind !== 'again') context.changed(room);
    if (outcome.kind === 'again') wait(room, lane, outcome.retryAfterMs);
    else lane.failures = 0;
    return outcome.kind === 'accepted' || outcome.kind === 'gone';
  };

  const drain = async (room: Room, lane: Lane): Promise<void> => {
    lane.busy = true;
    try {
      do {
        lane.again = false;
        lane.cancelTimer?.();
        lane.cancelTimer = null;
        while (await step(room, lane));
      } while (lane.again && !lane.told);
    } catch (error) {
      context.report(error);
      wait(room, lane, 0);
    } finally {
      lane.busy = false;
    }
  };

  const wake = (room: Room): void => {
    const lane = laneOf(room);
    if (lane.busy) lane.again = true;
    else if (!lane.told && !context.stopped) void drain(room, lane);
  };

  return {
    load: (rows) => {
      for (const row of rows) {
        lastSeq = Math.max(lastSeq, row.seq);
        const room = context.room(row.roomId);
        setRow(room, row);
        if (row.state !== 'accepted' && (row.wire ?? row.goesOut)) state.maybeSent.add(row.mid);
        else if (row.wire) noteOutgoing(room, row.wire);
      }
    },

    attach: (parts) => {
      sending = parts;
    },

    send: async (room, content, mid) => {
      check(content);
      const known = room.rows.some((row) => row.mid === mid);
      if (known) return state.stored.get(mid);
      lastSeq += 1;
      const goesOut = sending !== null && context.homeserver?.connection.current() === 'online' && room.rows.every((other) => other.state === 'accepted');
      const row: OutboxRow = {
        mid, roomId: room.id, seq: lastSeq, createdAt: context.scheduler.now(), state: 'queued', content, ...(goesOut && { goesOut: { after: room.record.newestEventId } }),
      };
      setRow(room, row);
      context.changed(room);
      const stored = context.store.write({ outbox: [row] });
      state.stored.set(mid, stored);
      wake(room);
      try {
        await stored;
      } catch (error) {
        dropRow(room, mid);
        context.changed(room);
        throw error;
      } finally {
        state.stored.delete(mid);
      }
    },

    retry: async (room, mid) => {
      const row = room.rows.find((other) => other.mid === mid);
      if (row?.state === 'parked') {
        const { failure: _, wire, goesOut: __, ...rest } = row;
        // Surely refused: encrypt anew, for who is in the room now. Otherwise the same bytes, and a look whether they are there.
        const again: OutboxRow = wire?.maybeSent ? { ...rest, wire, state: 'encrypted' } : { ...rest, state: 'queued' };
        setRow(room, again);
        context.changed(room);
        await context.store.write({ outbox: [again] });
      }
      wake(room);
    },

    discard: async (room, mid) => {
      const row = room.rows.find((other) => other.mid === mid);
      // Without a row it has come back from the server already.
      if (!row || (row.state !== 'queued' && row.state !== 'parked')) throw new BatonError('MESSAGE_ON_ITS_WAY');
      if (row.wire?.maybeSent || (row.goesOut && state.maybeSent.has(mid))) {
        const { homeserver } = context;
        if (!homeserver || !sending || (await sending.findSent(homeserver, row)) !== null) throw new BatonError('MESSAGE_ON_ITS_WAY');
      }
      dropRow(room, mid);
      context.changed(room);
      await context.store.write({ deleteOutbox: [mid] });
      wake(room);
    },

    wake,
    wakeAll: () => {
      for (const room of context.rooms.values()) if (room.rows.length > 0) wake(room);
    },
    stop: () => {
      for (const lane of lanes.values()) lane.cancelTimer?.();
    },
  };
}

function check(content: MessageContent): void {
  if (content.body.trim() === '') throw new BatonError('MESSAGE_EMPTY');
  const size = content.card === undefined ? content.body : content.body + JSON.stringify(content.card);
  if (new TextEncoder().encode(size).length > maxBodyBytes) throw new BatonError('MESSAGE_TOO_LONG', { limit: maxBodyBytes });
}
