import { eq, inArray } from 'drizzle-orm';
import { isBatonError } from '@baton/base';
import type { Services } from '../../../platform/graphql/context.ts';
import type { EncryptedEvent } from '../../../platform/matrix/MatrixAdmin.ts';
import { conversations } from '../../conversations/conversations.table.ts';
import { vaultRooms, vaultSessions, type VaultRow } from '../vault.table.ts';

/** A room is looked at again after this long, in milliseconds, however often somebody asks. */
const freshFor = 5_000;
/**
 * Events younger than this, in milliseconds, are read again the next time: of two that are sent at once the homeserver may
 * put the later one before the earlier.
 */
const settledAfter = 60_000;
const roomsAtOnce = 4;

/**
 * Looks through what came to the rooms of a project since the last time, and notes under which sessions it was written:
 * the clear part of the encrypted events names them. While the homeserver is down nothing is noted, and nothing is thrown.
 * @returns when all the rooms had been looked at; null when that never was
 */
export async function readRooms(services: Services, vault: VaultRow): Promise<Date | null> {
  const rooms = await roomsOf(services, vault);
  const stale = rooms.filter(({ readAt }) => readAt === null || readAt.getTime() <= services.clock.now() - freshFor);
  try {
    for (let at = 0; at < stale.length; at += roomsAtOnce) {
      await Promise.all(stale.slice(at, at + roomsAtOnce).map(async (room) => (room.readAt = await readRoom(services, vault, room))));
    }
  } catch (error) {
    if (!isBatonError(error, 'MATRIX_UNAVAILABLE')) throw error;
  }
  return rooms.reduce<Date | null>((oldest, { readAt }) => (oldest === null || readAt === null || readAt < oldest ? readAt : oldest), rooms[0]?.readAt ?? null);
}

interface Room {
  roomId: string;
  readTo: string | null;
  readAt: Date | null;
}

async function roomsOf(services: Services, { projectId, teamRoomId }: VaultRow): Promise<Room[]> {
  // As nobody, here and below: the reading is the firm's, whoever asked for it.
  return services.system.read(async (tx) => {
    const rows = await tx.select({ roomId: conversations.roomId }).from(conversations).where(eq(conversations.projectId, projectId));
    const ids = [teamRoomId, ...rows.map((row) => row.roomId)];
    const known = new Map((await tx.select().from(vaultRooms).where(inArray(vaultRooms.roomId, ids))).map((row) => [row.roomId, row]));
    return ids.map((roomId) => ({ roomId, readTo: known.get(roomId)?.readTo ?? null, readAt: known.get(roomId)?.readAt ?? null }));
  });
}

/** Returns when it began to look. */
async function readRoom(services: Services, vault: VaultRow, room: Room): Promise<Date> {
  const readAt = new Date(services.clock.now());
  let { readTo } = room;
  let settled = true;
  for (let from = readTo; ; ) {
    const { events, next } = await services.matrix.encryptedEvents(room.roomId, from);
    await noteSessions(services, vault, room.roomId, events);
    if (next === null || next === from) break;
    settled &&= events.every(({ sentAt }) => sentAt < readAt.getTime() - settledAfter);
    if (settled) readTo = next;
    from = next;
  }
  const { projectId, organisationId } = vault;
  await services.system.write((tx) =>
    tx.insert(vaultRooms).values({ projectId, organisationId, roomId: room.roomId, readTo, readAt }).onConflictDoUpdate({ target: vaultRooms.roomId, set: { readTo, readAt } }),
  );
  return readAt;
}

/** The first event of a session counts. */
async function noteSessions(services: Services, { projectId, organisationId }: VaultRow, roomId: string, events: readonly EncryptedEvent[]): Promise<void> {
  const first = new Map<string, EncryptedEvent>();
  for (const event of events) if (!first.has(event.sessionId)) first.set(event.sessionId, event);
  if (first.size === 0) return;
  const rows = [...first.values()].map(({ sessionId, sender, sentAt }) => ({ projectId, organisationId, roomId, sessionId, senderMxid: sender, since: new Date(sentAt) }));
  await services.system.write((tx) => tx.insert(vaultSessions).values(rows).onConflictDoNothing());
}
