import type { Context } from '../context.ts';
import type { Homeserver, NamedHeads, OutboxRow, OutboxWire } from '../ports.ts';
import { setRow, type Room } from '../rooms/room.ts';
import { messageType } from './envelope.ts';
import { judge, type Verdict } from './failures.ts';
import { noteOutgoing, type DispatchState } from './outgoing.ts';
import { findSent, isStale } from './reconcile.ts';
import { envelopeText, writeMessage } from './writeMessage.ts';

/** What became of one try to bring a room's first row to the server. */
export type Outcome = { kind: 'accepted' } | { kind: 'gone' } | Verdict;

/**
 * One try. In order, and each only when the one before is done:
 *   if an earlier try may have arrived too long ago for the server to recognise it: look for it
 *   encrypt, while the queued row is being stored
 *   store the ciphertext and its transaction id; not waited for by a row that `goesOut`
 *   deposit the session's key, once a session
 *   PUT
 */
export async function dispatch(context: Context, state: DispatchState, homeserver: Homeserver, room: Room, head: OutboxRow): Promise<Outcome> {
  let row = head;
  try {
    if (row.wire?.maybeSent || (state.maybeSent.has(row.mid) && isStale(row, context.scheduler.now()))) {
      const eventId = await findSent(homeserver, row);
      if (eventId !== null) {
        if (!row.wire) await noteUnkept(context, homeserver, room, row);
        return accept(context, room, row, eventId);
      }
    }
    // Nothing goes out while the server contradicts what was heard in the room.
    const checking = context.gossip.requireConsistent(room.id);
    if (checking) await checking;
    if (!row.wire) {
      const wire = await encrypt(context, state, homeserver, room, row);
      if (!isQueued(room, row)) return { kind: 'gone' };
      row = { ...row, state: 'encrypted', wire };
      const kept = context.store.write({ outbox: [row] });
      // Where it can't be kept, the row stays as it was stored before: found again, it is looked for.
      if (row.goesOut) kept.catch(context.report);
      else await kept;
      if (!isQueued(room, row)) return { kind: 'gone' };
      setRow(room, row);
    }
    await deposit(context, state, homeserver, row);
  } catch (error) {
    return isQueued(room, row) ? judge(error, 'prepare') : { kind: 'gone' };
  }
  if (!isQueued(room, row) || context.stopped) return { kind: 'gone' };
  try {
    const wire = row.wire as OutboxWire;
    return accept(context, room, row, await homeserver.put(row.roomId, wire.transactionId, 'm.room.encrypted', wire.content));
  } catch (error) {
    const verdict = judge(error, 'put');
    if (verdict.kind === 'again' && verdict.maybeSent) state.maybeSent.add(row.mid);
    return verdict;
  }
}

/** What the row's message is when it is the next one that this device sends in the room. */
function nextMessage(deviceId: string, room: Room, row: OutboxRow, heads: NamedHeads): { n: number; plain: Record<string, unknown> } {
  const before = room.record.outgoing?.device === deviceId ? room.record.outgoing : null;
  const n = (before?.n ?? 0) + 1;
  return { n, plain: writeMessage(row.content, { mid: row.mid, n, device: deviceId, prev: before?.hash ?? null, heads }) };
}

/** The server has a row whose ciphertext was never stored here: it was the next message then, and is now. */
async function noteUnkept(context: Context, { deviceId }: Homeserver, room: Room, row: OutboxRow): Promise<void> {
  const { n, plain } = nextMessage(deviceId, room, row, {});
  noteOutgoing(room, { device: deviceId, n, hash: await context.digest(envelopeText(room.id, plain)) });
}

async function encrypt(context: Context, state: DispatchState, homeserver: Homeserver, room: Room, row: OutboxRow): Promise<OutboxWire> {
  const { deviceId } = homeserver;
  const telling = context.gossip.tell(room.id);
  const heads = telling instanceof Promise ? await telling : telling;
  const { n, plain } = nextMessage(deviceId, room, row, heads);
  const [{ content, sessionId, messageIndex }, hash] = await Promise.all([
    homeserver.encrypt(room.id, messageType, plain),
    context.digest(envelopeText(room.id, plain)),
    state.stored.get(row.mid),
  ]);
  room.sent.set(row.mid, { plain, messageIndex });
  return {
    transactionId: row.mid, sessionId, content, encryptedAt: context.scheduler.now(), after: room.record.newestEventId, n, hash, device: deviceId,
  };
}

async function deposit(context: Context, state: DispatchState, homeserver: Homeserver, row: OutboxRow): Promise<void> {
  const sessionId = (row.wire as OutboxWire).sessionId;
  const key = `${row.roomId} ${sessionId}`;
  if (state.deposited.has(key)) return;
  await context.depositor.deposit({ roomId: row.roomId, sessionId, exportSession: () => homeserver.exportSession(row.roomId, sessionId) });
  state.deposited.add(key);
}

/** The server has it. The row stays until the event comes back, but the next one may go. */
function accept(context: Context, room: Room, row: OutboxRow, eventId: string): Outcome {
  // The echo may have come first: then the row is gone and must stay gone.
  if (!isQueued(room, row)) return { kind: 'accepted' };
  const accepted: OutboxRow = { ...row, state: 'accepted', eventId };
  setRow(room, accepted);
  if (accepted.wire) noteOutgoing(room, accepted.wire);
  context.store.write({ outbox: [accepted] }).catch(context.report);
  return { kind: 'accepted' };
}

/** Whether the row is still there to be sent. */
function isQueued(room: Room, row: OutboxRow): boolean {
  return room.rows.some((other) => other.mid === row.mid);
}

/** Refused for good: says so, and holds what is behind it. */
export async function park(context: Context, state: DispatchState, room: Room, mid: string, code: string): Promise<void> {
  const row = room.rows.find((other) => other.mid === mid);
  if (!row?.wire) return;
  const wire = { ...row.wire, ...(state.maybeSent.has(mid) && { maybeSent: true }) };
  const parked: OutboxRow = { ...row, wire, state: 'parked', failure: { code } };
  setRow(room, parked);
  await context.store.write({ outbox: [parked] });
}
