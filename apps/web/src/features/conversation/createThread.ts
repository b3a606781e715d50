import type { MessageItem, MessagingSession } from '@baton/messaging';
import { createMemo, createSelector, createSignal } from 'solid-js';
import { createAnnouncements } from './createAnnouncements.ts';
import { createReadMarker } from './createReadMarker.ts';
import { createTimeline } from './createTimeline.ts';
import { createScroller } from './scroll/createScroller.ts';

export interface ThreadOptions {
  messaging: MessagingSession;
  threadId: string;
  roomId: string;
  viewer: string;
  nameOf: (mxid: string) => string;
}

/** Pages that are loaded at most to find a quoted message. */
const searchPages = 10;

/** One open room: its timeline joined with the scroll position, the read marker and the focus within its rows. */
export function createThread({ messaging, threadId, roomId, viewer, nameOf }: ThreadOptions) {
  const [focused, setFocused] = createSignal<string | null>(null);
  const scroller = createScroller({
    threadId,
    onNearTop: () => void timeline.loadEarlier().catch(() => undefined),
    onInSight: (key) => marker.see(key),
  });
  const timeline = createTimeline({ messaging, roomId, viewer, around: scroller.around });
  const marker = createReadMarker(messaging, roomId, timeline);
  const keys = () => timeline.days().flatMap((day) => day.entries.map(({ key }) => key));
  const current = createMemo((): string | null => {
    const key = focused();
    return key !== null && keys().includes(key) ? key : (keys().at(-1) ?? null);
  });

  const others = createMemo(() => new Set(timeline.items().flatMap((item) => (item.kind === 'message' && !item.mine ? [item.sender] : []))).size);

  return {
    timeline,
    /** How many besides the viewer have written here. */
    others,
    scroller,
    unseen: marker.unseen,
    announcement: createAnnouncements(timeline, nameOf),
    current,
    /** Asked by every row: only the two rows between which it moves hear of that. */
    isCurrent: createSelector(current),

    /** Moves the focus among the rows; at the newest it stays. */
    move(direction: 'up' | 'down'): void {
      const all = keys();
      const next = all[all.indexOf(current() ?? '') + (direction === 'up' ? -1 : 1)];
      if (next === undefined) return;
      setFocused(next);
      scroller.focusRow(next);
    },

    /** Own message that has not gone out and can be taken back, the newest one. */
    lastUnsent: () =>
      timeline.items().findLast((item): item is MessageItem => item.kind === 'message' && (item.status === 'failed' || item.status === 'queued')),

    /** Scrolls to a message, loading earlier ones until it is found. False when it is not. */
    async goTo(target: { key: string | null; eventId: string }): Promise<boolean> {
      const find = () => timeline.items().find((item) => item.kind === 'message' && (item.key === target.key || item.eventId === target.eventId))?.key;
      for (let page = 0; page < searchPages && find() === undefined && timeline.hasEarlier(); page++) await messaging.loadEarlier(roomId);
      const key = find();
      if (key === undefined || !timeline.reveal(key)) return false;
      setFocused(key);
      scroller.pointOut(key);
      return true;
    },
  };
}
