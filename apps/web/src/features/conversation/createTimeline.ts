import type { MessageContent, MessageItem, MessagingSession, TimelineItem, TimelineState } from '@baton/messaging';
import { newUuid } from '@baton/base';
import { batch, createSignal, onCleanup } from 'solid-js';
import { groupDays, keepUnchanged, type Day } from './groupDays.ts';

/** Rows built at first, and at each step upwards: enough for two screens, few enough to switch threads in a frame or two. */
const windowSize = 60;

export interface TimelineOptions {
  messaging: MessagingSession;
  roomId: string;
  /** Matrix id of the viewer. */
  viewer: string;
  /** Runs a change of the rows, so that a view can keep its scroll position around it. */
  around?: (change: () => void) => void;
  now?: () => number;
}

export type Timeline = ReturnType<typeof createTimeline>;

/**
 * A room's messages for a view: days and blocks whose objects stay the same as long as nothing about them changes, a window
 * that grows upwards, and one's own message in the very frame in which it was sent.
 */
export function createTimeline({ messaging, roomId, viewer, around = (change) => change(), now = Date.now }: TimelineOptions) {
  const source = messaging.openTimeline(roomId);
  const [days, setDays] = createSignal<readonly Day[]>([]);
  const [state, setState] = createSignal<TimelineState>(source.state.current());
  const [echoes, setEchoes] = createSignal<readonly MessageItem[]>([]);
  /** Key of the oldest row of the window; null: all there are. */
  let oldest = firstOfWindow(state());

  const items = (): readonly TimelineItem[] => {
    const known = new Set(state().items.map(({ key }) => key));
    return [...state().items, ...echoes().filter(({ key }) => !known.has(key))];
  };
  const startIndex = (all: readonly TimelineItem[]) => Math.max(0, oldest === null ? 0 : all.findIndex(({ key }) => key === oldest));

  function show(): void {
    const all = items();
    const next = groupDays(all.slice(startIndex(all)), state().firstUnread);
    around(() => setDays((before) => keepUnchanged(before, next)));
  }

  function accept(next: TimelineState): void {
    const wasEmpty = state().items.length === 0;
    const arrived = new Set(next.items.map(({ key }) => key));
    batch(() => {
      setState(next);
      if (wasEmpty) oldest = firstOfWindow(next);
      setEchoes((pending) => (pending.some(({ key }) => arrived.has(key)) ? pending.filter(({ key }) => !arrived.has(key)) : pending));
    });
    show();
  }

  const unsubscribe = source.state.subscribe(accept);
  onCleanup(() => {
    unsubscribe();
    source.close();
  });
  show();

  /** Moves the window's upper edge to `index`, if that is higher. */
  function extendTo(index: number): void {
    const all = items();
    const from = startIndex(all);
    if (index >= from) return;
    oldest = index <= 0 ? null : (all[index]?.key ?? null);
    show();
  }

  return {
    days,
    items,
    hasEarlier: () => state().hasEarlier,
    loadingEarlier: () => state().loadingEarlier,
    firstUnread: () => state().firstUnread,
    typing: () => state().typing,
    /** Nothing is here yet, but something may be on its way. */
    isLoading: () => items().length === 0 && (state().hasEarlier || state().loadingEarlier),

    /** Shows older messages: those at hand at once, else the server's. */
    async loadEarlier(): Promise<void> {
      const from = startIndex(items());
      if (from > 0) return extendTo(from - windowSize);
      if (!state().hasEarlier || state().loadingEarlier) return;
      oldest = items()[0]?.key ?? null;
      await messaging.loadEarlier(roomId);
      extendTo(startIndex(items()) - windowSize);
    },

    /** Makes sure that the message is among the rows. False when this device does not have it. */
    reveal(key: string): boolean {
      const index = items().findIndex((item) => item.key === key);
      if (index >= 0) extendTo(index - 10);
      return index >= 0;
    },

    /** Shows the message now and sends it. Rejects as the session does, the message taken off again. */
    async send(content: MessageContent): Promise<void> {
      const echo = echoOf(content, viewer, now());
      const sending = messaging.send(roomId, content, echo.key);
      setEchoes((pending) => [...pending, echo]);
      show();
      try {
        await sending;
      } catch (error) {
        setEchoes((pending) => pending.filter(({ key }) => key !== echo.key));
        show();
        throw error;
      }
    },

    /** Incoming messages below this row (null: none was seen). */
    countBelow(key: string | null): number {
      const all = items();
      const index = key === null ? -1 : all.findIndex((item) => item.key === key);
      return all.slice(index + 1).filter(isIncoming).length;
    },

    /** Key of the newest incoming message down to this row. */
    newestIncoming(key: string): string | null {
      const all = items();
      const index = all.findIndex((item) => item.key === key);
      return all.slice(0, index + 1).findLast(isIncoming)?.key ?? null;
    },
  };
}

/** The window starts some rows above the first unread one, or shows the newest. */
function firstOfWindow({ items, firstUnread }: TimelineState): string | null {
  const unread = items.findIndex(({ key }) => key === firstUnread);
  const from = Math.min(items.length - windowSize, unread < 0 ? Infinity : unread - 15);
  return from <= 0 ? null : (items[from]?.key ?? null);
}

function isIncoming(item: TimelineItem): boolean {
  return item.kind === 'sealed' || (item.kind === 'message' && !item.mine);
}

function echoOf(content: MessageContent, viewer: string, at: number): MessageItem {
  return {
    kind: 'message', key: newUuid(), eventId: null, sender: viewer, mine: true, body: content.body, at,
    reply: content.reply ? { key: null, ...content.reply } : null,
    authenticity: 'certified', status: 'queued', failure: null, reached: { delivered: [], read: [] },
  };
}
