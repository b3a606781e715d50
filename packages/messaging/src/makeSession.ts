import { BatonError, makeSubject, newUuid } from '@baton/base';
import type { Context } from './context.ts';
import { toBase64 } from './encoding.ts';
import type { Online } from './online.ts';
import { makeOutbox } from './outbox/outbox.ts';
import type { ConnectionState, Gossip, Homeserver, KeyDepositor, MessageStore, Scheduler, Sealer, WireEvent } from './ports.ts';
import type { ReadMarkers } from './receipts/read.ts';
import { openReadSharing, type ReadSharingRecord } from './receipts/sharing.ts';
import { makeDrafts } from './rooms/drafts.ts';
import { makeRegistry } from './rooms/registry.ts';
import type { TypingNotices } from './rooms/typing.ts';
import { systemScheduler } from './scheduler.ts';
import type { MessagingSession, TimelineItem } from './session.ts';
import { loadEarlier } from './timeline/earlier.ts';
import type { Intake } from './timeline/intake.ts';
import { openTimeline } from './timeline/views.ts';

export interface SessionOptions {
  /** Opened by the caller, who also closes it. */
  store: MessageStore;
  depositor: KeyDepositor;
  /** Left out: nothing but words goes along with a message. */
  gossip?: Gossip;
  /** The same on all devices of one person, and on nobody else's. */
  accountDataSealer: Sealer;
  /** The side somebody stands on, such as the firm's or the candidate's; '' for who does not count (the service account). */
  sideOf(userId: string): string;
  /** Whether a room is for two sides though only one has come so far: then nothing counts as delivered yet. By default no. */
  awaitsOtherSide?(roomId: string): boolean;
  /** Matrix id, where it is known before there is a homeserver: whose messages are one's own. */
  userId?: string;
  scheduler?: Scheduler;
  /** Between 0 and 1: spreads retries. */
  random?: () => number;
  digest?: (text: string) => Promise<string>;
  /** Where this device keeps, sealed, what the person wants of read receipts. Without it they are shown. */
  readReceipts?: ReadSharingRecord;
  /** Hears of problems that are nobody's fault and lose nothing. */
  report?: (problem: unknown) => void;
}

/** The session as its owner, the worker, holds it. */
export interface OwnedSession extends MessagingSession {
  /** Goes online, with what `@baton/messaging/online` brings. Once a session. */
  attach(homeserver: Homeserver, online: Online): void;
  /** Who this is, where that came out later than the session began: whose messages are one's own. */
  identify(userId: string): void;
  /**
   * Fetches what this device lacks of a room, back to its first message; stopped or broken off, it goes on from there when it is
   * called again. Throws HomeserverError, and OFFLINE as long as there was no homeserver at all.
   */
  fetchHistory(roomId: string, options: { signal: AbortSignal; onPage(): void }): Promise<void>;
  /** All that is stored of a room and has gone out, oldest first, with whatever the key backup opens. Throws the same. */
  readHistory(roomId: string): Promise<TimelineItem[]>;
  /**
   * The homeserver has accepted this event, and the sync that brings it is still on its way: shown at once where it is certain to be
   * somebody's next message and its room is open. Whoever says so need not be believed: what no sync brings goes again.
   */
  heardEarly(event: WireEvent): void;
  /** Something that messages waited for may have changed, such as a certificate: tries again. */
  wake(): void;
  /** Ends timers and listening. Store and homeserver stay the caller's. */
  stop(): void;
}

/** Makes a session from what this device has stored. Everything but the network works from then on. */
export async function makeSession(options: SessionOptions): Promise<OwnedSession> {
  const { store, depositor, accountDataSealer, sideOf } = options;
  const [records, rows] = await Promise.all([store.rooms(), store.outboxRows()]);
  const registry = makeRegistry(records);
  const context: Context = {
    store, depositor, accountDataSealer, sideOf,
    gossip: options.gossip ?? silence,
    awaitsOtherSide: options.awaitsOtherSide ?? (() => false),
    scheduler: options.scheduler ?? systemScheduler,
    random: options.random ?? Math.random,
    digest: options.digest ?? sha256,
    report: options.report ?? (() => undefined),
    rooms: registry.rooms,
    homeserver: null,
    userId: options.userId ?? '',
    reading: 'shared',
    stopped: false,
    room: registry.room,
    changed: (room) => registry.changed(context, room),
  };
  const connection = makeSubject<ConnectionState>('starting');
  const outbox = makeOutbox(context);
  const drafts = makeDrafts(context);
  const sharing = await openReadSharing(context, options.readReceipts, () => readMarkers().then((markers) => markers.tellAll()).catch(context.report));
  /** Loaded with the first message that is read: whoever only writes does without. */
  let reading: Promise<ReadMarkers> | null = null;
  const readMarkers = (): Promise<ReadMarkers> => (reading ??= import('./receipts/read.ts').then(({ makeReadMarkers }) => makeReadMarkers(context)));
  let intake: Intake | null = null;
  let typingNotices: TypingNotices | null = null;
  const endings: (() => void)[] = [];
  outbox.load(rows);
  for (const room of registry.rooms.values()) context.changed(room);

  const catchUp = (): void => {
    outbox.wakeAll();
    sharing.tell();
    readMarkers().then((markers) => markers.tellAll()).catch(context.report);
    intake?.catchUp();
  };

  const attached = (): Intake => {
    if (intake === null) throw new BatonError('OFFLINE');
    return intake;
  };

  return {
    connection,
    rooms: registry.summaries,
    readReceipts: sharing.shown,
    openTimeline: (roomId) => {
      const room = context.room(roomId);
      const view = openTimeline(context, room);
      intake?.opened(room);
      return view;
    },
    loadEarlier: async (roomId) => {
      const room = context.room(roomId);
      await loadEarlier(context, intake?.backfill ?? null, room);
      intake?.lengthened(room);
    },
    send: async (roomId, content, mid = newUuid()) => {
      const room = context.room(roomId);
      const { draft } = room.record;
      await outbox.send(room, content, mid);
      // Unless the next message was begun meanwhile.
      if (room.record.draft === draft) drafts.save(room, '').catch(context.report);
      return mid;
    },
    retry: (roomId, key) => outbox.retry(context.room(roomId), key),
    discard: (roomId, key) => outbox.discard(context.room(roomId), key),
    markRead: async (roomId, key) => (await readMarkers()).markRead(context.room(roomId), key),
    setReadReceipts: sharing.set,
    setTyping: async (roomId, typing) => typingNotices?.tell(context.room(roomId), typing),
    saveDraft: (roomId, text) => drafts.save(context.room(roomId), text),
    prepare: async (roomId) => {
      const room = context.room(roomId);
      if (room.record.membership === 'join') await context.homeserver?.prepare(room.id).catch(() => undefined);
    },
    adopt: async (placeholder, roomId) => {
      // Once in a room's life, and when the API has answered.
      const { adopt } = await import('./rooms/adopt.ts');
      const room = context.room(roomId);
      await adopt(context, registry.rooms.get(placeholder) ?? context.room(placeholder), room);
      outbox.wake(room);
      intake?.draftsMoved();
    },

    attach: (homeserver, online) => {
      intake = online.makeIntake(context, { outbox, drafts, sharing });
      typingNotices = online.makeTypingNotices(context);
      context.homeserver = homeserver;
      outbox.attach(online);
      context.userId = homeserver.userId;
      const follow = (state: ConnectionState): void => {
        connection.set(state);
        if (state === 'online') catchUp();
      };
      endings.push(homeserver.connection.subscribe(follow), ...intake.listen(homeserver));
      for (const room of registry.rooms.values()) context.changed(room);
      follow(homeserver.connection.current());
      outbox.wakeAll();
    },
    identify: (userId) => {
      context.userId = userId;
      for (const room of registry.rooms.values()) context.changed(room);
    },
    fetchHistory: async (roomId, options) => attached().history.fetch(context.room(roomId), options),
    readHistory: async (roomId) => attached().history.read(context.room(roomId)),
    heardEarly: (event) => intake?.heardEarly(event),
    wake: outbox.wakeAll,
    stop: () => {
      context.stopped = true;
      for (const end of endings) end();
      for (const part of [outbox, typingNotices, intake]) part?.stop();
      void reading?.then((markers) => markers.stop());
    },
  };
}

const silence: Gossip = { tell: () => ({}), hear: () => undefined, requireConsistent: () => undefined };

async function sha256(text: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return toBase64(new Uint8Array(hash));
}
