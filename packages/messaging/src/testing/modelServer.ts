import type { DeviceMessage, RoomUpdate, SyncUpdate, WireEvent } from '../ports.ts';

const transactionsForgottenAfter = 24 * 3_600_000;
/** Events of a room that one sync carries at most. */
const timelineLimit = 10;

interface ServerRoom {
  /** In stream order. */
  events: { event: WireEvent; stream: number }[];
  members: Map<string, 'join' | 'invite'>;
  /** By user and who hears of it. */
  receipts: Map<string, { userId: string; to: 'all' | 'own devices'; eventId: string; at: number; stream: number }>;
  /** By user and type. */
  accountData: Map<string, { userId: string; type: string; content: Record<string, unknown>; stream: number }>;
}

/** What a homeserver does for messages, in memory: it orders, remembers transactions for a day, and tells what is new. */
export interface ModelServer {
  createRoom(roomId: string, members: string[]): void;
  setState(roomId: string, type: string, stateKey: string, content: Record<string, unknown>, sender: string): void;
  setMember(roomId: string, userId: string, membership: 'join' | 'leave', sender?: string): void;
  /** The same transaction of a device gives the same event. */
  put(sender: { userId: string; deviceId: string }, roomId: string, transactionId: string, type: string, content: Record<string, unknown>): string;
  /** Whether the server still knows a transaction of a device. */
  knows(deviceId: string, transactionId: string): boolean;
  messages(roomId: string, from: string | null, limit: number): { events: WireEvent[]; next: string | null };
  read(userId: string, roomId: string, eventId: string, to: 'all' | 'own devices'): void;
  /** Of a room, or of the account itself. */
  setAccountData(userId: string, roomId: string | null, type: string, content: Record<string, unknown>): void;
  sendToDevice(deviceId: string, message: DeviceMessage): void;
  takeDeviceMessages(deviceId: string): DeviceMessage[];
  /** What is new for a user since a token; null when nothing is. */
  sync(user: { userId: string; deviceId: string }, since: number): { update: SyncUpdate; next: number } | null;
  members(roomId: string): { userId: string; membership: 'join' | 'invite' }[];
  /** A room's message events in the server's order: the truth that devices are compared with. */
  history(roomId: string): WireEvent[];
  /** Calls back after each change. */
  onChange(listener: () => void): () => void;
}

export function makeModelServer(now: () => number): ModelServer {
  const rooms = new Map<string, ServerRoom>();
  const transactions = new Map<string, { eventId: string; at: number }>();
  const deviceMessages = new Map<string, DeviceMessage[]>();
  const listeners = new Set<() => void>();
  const accountData: ServerRoom['accountData'] = new Map();
  let stream = 0;

  const roomOf = (roomId: string): ServerRoom => {
    const room = rooms.get(roomId);
    if (!room) throw new Error(`No room ${roomId}`);
    return room;
  };
  const tell = (): void => {
    for (const listener of [...listeners]) listener();
  };
  const append = (roomId: string, event: Omit<WireEvent, 'eventId' | 'roomId' | 'originServerTs'>): string => {
    stream += 1;
    const eventId = `$${stream}`;
    roomOf(roomId).events.push({ event: { ...structuredClone(event), eventId, roomId, originServerTs: now() }, stream });
    tell();
    return eventId;
  };
  const setMember: ModelServer['setMember'] = (roomId, userId, membership, sender = userId) => {
    if (membership === 'join') roomOf(roomId).members.set(userId, 'join');
    else roomOf(roomId).members.delete(userId);
    append(roomId, { sender, type: 'm.room.member', stateKey: userId, content: { membership } });
  };

  const roomSince = ({ userId, deviceId }: { userId: string; deviceId: string }, roomId: string, room: ServerRoom, since: number): RoomUpdate | null => {
    const fresh = room.events.filter((entry) => entry.stream > since);
    const receipts = [...room.receipts.values()].filter((receipt) => receipt.stream > since && (receipt.to === 'all' || receipt.userId === userId));
    const accountData = [...room.accountData.values()].filter((entry) => entry.userId === userId && entry.stream > since);
    if (fresh.length + receipts.length + accountData.length === 0) return null;
    const timeline = fresh.slice(-timelineLimit);
    const before = room.events.length - timeline.length;
    return {
      roomId,
      membership: room.members.has(userId) ? 'join' : 'leave',
      state: room.events.slice(0, before).map((entry) => entry.event).filter((event) => event.type === 'm.room.member'),
      timeline: timeline.map(({ event }) => withTransaction(event, deviceId)),
      limited: fresh.length > timeline.length,
      prevBatch: before > 0 ? `p${before}` : null,
      readReceipts: receipts.map(({ userId: reader, eventId, at }) => ({ userId: reader, eventId, at })),
      accountData: Object.fromEntries(accountData.map(({ type, content }) => [type, structuredClone(content)])),
    };
  };
  const withTransaction = (event: WireEvent, deviceId: string): WireEvent => {
    for (const [key, { eventId }] of transactions) {
      if (eventId === event.eventId && key.startsWith(`${deviceId} `)) return { ...structuredClone(event), transactionId: key.slice(deviceId.length + 1) };
    }
    return structuredClone(event);
  };

  return {
    createRoom: (roomId, members) => {
      rooms.set(roomId, { events: [], members: new Map(), receipts: new Map(), accountData: new Map() });
      for (const userId of members) setMember(roomId, userId, 'join');
    },
    setState: (roomId, type, stateKey, content, sender) => void append(roomId, { sender, type, stateKey, content }),
    setMember,
    put: ({ userId, deviceId }, roomId, transactionId, type, content) => {
      for (const [key, { at }] of transactions) if (now() - at > transactionsForgottenAfter) transactions.delete(key);
      const key = `${deviceId} ${transactionId}`;
      const known = transactions.get(key);
      if (known) return known.eventId;
      transactions.set(key, { eventId: `$${stream + 1}`, at: now() });
      return append(roomId, { sender: userId, type, content });
    },
    knows: (deviceId, transactionId) => {
      const at = transactions.get(`${deviceId} ${transactionId}`)?.at;
      return at !== undefined && now() - at <= transactionsForgottenAfter;
    },
    messages: (roomId, from, limit) => {
      const { events } = roomOf(roomId);
      const end = from === null ? events.length : Number(from.slice(1));
      const start = Math.max(0, end - limit);
      return { events: events.slice(start, end).map(({ event }) => structuredClone(event)).reverse(), next: start > 0 ? `p${start}` : null };
    },
    read: (userId, roomId, eventId, to) => {
      stream += 1;
      roomOf(roomId).receipts.set(`${userId} ${to}`, { userId, to, eventId, at: now(), stream });
      tell();
    },
    setAccountData: (userId, roomId, type, content) => {
      stream += 1;
      (roomId === null ? accountData : roomOf(roomId).accountData).set(`${userId} ${type}`, { userId, type, content: structuredClone(content), stream });
      tell();
    },
    sendToDevice: (deviceId, message) => {
      deviceMessages.set(deviceId, [...(deviceMessages.get(deviceId) ?? []), structuredClone(message)]);
      tell();
    },
    takeDeviceMessages: (deviceId) => {
      const messages = deviceMessages.get(deviceId) ?? [];
      deviceMessages.delete(deviceId);
      return messages;
    },
    sync: (user, since) => {
      if (stream <= since) return null;
      const updates = [...rooms].filter(([, room]) => room.members.has(user.userId)).flatMap(([roomId, room]) => roomSince(user, roomId, room, since) ?? []);
      const own = [...accountData.values()].filter((entry) => entry.userId === user.userId && entry.stream > since);
      return { update: { rooms: updates, accountData: Object.fromEntries(own.map(({ type, content }) => [type, structuredClone(content)])) }, next: stream };
    },
    members: (roomId) => [...(rooms.get(roomId)?.members ?? [])].map(([userId, membership]) => ({ userId, membership })),
    history: (roomId) => roomOf(roomId).events.map(({ event }) => event).filter((event) => event.type === 'm.room.encrypted'),
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
