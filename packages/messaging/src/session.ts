import type { Subscribable } from '@baton/base';
import type { Authenticity, ConnectionState, MessageCard, MessageContent } from './ports.ts';

/** Clock, one tick, two ticks, accented ticks, red mark. */
export type MessageStatus = 'queued' | 'sent' | 'delivered' | 'read' | 'failed';

/** A message as a view shows it. */
export interface MessageItem {
  kind: 'message';
  /** Of one's own: the client's id (`mid`) for ever, so that a row never jumps when the server's id comes. Of others: the event's id. */
  key: string;
  eventId: string | null;
  sender: string;
  mine: boolean;
  body: string;
  /** Milliseconds; the server's time once it has one. */
  at: number;
  reply: { key: string | null; eventId: string; sender: string; excerpt: string } | null;
  /** Of a note on a conversation that is held elsewhere: that conversation's id, as the writer named it. */
  noteOn?: string;
  /** As its writer made it: whoever shows it checks it first. */
  card?: MessageCard;
  authenticity: Authenticity;
  /** Only of one's own. */
  status: MessageStatus | null;
  /** A code of the catalogue. With status `failed` why it was refused, with `queued` what it waits for. */
  failure: { code: string } | null;
  /** Who has it, for hovering. Matrix ids of the other side. */
  reached: { delivered: string[]; read: string[] };
}

/** Somebody came or went. */
export interface MembershipItem {
  kind: 'membership';
  key: string;
  change: 'joined' | 'left' | 'removed';
  userId: string;
  at: number;
}

/** The server says that the project was handed over. What counts is its signed log: line `seq` of it. */
export interface HandoverItem {
  kind: 'handover';
  key: string;
  seq: number;
  at: number;
}

/** A message whose key is not here yet, after backup and vault were asked. */
export interface SealedItem {
  kind: 'sealed';
  key: string;
  sender: string;
  at: number;
}

/** A sender's device wrote messages that are not here, and the server, asked again, has none in between. */
export interface MissingItem {
  kind: 'missing';
  key: string;
  sender: string;
  count: number;
  /** Of the message after them. */
  at: number;
}

/** The message below was written after one that the server puts further down. */
export interface ReorderedItem {
  kind: 'reordered';
  key: string;
  sender: string;
  /** Of the message below. */
  at: number;
}

export type TimelineItem = MessageItem | MembershipItem | HandoverItem | SealedItem | MissingItem | ReorderedItem;

export interface TimelineState {
  roomId: string;
  /** Oldest first. */
  items: readonly TimelineItem[];
  hasEarlier: boolean;
  loadingEarlier: boolean;
  /** Key of the first unread item when the timeline was opened: the "new messages" line stands above it. */
  firstUnread: string | null;
  typing: readonly string[];
}

export interface RoomSummary {
  roomId: string;
  membership: 'join' | 'invite' | 'leave';
  last: { key: string; sender: string; mine: boolean; body: string; at: number; status: MessageStatus | null } | null;
  unreadCount: number;
  typing: readonly string[];
  draft: string | null;
  /** Something in this room failed to go out. */
  failed: boolean;
}

/**
 * A person's messaging on this device. Plain data and commands, the same object in the worker and, through a proxy,
 * in each tab. A room may be named by its Matrix id, or by a placeholder (a conversation's id) until `adopt` joins the two.
 */
export interface MessagingSession {
  readonly connection: Subscribable<ConnectionState>;
  /** Newest activity first. */
  readonly rooms: Subscribable<readonly RoomSummary[]>;
  /** Whether others see what this person has read, and this person what others have. */
  readonly readReceipts: Subscribable<boolean>;
  /** Opens a window on a room's newest messages; the caller closes it. */
  openTimeline(roomId: string): { state: Subscribable<TimelineState>; close(): void };
  loadEarlier(roomId: string): Promise<void>;
  /** Resolves with the message's key when it is stored on this device. Throws `MESSAGE_TOO_LONG`, `MESSAGE_EMPTY`, `STORAGE_FULL`. */
  send(roomId: string, content: MessageContent, mid?: string): Promise<string>;
  retry(roomId: string, key: string): Promise<void>;
  /** Takes a message back that has not gone out. Throws `MESSAGE_ON_ITS_WAY` when the server may have it already. */
  discard(roomId: string, key: string): Promise<void>;
  markRead(roomId: string, key: string): Promise<void>;
  /** For all devices of this person, from now on; what was told before stays told. */
  setReadReceipts(shown: boolean): Promise<void>;
  setTyping(roomId: string, typing: boolean): Promise<void>;
  saveDraft(roomId: string, text: string): Promise<void>;
  /** Warms a room up: called when the composer gets the focus. */
  prepare(roomId: string): Promise<void>;
  adopt(placeholder: string, roomId: string): Promise<void>;
}

/** Bytes of UTF-8 a message may have, its card included: what fits a Matrix event once encrypted, with room to spare. */
export const maxBodyBytes = 32_000;
