import type { Subject } from '@baton/base';
import type { OutboxRow, StoredEvent, StoredRoom } from '../ports.ts';
import type { TimelineItem, TimelineState } from '../session.ts';

/** A room in memory: its record, what waits to go out, and the window a view has on it. */
export interface Room {
  readonly id: string;
  record: StoredRoom;
  /** By `seq`. Rows are replaced, never changed. */
  rows: OutboxRow[];
  /** What rows were encrypted from since the page began, by `mid`: their echo need not be decrypted to be read. */
  sent: Map<string, Sent>;
  /** Why the first row does not go out, when it is not the network. */
  waitsFor: { code: string } | null;
  /** Others' newest messages, shown before a sync has brought them. */
  early: readonly StoredEvent[];
  typing: readonly string[];
  /** A counter jumped, and the server is still being asked for what lies in between. */
  looking: boolean;
  /** Present while a view is open. */
  window: TimelineWindow | null;
  /** Events that could not be decrypted, by id; null until they were read from the store. */
  undecrypted: Map<string, StoredEvent> | null;
  /** Events for whose keys the backup was asked: only then a message may be shown as sealed. */
  asked: Set<string>;
  /** The end of the queue of jobs that change this room's events: one at a time, in order. */
  tail: Promise<unknown>;
}

/** The words under a ciphertext of ours. */
export interface Sent {
  plain: Record<string, unknown>;
  messageIndex: number | null;
}

/** What views of a room look at: the newest part of its stored events, shared by all views that are open. */
export interface TimelineWindow {
  /** By position, oldest first, hidden ones included. */
  events: StoredEvent[];
  /** What is shown behind them already while it is still being looked up whether it is new. */
  ahead: StoredEvent[];
  /** Events older than the first one are in the store. */
  moreStored: boolean;
  loading: boolean;
  /** False until the first events were read. */
  ready: boolean;
  /** Resolves then. */
  reading: Promise<void>;
  cache: ItemCache;
  /** What the messages after these name of them, by event id; null while it is worked out, and where it can't be. */
  hashes: Map<string, string | null>;
  views: Set<TimelineView>;
}

/** One view. The divider stays where it was when the view was opened. */
export interface TimelineView {
  /** Changes when a placeholder becomes a room. */
  room: Room;
  state: Subject<TimelineState>;
  /** Undefined until the window is ready. */
  firstUnread: string | null | undefined;
}

/** Items that were made before, so that what did not change stays the same object. */
export type ItemCache = WeakMap<object, { signature: string; item: TimelineItem }>;

/** A room that nothing is known of yet. A placeholder is one as well: nobody is in it. */
export function emptyRecord(roomId: string): StoredRoom {
  return {
    roomId, membership: 'invite', backwardsFrom: null, gaps: [], oldest: 0, newest: 0, newestEventId: null, members: {},
    readBy: {}, deliveredTo: {}, awaited: [], last: null, lastHeard: null, unread: 0, counters: {}, outgoing: null,
    delivered: null, readTold: true, draft: '', draftTold: true,
  };
}

/** A room in memory from its record. */
export function makeRoom(record: StoredRoom): Room {
  return {
    id: record.roomId, record, rows: [], sent: new Map(), waitsFor: null, early: [], typing: [], looking: false, window: null, undecrypted: null, asked: new Set(),
    tail: Promise.resolve(),
  };
}

/** Runs `job` when all earlier jobs of the room have ended, however they ended. */
export function inRoom<T>(room: Room, job: () => Promise<T>): Promise<T> {
  const run = room.tail.then(job);
  room.tail = run.catch(() => undefined);
  return run;
}

/** Puts a row into its place, instead of an older version of it. */
export function setRow(room: Room, row: OutboxRow): void {
  room.rows = [...room.rows.filter((other) => other.mid !== row.mid), row].sort((a, b) => a.seq - b.seq);
}

/** Takes a row out. */
export function dropRow(room: Room, mid: string): void {
  room.rows = room.rows.filter((row) => row.mid !== mid);
  room.sent.delete(mid);
}
