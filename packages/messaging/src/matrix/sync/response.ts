import type { RoomUpdate, SyncUpdate, WireEvent } from '../../ports.ts';

/** The parts of a `/sync` answer that we read. */
export interface SyncResponse {
  next_batch: string;
  account_data?: { events?: RawEvent[] };
  to_device?: { events?: RawToDevice[] };
  device_lists?: { changed?: string[]; left?: string[] };
  device_one_time_keys_count?: Record<string, number>;
  device_unused_fallback_key_types?: string[];
  rooms?: {
    join?: Record<string, RawRoom>;
    leave?: Record<string, RawRoom>;
    invite?: Record<string, { invite_state?: { events?: RawEvent[] } }>;
  };
}

export interface RawToDevice {
  type: string;
  sender: string;
  content: Record<string, unknown>;
}

interface RawRoom {
  state?: { events?: RawEvent[] };
  timeline?: { events?: RawEvent[]; limited?: boolean; prev_batch?: string };
  ephemeral?: { events?: RawEvent[] };
  account_data?: { events?: RawEvent[] };
}

export interface RawEvent {
  event_id?: string;
  type: string;
  sender?: string;
  state_key?: string;
  content?: Record<string, unknown>;
  origin_server_ts?: number;
  unsigned?: { transaction_id?: string };
}

/** An event as the core knows it. */
export function toWireEvent(roomId: string, raw: RawEvent): WireEvent {
  return {
    eventId: raw.event_id ?? '',
    roomId,
    sender: raw.sender ?? '',
    type: raw.type,
    content: raw.content ?? {},
    originServerTs: raw.origin_server_ts ?? 0,
    ...(raw.state_key === undefined ? {} : { stateKey: raw.state_key }),
    ...(raw.unsigned?.transaction_id === undefined ? {} : { transactionId: raw.unsigned.transaction_id }),
  };
}

/** What a sync says to the core. Rooms that it does not mention are left out. */
export function toSyncUpdate(response: SyncResponse): SyncUpdate {
  const rooms: RoomUpdate[] = [];
  for (const [roomId, room] of Object.entries(response.rooms?.invite ?? {})) {
    const state = (room.invite_state?.events ?? []).map((event) => toWireEvent(roomId, event));
    rooms.push({ roomId, membership: 'invite', state, timeline: [], limited: false, prevBatch: null, readReceipts: [], accountData: {} });
  }
  for (const membership of ['leave', 'join'] as const) {
    for (const [roomId, room] of Object.entries(response.rooms?.[membership] ?? {})) rooms.push(toRoomUpdate(roomId, membership, room));
  }
  return { rooms, accountData: byType(response.account_data?.events) };
}

function toRoomUpdate(roomId: string, membership: 'join' | 'leave', room: RawRoom): RoomUpdate {
  const timeline = (room.timeline?.events ?? []).map((event) => toWireEvent(roomId, event));
  const state = (room.state?.events ?? []).map((event) => toWireEvent(roomId, event));
  const ephemeral = room.ephemeral?.events ?? [];
  const typing = ephemeral.find((event) => event.type === 'm.typing')?.content?.user_ids as string[] | undefined;
  return {
    roomId,
    membership,
    state: [...state, ...timeline.filter((event) => event.stateKey !== undefined)],
    timeline,
    limited: room.timeline?.limited ?? false,
    prevBatch: room.timeline?.prev_batch ?? null,
    readReceipts: ephemeral.filter((event) => event.type === 'm.receipt').flatMap((event) => toReceipts(event.content ?? {})),
    ...(typing === undefined ? {} : { typing }),
    accountData: byType(room.account_data?.events),
  };
}

/** Public ones and our own private ones: nobody else's private ones are sent to us. */
function toReceipts(content: Record<string, unknown>): RoomUpdate['readReceipts'] {
  return Object.entries(content).flatMap(([eventId, kinds]) =>
    ['m.read', 'm.read.private'].flatMap((kind) =>
      Object.entries((kinds as Record<string, Record<string, { ts?: number }>>)[kind] ?? {}).map(([userId, receipt]) => ({ userId, eventId, at: receipt.ts ?? 0 })),
    ),
  );
}

function byType(events: RawEvent[] = []): Record<string, Record<string, unknown>> {
  return Object.fromEntries(events.map((event) => [event.type, event.content ?? {}]));
}
