import { BatonError, makeSubject, type Subject } from '@baton/base';
import type { ConnectionState, MessagingSession, RoomSummary, TimelineState } from '@baton/messaging';

/** One messaging object for the page's whole life, while people sign in and out under it. */
export interface SwitchableMessaging {
  messaging: MessagingSession;
  /** From now on this is the session; null: nobody is signed in. */
  use(session: MessagingSession | null): void;
}

const emptyTimeline = (roomId: string): TimelineState => ({ roomId, items: [], hasEarlier: false, loadingEarlier: false, firstUnread: null, typing: [] });

interface OpenTimeline {
  roomId: string;
  state: Subject<TimelineState>;
  detach(): void;
}

/** Makes the object that hands everything on to the session of the moment. Without one commands reject with SIGNED_OUT. */
export function makeSwitchableMessaging(): SwitchableMessaging {
  let current: MessagingSession | null = null;
  let unfollow: (() => void)[] = [];
  const connection = makeSubject<ConnectionState>('starting');
  const rooms = makeSubject<readonly RoomSummary[]>([]);
  const readReceipts = makeSubject(true);
  const open = new Set<OpenTimeline>();

  const attach = (view: OpenTimeline): void => {
    view.detach();
    view.detach = () => {};
    if (!current) {
      view.state.set(emptyTimeline(view.roomId));
      return;
    }
    const opened = current.openTimeline(view.roomId);
    view.state.set(opened.state.current());
    const stop = opened.state.subscribe((state) => view.state.set(state));
    view.detach = () => {
      stop();
      opened.close();
    };
  };
  const session = async (): Promise<MessagingSession> => {
    if (!current) throw new BatonError('SIGNED_OUT');
    return current;
  };

  return {
    use: (next) => {
      for (const stop of unfollow) stop();
      current = next;
      unfollow = next ? [next.connection.subscribe(connection.set), next.rooms.subscribe(rooms.set), next.readReceipts.subscribe(readReceipts.set)] : [];
      connection.set(next?.connection.current() ?? 'starting');
      rooms.set(next?.rooms.current() ?? []);
      readReceipts.set(next?.readReceipts.current() ?? true);
      for (const view of open) attach(view);
    },
    messaging: {
      connection,
      rooms,
      readReceipts,
      openTimeline: (roomId) => {
        const view: OpenTimeline = { roomId, state: makeSubject(emptyTimeline(roomId)), detach: () => {} };
        open.add(view);
        attach(view);
        return {
          state: view.state,
          close: () => {
            open.delete(view);
            view.detach();
          },
        };
      },
      loadEarlier: async (roomId) => (await session()).loadEarlier(roomId),
      send: async (roomId, content, mid) => (await session()).send(roomId, content, mid),
      retry: async (roomId, key) => (await session()).retry(roomId, key),
      discard: async (roomId, key) => (await session()).discard(roomId, key),
      markRead: async (roomId, key) => (await session()).markRead(roomId, key),
      setReadReceipts: async (shown) => (await session()).setReadReceipts(shown),
      setTyping: async (roomId, typing) => (await session()).setTyping(roomId, typing),
      saveDraft: async (roomId, text) => (await session()).saveDraft(roomId, text),
      prepare: async (roomId) => (await session()).prepare(roomId),
      adopt: async (placeholder, roomId) => (await session()).adopt(placeholder, roomId),
    },
  };
}
