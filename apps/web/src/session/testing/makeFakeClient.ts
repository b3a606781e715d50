import { BatonError, makeSubject, type Subject } from '@baton/base';
import {
  maxBodyBytes,
  type ConnectionState,
  type MessageContent,
  type MessageItem,
  type MessageStatus,
  type RoomSummary,
  type TimelineItem,
  type TimelineState,
} from '@baton/messaging';
import type { AccountCommands, BatonClient, ClientStatus, ConversationCommands, ConversationSummary, KitCommands, TeamRoomSummary, VaultCommands, ViewerSummary } from '../contract.ts';
import type { ExportCommands } from '../exportContract.ts';

/** What a room of the fake holds at the start. */
export interface FakeRoom {
  items: TimelineItem[];
  /** Older pages, the newest page last; `loadEarlier` takes from the end. */
  earlier?: TimelineItem[][];
  firstUnread?: string | null;
  unreadCount?: number;
  draft?: string | null;
}

export interface FakeClientOptions {
  viewer?: Partial<ViewerSummary>;
  status?: ClientStatus;
  conversations?: ConversationSummary[];
  teamRooms?: TeamRoomSummary[];
  rooms?: Record<string, FakeRoom>;
  connection?: ConnectionState;
  account?: Partial<AccountCommands>;
  commands?: Partial<Omit<ConversationCommands, 'list' | 'teamRooms'>>;
  vault?: Partial<VaultCommands>;
  kit?: Partial<KitCommands>;
  exports?: Partial<ExportCommands>;
  /** Steps a sent message takes by itself, and how long each waits. None: it stays queued until `advance`. */
  autoSend?: { status: MessageStatus; afterMs: number }[];
  now?: () => number;
}

/** A BatonClient in memory, with handles to play the other side and the network. */
export interface FakeClient extends BatonClient {
  readonly status: Subject<ClientStatus>;
  readonly calls: { name: string; args: unknown[] }[];
  setConnection(state: ConnectionState): void;
  setConversations(list: ConversationSummary[]): void;
  setTeamRooms(list: TeamRoomSummary[]): void;
  /** Somebody else's message arrives. Returns its key. */
  receive(roomId: string, sender: string, body: string): string;
  /** One's own message reaches this state. */
  advance(roomId: string, key: string, status: MessageStatus, failure?: { code: string }): void;
  type(roomId: string, mxids: string[]): void;
  /** The session has ended: there are no rooms any more. */
  forgetRooms(): void;
  /** The next `send` rejects with this error. */
  failNextSend(error: BatonError): void;
}

/** A signed-in consultant at a small agency. */
export const sampleViewer: ViewerSummary = {
  accountId: 'acc_0193a1b2c3d47e8f9a0b1c2d3e4f5a01',
  kind: 'member',
  name: 'Mei Lin',
  email: 'mei@harbor.example',
  mxid: '@m-mei:baton.test',
  role: 'CONSULTANT',
  organisationId: 'org_0193a1b2c3d47e8f9a0b1c2d3e4f5a00',
  firmName: 'Harbor Search',
  sessionId: 'ses_0193a1b2c3d47e8f9a0b1c2d3e4f5a02',
  hasPassword: true,
};

/** Makes a client that talks to nobody. Commands that a test does not give reject with NOT_ALLOWED. */
export function makeFakeClient(options: FakeClientOptions = {}): FakeClient {
  const now = options.now ?? Date.now;
  const viewer: ViewerSummary = { ...sampleViewer, ...options.viewer };
  const status = makeSubject<ClientStatus>(options.status ?? { phase: 'signed-in', viewer, messaging: 'ready' });
  const connection = makeSubject<ConnectionState>(options.connection ?? 'online');
  const list = makeSubject<readonly ConversationSummary[]>(options.conversations ?? []);
  const teamRooms = makeSubject<readonly TeamRoomSummary[]>(options.teamRooms ?? []);
  const calls: FakeClient['calls'] = [];
  const timelines = new Map<string, { state: Subject<TimelineState>; earlier: TimelineItem[][] }>();
  const extras = new Map<string, { unreadCount: number; draft: string | null }>();
  const rooms = makeSubject<readonly RoomSummary[]>([]);
  const readReceipts = makeSubject(true);
  let nextFailure: BatonError | undefined;
  let counter = 0;

  for (const [roomId, room] of Object.entries(options.rooms ?? {})) {
    addRoom(roomId, room);
  }
  summarise();

  function addRoom(roomId: string, room: FakeRoom) {
    const earlier = [...(room.earlier ?? [])];
    const entry = {
      earlier,
      state: makeSubject<TimelineState>({
        roomId, items: room.items, hasEarlier: earlier.length > 0, loadingEarlier: false, firstUnread: room.firstUnread ?? null, typing: [],
      }),
    };
    timelines.set(roomId, entry);
    extras.set(roomId, { unreadCount: room.unreadCount ?? 0, draft: room.draft ?? null });
    return entry;
  }

  function roomOf(roomId: string) {
    return timelines.get(roomId) ?? addRoom(roomId, { items: [] });
  }

  function summarise(): void {
    const summaries = [...timelines].map(([roomId, { state }]): RoomSummary => {
      const { items, typing } = state.current();
      const last = items.findLast((item): item is MessageItem => item.kind === 'message');
      return {
        roomId,
        membership: 'join',
        last: last ? { key: last.key, sender: last.sender, mine: last.mine, body: last.body, at: last.at, status: last.status } : null,
        typing,
        failed: items.some((item) => item.kind === 'message' && item.status === 'failed'),
        ...(extras.get(roomId) ?? { unreadCount: 0, draft: null }),
      };
    });
    rooms.set(summaries.sort((a, b) => (b.last?.at ?? 0) - (a.last?.at ?? 0)));
  }

  function change(roomId: string, by: (state: TimelineState) => TimelineState): void {
    // The real client's states come out of a worker: nothing keeps its identity, and neither does it here.
    roomOf(roomId).state.update((state) => structuredClone(by(state)));
    summarise();
  }

  function changeItem(roomId: string, key: string, by: (item: MessageItem) => MessageItem): void {
    change(roomId, (state) => ({ ...state, items: state.items.map((item) => (item.key === key && item.kind === 'message' ? by(item) : item)) }));
  }

  function remember(roomId: string, by: Partial<{ unreadCount: number; draft: string | null }>): void {
    extras.set(roomId, { unreadCount: 0, draft: null, ...extras.get(roomId), ...by });
    summarise();
  }

  function advance(roomId: string, key: string, to: MessageStatus, failure?: { code: string }): void {
    changeItem(roomId, key, (item) => ({ ...item, status: to, failure: failure ?? null, eventId: to === 'queued' || to === 'failed' ? item.eventId : `$${key}` }));
  }

  function message(sender: string, content: MessageContent, key: string): MessageItem {
    const mine = sender === viewer.mxid;
    return {
      kind: 'message', key, eventId: mine ? null : `$${key}`, sender, mine, body: content.body, at: now(),
      reply: content.reply ? { key: content.reply.eventId.slice(1), ...content.reply } : null,
      ...(content.noteOn === undefined ? {} : { noteOn: content.noteOn }),
      ...(content.card && { card: content.card }),
      authenticity: 'certified', status: mine ? 'queued' : null, failure: null, reached: { delivered: [], read: [] },
    };
  }

  async function play(roomId: string, key: string): Promise<void> {
    for (const step of options.autoSend ?? []) {
      await new Promise((resolve) => setTimeout(resolve, step.afterMs));
      if (connection.current() !== 'online') return;
      advance(roomId, key, step.status);
    }
  }

  const refuse = (name: string) => (...args: unknown[]): Promise<never> => {
    calls.push({ name, args });
    return Promise.reject(new BatonError('NOT_ALLOWED'));
  };
  const recorded = <T extends object>(given: T): T =>
    Object.fromEntries(
      Object.entries(given).map(([name, call]) => [name, (...args: unknown[]) => (calls.push({ name, args }), (call as (...args: unknown[]) => unknown)(...args))]),
    ) as T;

  const refused = (names: string[]) => Object.fromEntries(names.map((name) => [name, refuse(name)]));

  return {
    status,
    calls,
    account: {
      ...refused([
        'setUpFirm', 'signIn', 'signInWithRecovery', 'signOut', 'inspectLink', 'joinAsColleague', 'claimAsCandidate', 'reportLink', 'setPassword',
        'renewRecoveryCode', 'inviteColleague', 'endColleague',
      ]),
      ...recorded(options.account ?? {}),
    } as unknown as AccountCommands,
    conversations: { ...refused(['open', 'linkOf', 'renewLink', 'leave']), ...recorded(options.commands ?? {}), list, teamRooms } as unknown as ConversationCommands,
    vault: { ...refused(['changed', 'begin', 'project', 'readers', 'setTeam', 'handOver', 'beginInstead', 'planHandOver', 'renewPlan', 'carryOutPlans', 'takenOver', 'keptHandOver', 'keepHandOver']), ...recorded(options.vault ?? {}) } as unknown as VaultCommands,
    kit: { ...refused(['read', 'split']), ...recorded(options.kit ?? {}) } as unknown as KitCommands,
    exports: { ...refused(['readRoom', 'logs', 'sign']), ...recorded(options.exports ?? {}) } as unknown as ExportCommands,
    messaging: {
      connection,
      rooms,
      readReceipts,
      openTimeline: (roomId) => ({ state: roomOf(roomId).state, close: () => calls.push({ name: 'closeTimeline', args: [roomId] }) }),
      loadEarlier: async (roomId) => {
        calls.push({ name: 'loadEarlier', args: [roomId] });
        const { earlier } = roomOf(roomId);
        change(roomId, (state) => ({ ...state, loadingEarlier: true }));
        await Promise.resolve();
        const page = earlier.pop() ?? [];
        change(roomId, (state) => ({ ...state, items: [...page, ...state.items], hasEarlier: earlier.length > 0, loadingEarlier: false }));
      },
      send: async (roomId, content, mid) => {
        calls.push({ name: 'send', args: [roomId, content, mid] });
        const failure = nextFailure;
        nextFailure = undefined;
        if (failure) throw failure;
        if (content.body.trim() === '') throw new BatonError('MESSAGE_EMPTY');
        if (new TextEncoder().encode(content.body).length > maxBodyBytes) throw new BatonError('MESSAGE_TOO_LONG');
        const key = mid ?? `mid-${++counter}`;
        change(roomId, (state) => ({ ...state, items: [...state.items, message(viewer.mxid, content, key)] }));
        void play(roomId, key);
        return key;
      },
      retry: async (roomId, key) => {
        calls.push({ name: 'retry', args: [roomId, key] });
        advance(roomId, key, 'queued');
        void play(roomId, key);
      },
      discard: async (roomId, key) => {
        calls.push({ name: 'discard', args: [roomId, key] });
        change(roomId, (state) => ({ ...state, items: state.items.filter((item) => item.key !== key) }));
      },
      markRead: async (roomId, key) => {
        calls.push({ name: 'markRead', args: [roomId, key] });
        remember(roomId, { unreadCount: 0 });
      },
      setReadReceipts: async (shown) => {
        calls.push({ name: 'setReadReceipts', args: [shown] });
        readReceipts.set(shown);
      },
      setTyping: async (roomId, typing) => void calls.push({ name: 'setTyping', args: [roomId, typing] }),
      saveDraft: async (roomId, text) => {
        calls.push({ name: 'saveDraft', args: [roomId, text] });
        remember(roomId, { draft: text === '' ? null : text });
      },
      prepare: async (roomId) => void calls.push({ name: 'prepare', args: [roomId] }),
      adopt: async (placeholder, roomId) => void calls.push({ name: 'adopt', args: [placeholder, roomId] }),
    },
    setConnection: connection.set,
    setConversations: (next) => list.set(next),
    setTeamRooms: (next) => teamRooms.set(next),
    receive: (roomId, sender, body) => {
      const key = `in-${++counter}`;
      roomOf(roomId);
      remember(roomId, { unreadCount: (extras.get(roomId)?.unreadCount ?? 0) + 1 });
      change(roomId, (state) => ({ ...state, items: [...state.items, message(sender, { body }, key)] }));
      return key;
    },
    advance,
    forgetRooms: () => {
      timelines.clear();
      rooms.set([]);
    },
    type: (roomId, typing) => change(roomId, (state) => ({ ...state, typing })),
    failNextSend: (error) => {
      nextFailure = error;
    },
  };
}
