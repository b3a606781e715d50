import { BatonError, makeSubject, type Subject } from '@baton/base';
import type { ConnectionState, MessageContent } from '../ports.ts';
import type { MembershipItem, MessageItem, MessagingSession, RoomSummary, SealedItem, TimelineItem, TimelineState } from '../session.ts';

/** A session made of plain data, for views: what a test puts in is shown, and what a view asks for is done at once or noted. */
export interface FakeSession extends MessagingSession {
  readonly connection: Subject<ConnectionState>;
  readonly rooms: Subject<readonly RoomSummary[]>;
  /** The state of a room's timeline, for all views of it. */
  timeline(roomId: string): Subject<TimelineState>;
  /** Adds items at the end of a room, or replaces those with the same key. */
  put(roomId: string, ...items: TimelineItem[]): void;
  /** Commands in the order in which they came, with their arguments. */
  readonly calls: readonly { command: string; args: readonly unknown[] }[];
  /** The next `send` fails with this code, as on a full disk. */
  failNextSend(code: string): void;
}

export interface FakeSessionOptions {
  me?: string;
  rooms?: RoomSummary[];
  timelines?: Record<string, TimelineItem[]>;
  now?: () => number;
}

/** Makes a fake session. A sent message appears as queued and stays so until the test replaces it. */
export function makeFakeSession({ me = '@me:test', rooms = [], timelines = {}, now = Date.now }: FakeSessionOptions = {}): FakeSession {
  const states = new Map<string, Subject<TimelineState>>();
  const calls: { command: string; args: readonly unknown[] }[] = [];
  let failure: string | null = null;
  let sent = 0;
  const note = (command: string, ...args: unknown[]): void => {
    calls.push({ command, args });
  };
  const timeline = (roomId: string): Subject<TimelineState> => {
    const known = states.get(roomId);
    if (known) return known;
    const state = makeSubject<TimelineState>({ roomId, items: timelines[roomId] ?? [], hasEarlier: false, loadingEarlier: false, firstUnread: null, typing: [] });
    states.set(roomId, state);
    return state;
  };
  const put: FakeSession['put'] = (roomId, ...items) => {
    timeline(roomId).update((state) => {
      const byKey = new Map([...state.items, ...items].map((item) => [item.key, item]));
      return { ...state, items: [...byKey.values()] };
    });
  };
  const summaries = makeSubject<readonly RoomSummary[]>(rooms);
  const readReceipts = makeSubject(true);
  const patch = (roomId: string, change: Partial<RoomSummary>): void =>
    summaries.update((all) => all.map((room) => (room.roomId === roomId ? { ...room, ...change } : room)));

  return {
    connection: makeSubject<ConnectionState>('online'),
    rooms: summaries,
    readReceipts,
    timeline,
    put,
    calls,
    failNextSend: (code) => {
      failure = code;
    },
    openTimeline: (roomId) => ({ state: timeline(roomId), close: () => note('close', roomId) }),
    loadEarlier: async (roomId) => note('loadEarlier', roomId),
    send: async (roomId: string, content: MessageContent, mid = `sent-${(sent += 1)}`) => {
      note('send', roomId, content);
      if (failure !== null) {
        const code = failure;
        failure = null;
        throw new BatonError(code);
      }
      const reply = content.reply ? { key: null, ...content.reply } : null;
      put(roomId, fakeMessage({ key: mid, eventId: null, sender: me, mine: true, body: content.body, at: now(), reply, ...(content.noteOn === undefined ? {} : { noteOn: content.noteOn }), ...(content.card && { card: content.card }), status: 'queued' }));
      patch(roomId, { draft: null, last: { key: mid, sender: me, mine: true, body: content.body, at: now(), status: 'queued' } });
      return mid;
    },
    retry: async (roomId, key) => note('retry', roomId, key),
    discard: async (roomId, key) => {
      note('discard', roomId, key);
      timeline(roomId).update((state) => ({ ...state, items: state.items.filter((item) => item.key !== key) }));
    },
    markRead: async (roomId, key) => {
      note('markRead', roomId, key);
      patch(roomId, { unreadCount: 0 });
    },
    setReadReceipts: async (shown) => {
      note('setReadReceipts', shown);
      readReceipts.set(shown);
    },
    setTyping: async (roomId, typing) => note('setTyping', roomId, typing),
    saveDraft: async (roomId, text) => {
      note('saveDraft', roomId, text);
      patch(roomId, { draft: text === '' ? null : text });
    },
    prepare: async (roomId) => note('prepare', roomId),
    adopt: async (placeholder, roomId) => note('adopt', placeholder, roomId),
  };
}

/** A message of somebody else's, unless told otherwise. */
export function fakeMessage(rest: Partial<MessageItem> & { key: string }): MessageItem {
  return {
    kind: 'message', eventId: `$${rest.key}`, sender: '@other:test', mine: false, body: rest.key, at: 0, reply: null, authenticity: 'certified',
    status: null, failure: null, reached: { delivered: [], read: [] }, ...rest,
  };
}

/** Somebody joined, unless told otherwise. */
export function fakeMembership(rest: Partial<MembershipItem> & { key: string }): MembershipItem {
  return { kind: 'membership', change: 'joined', userId: '@other:test', at: 0, ...rest };
}

/** A message that can't be read here. */
export function fakeSealed(rest: Partial<SealedItem> & { key: string }): SealedItem {
  return { kind: 'sealed', sender: '@other:test', at: 0, ...rest };
}

/** A room without anything in it. */
export function fakeRoom(rest: Partial<RoomSummary> & { roomId: string }): RoomSummary {
  return { membership: 'join', last: null, unreadCount: 0, typing: [], draft: null, failed: false, ...rest };
}
