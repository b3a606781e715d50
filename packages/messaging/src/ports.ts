import type { Clock, Subscribable } from '@baton/base';

/**
 * What the messaging core needs of the world. The core (outbox, timeline, receipts, rooms) knows nothing of Matrix'
 * SDK, IndexedDB or workers; `matrix/` and `stores/` implement these ports, `testing/` has them in memory.
 */

export type ConnectionState = 'starting' | 'online' | 'offline' | 'ended';

/** An event as the homeserver sent it. Times are milliseconds since the epoch, from the server's clock. */
export interface WireEvent {
  eventId: string;
  roomId: string;
  sender: string;
  type: string;
  stateKey?: string;
  content: Record<string, unknown>;
  originServerTs: number;
  /** Only on our own device's events: the transaction id it was sent under. */
  transactionId?: string;
}

/** What one sync says of one room, in the server's order. */
export interface RoomUpdate {
  roomId: string;
  membership: 'join' | 'invite' | 'leave';
  /** State events of the block and timeline, oldest first. */
  state: WireEvent[];
  timeline: WireEvent[];
  /** True when events between the last update and this one were left out: ask `messages` from `prevBatch` backwards. */
  limited: boolean;
  prevBatch: string | null;
  readReceipts: { userId: string; eventId: string; at: number }[];
  /** Who types now; undefined when this sync does not say. */
  typing?: string[];
  /** Sealed account data of the room that changed, by type. */
  accountData: Record<string, Record<string, unknown>>;
}

export interface SyncUpdate {
  rooms: RoomUpdate[];
  accountData: Record<string, Record<string, unknown>>;
}

/** How sure we are of who wrote: `certified` = a device signed by the identity that a valid certificate names. */
export type Authenticity = 'certified' | 'unverified' | 'clear';

export type Decryption =
  | { ok: true; type: string; content: Record<string, unknown>; authenticity: Authenticity; sessionId: string; messageIndex: number | null }
  | { ok: false; reason: 'missing-key' | 'withheld' | 'damaged'; sessionId: string | null };

/** Something came to be known that says who wrote: that this session is the sender's, or without one, that their identity is certified. */
export interface Proof {
  sender: string;
  session?: { roomId: string; sessionId: string };
}

export interface EncryptedContent {
  /** Content of an `m.room.encrypted` event. */
  content: Record<string, unknown>;
  sessionId: string;
  /** Its place in the session; null when the ciphertext does not tell. */
  messageIndex: number | null;
}

/** Why a request to the homeserver failed. `again` may be tried again unchanged, `refused` never. */
export type SendFailure =
  | { kind: 'again'; retryAfterMs?: number; outcome: 'unsent' | 'unknown' }
  | { kind: 'refused'; status: number; code: string };

/** Thrown by the Homeserver port instead of vendor errors. */
export class HomeserverError extends Error {
  readonly failure: SendFailure;
  constructor(failure: SendFailure, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'HomeserverError';
    this.failure = failure;
  }
}

/** An encrypted message to a device. Messages that came in clear are dropped before this. */
export interface DeviceMessage {
  sender: string;
  senderDevice: string;
  type: string;
  content: Record<string, unknown>;
}

/** Matrix, as the core sees it. */
export interface Homeserver {
  readonly userId: string;
  readonly deviceId: string;
  readonly connection: Subscribable<ConnectionState>;
  /** Each sync, as soon as its bytes are here. The sync token does not advance before the returned promise is fulfilled. */
  onSync(handler: (update: SyncUpdate) => Promise<void>): () => void;
  /** Keys that arrived by any way (to-device, backup, deposit, own session): what failed to decrypt may be tried again. */
  onKeys(handler: (keys: { roomId: string; sessionId: string }[]) => void): () => void;
  /** What was `unverified` for want of this may be decrypted again. */
  onProof(handler: (proof: Proof) => void): () => void;
  onDeviceMessage(handler: (message: DeviceMessage) => void): () => void;
  /** Decrypts one `m.room.encrypted` event; never throws for a missing key. */
  decrypt(event: WireEvent): Promise<Decryption>;
  /** Asks the key backup for the sessions of these rooms, in bulk. Resolves when they are imported. */
  fetchBackedUpKeys(roomIds: string[]): Promise<void>;
  /** Shares the room key with everybody who may read, ahead of the first keystroke's message. */
  prepare(roomId: string): Promise<void>;
  /** Throws BatonError `UNCERTIFIED_MEMBER` when the room holds an identity that no valid certificate vouches for. */
  encrypt(roomId: string, type: string, content: Record<string, unknown>): Promise<EncryptedContent>;
  /** PUT of an event under a transaction id; returns the event's id. Throws HomeserverError. */
  put(roomId: string, transactionId: string, type: string, content: Record<string, unknown>): Promise<string>;
  /** Older events, newest first, from a token (null: from the end). `next` is null at the room's beginning. */
  messages(roomId: string, from: string | null, limit: number): Promise<{ events: WireEvent[]; next: string | null }>;
  /** Says how far we have read: to all, or to our own devices alone, whose unread counts need it. */
  sendReadReceipt(roomId: string, eventId: string, to: 'all' | 'own devices'): Promise<void>;
  sendTyping(roomId: string, typing: boolean): Promise<void>;
  /** Encrypts to all certified devices of these users. */
  sendToDevices(userIds: string[], type: string, content: Record<string, unknown>): Promise<void>;
  setRoomAccountData(roomId: string, type: string, content: Record<string, unknown>): Promise<void>;
  setAccountData(type: string, content: Record<string, unknown>): Promise<void>;
  /** Joined and invited members. */
  members(roomId: string): { userId: string; membership: 'join' | 'invite' }[];
  /** One Megolm session in the SDK's export format, as JSON. */
  exportSession(roomId: string, sessionId: string): Promise<string>;
  /** Several in one pass; those that are not here are left out. */
  exportSessions(wanted: readonly { roomId: string; sessionId: string }[]): Promise<string[]>;
  /** Whether an export opens this event, tried apart from everything that is kept here. */
  opensEvent(exported: string, event: WireEvent): Promise<boolean>;
  /** Imports sessions in the same format; `onKeys` tells of them. */
  importSessions(exported: string[]): Promise<void>;
  stop(): Promise<void>;
}

/** Gives a session's key away before the first message on it is sent: to the link of a candidate who has not come yet, to the project's vault. */
export interface KeyDepositor {
  /** Resolves when every place that must hold the key holds it. Rejects with HomeserverError-like `again` semantics: the outbox retries. */
  deposit(session: { roomId: string; sessionId: string; exportSession: () => Promise<string> }): Promise<void>;
}

/** Which Matrix identities count. */
export interface IdentityDirectory {
  /** The certified master cross-signing key of each id that has a valid certificate; others are absent. */
  certifiedMasterKeys(userIds: string[]): Promise<ReadonlyMap<string, string>>;
  /**
   * Whether those who are in a room, or invited, are meant to read it. Throws BatonError `GHOST_MEMBER {userId}`. Left out: whoever is
   * certified is. Resolves with a name for what is kept of the room's sessions elsewhere, and by whom: under another name than it
   * was begun, a session is not used any more. Null: nothing is.
   */
  requireReaders?(roomId: string, userIds: string[]): Promise<string | null>;
}

/** A state of a log: how many lines it has, and the hash of the newest. */
export interface LogHead {
  length: number;
  head: string;
}

/** States of logs, by their names. */
export type NamedHeads = Readonly<Record<string, LogHead>>;

/**
 * What devices tell each other inside the ciphertext about what the server shows them, so that it can't show them different things
 * for long. Messaging carries it and knows no log.
 */
export interface Gossip {
  /** What goes along with the next message of this room; a promise only until it is known on this device. */
  tell(roomId: string): NamedHeads | Promise<NamedHeads>;
  /** A message of somebody who is certainly its sender had it along; one that is read for the second time too. */
  hear(roomId: string, sender: string, told: NamedHeads): void;
  /** Throws a BatonError while what was heard in this room contradicts the server: nothing may be sent. A promise only where the server is asked first. */
  requireConsistent(roomId: string): void | Promise<void>;
}

/** Seals what is kept on this device, or in account data on the server. */
export interface Sealer {
  seal(plain: Uint8Array): Promise<Uint8Array>;
  open(sealed: Uint8Array): Promise<Uint8Array>;
}

/** The time, and something to be done later. Tests bring their own, so that a day takes no time. */
export interface Scheduler extends Clock {
  /** Runs `task` after `delayMs` milliseconds, unless the returned function is called before. */
  after(delayMs: number, task: () => void): () => void;
}

/** What a person writes. */
export interface MessageContent {
  body: string;
  /** Makes it a note on a conversation that is held elsewhere: the conversation's id. */
  noteOn?: string;
  /** What is shown in place of the text by clients that know its kind. */
  card?: MessageCard;
  reply?: { eventId: string; sender: string; excerpt: string };
}

/** Something with a form of its own, which this package does not know: `data` is JSON, and as its writer wanted it. */
export interface MessageCard {
  kind: string;
  data: unknown;
}

/** One message on its way out. Stored sealed. `seq` orders the rows of this device. */
export interface OutboxRow {
  mid: string;
  roomId: string;
  seq: number;
  createdAt: number;
  /** `parked`: refused for good; everything behind it in the room waits. `deposited` is not stored, a deposit can be repeated. */
  state: 'queued' | 'encrypted' | 'deposited' | 'accepted' | 'parked';
  content: MessageContent;
  /**
   * It goes out while its ciphertext is still being stored: whoever finds the row without one can't know whether the server
   * has it. `after` is the newest event this device knew then.
   */
  goesOut?: { after: string | null };
  /** From `encrypted` on: the very bytes that every attempt sends. */
  wire?: OutboxWire;
  eventId?: string;
  failure?: { code: string };
}

/** A message's ciphertext, kept before the first attempt to send it. */
export interface OutboxWire {
  transactionId: string;
  sessionId: string;
  content: Record<string, unknown>;
  /** By this device's clock; no attempt was earlier. */
  encryptedAt: number;
  /** The newest event this device knew then: nothing of ours can stand before it. */
  after: string | null;
  /** Counter of this device in this room, and the hash that the next message names. */
  n: number;
  hash: string;
  device: string;
  /** Some attempt ended without an answer, so the server may have it. */
  maybeSent?: boolean;
}

/** An event of a room as this device keeps it. Stored sealed, but for what indexes need. */
export interface StoredEvent {
  roomId: string;
  eventId: string;
  /** Orders a room: the server's stream. Local to this device; leaves room for what is fetched later. */
  position: number;
  wire: WireEvent;
  /** Null for events that were never encrypted. */
  decryption: Decryption | null;
  /** The sender's own id of the message, once decrypted. */
  mid: string | null;
  /** Megolm session and index: the same pair under another event id is a replay. */
  ratchet: string | null;
  /** Kept, so that it is known, but never shown. */
  hidden?: 'duplicate' | 'replay';
}

/** How far somebody got. `position` is absent as long as the event is not stored here. */
export interface Marker {
  eventId: string;
  at: number;
  position?: number;
}

/** What is remembered of a room besides its events. Stored sealed. */
export interface StoredRoom {
  roomId: string;
  membership: 'join' | 'invite' | 'leave';
  /** Token before the oldest stored event; null when the beginning is stored. */
  backwardsFrom: string | null;
  /** Holes that a limited sync left: events are missing right below position `above`; ask from the token `from`. Oldest first. */
  gaps: { above: number; from: string }[];
  /** Positions of the oldest and newest stored events. */
  oldest: number;
  newest: number;
  newestEventId: string | null;
  members: Record<string, { membership: string }>;
  readBy: Record<string, Marker>;
  deliveredTo: Record<string, Marker>;
  /** Markers that name events which are not stored yet: `read` or `delivered`, by user. */
  awaited: { kind: 'read' | 'delivered'; userId: string; eventId: string; at: number }[];
  last: { key: string; eventId: string; sender: string; body: string; at: number; position: number } | null;
  /** Newest decrypted message of somebody to whom delivery is told. */
  lastHeard: { eventId: string; position: number } | null;
  unread: number;
  /** Highest counter seen, by `sender device`. */
  counters: Record<string, number>;
  /** Our own counter and hash in this room. */
  outgoing: { device: string; n: number; hash: string } | null;
  /** How far everything is decrypted and stored here, and whether the others were told. */
  delivered: { eventId: string; position: number; told: boolean } | null;
  /** Our own read marker is known to the server. */
  readTold: boolean;
  draft: string;
  /** The draft changed here and the other devices do not know yet. */
  draftTold: boolean;
  /** A placeholder that became this room. */
  adoptedBy?: string;
}

/** What one transaction changes. */
export interface StoreChanges {
  outbox?: OutboxRow[];
  deleteOutbox?: string[];
  /** Added or replaced, by event id. */
  events?: StoredEvent[];
  rooms?: StoredRoom[];
}

/** The device's own database. Rows that can't be opened are skipped and reported, never fatal. */
export interface MessageStore {
  /** By `seq`. */
  outboxRows(): Promise<OutboxRow[]>;
  rooms(): Promise<StoredRoom[]>;
  /** One transaction; outlives the process once it resolves. Calls take effect in order. Throws BatonError `STORAGE_FULL`. */
  write(changes: StoreChanges): Promise<void>;
  /** The newest `limit` events before `before` (a position; undefined: the end), oldest first. */
  events(roomId: string, before: number | undefined, limit: number): Promise<StoredEvent[]>;
  /** Every event of the room that has one of these event ids, mids or ratchets. */
  find(roomId: string, keys: { eventIds?: string[]; mids?: string[]; ratchets?: string[] }): Promise<StoredEvent[]>;
  /** What could not be decrypted yet, oldest first. */
  undecrypted(roomId: string): Promise<StoredEvent[]>;
  /** Wipes everything: sign-out. */
  clear(): Promise<void>;
  close(): Promise<void>;
}
