import { makeSubject, type Subscribable } from '@baton/base';
import type { MessagingSession, RoomSummary, TimelineItem, TimelineState } from '../session.ts';

/** Later than this somebody would notice, in milliseconds. */
const noticedMs = 100;

/**
 * The session as pages follow it. What somebody waits for is told at once: messages of others, who types, what was asked
 * for. How far one's own messages have come, and the list of rooms, are told a moment later and together: each telling is
 * another frame to draw, in the very moments in which the message is on its way and the processor is needed for that.
 */
export function calm(session: MessagingSession): MessagingSession {
  return {
    ...session,
    rooms: rested(session.rooms, isOtherList).value,
    openTimeline: (roomId) => {
      const { state, close } = session.openTimeline(roomId);
      const { value, stop } = rested(state, isAwaited);
      return { state: value, close: () => (stop(), close()) };
    },
  };
}

/** Follows a subscribable: what is urgent at once, and with it or within `noticedMs` everything else. */
function rested<T>(source: Subscribable<T>, isUrgent: (before: T, after: T) => boolean): { value: Subscribable<T>; stop(): void } {
  const value = makeSubject(source.current());
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tell = (): void => {
    clearTimeout(timer);
    timer = undefined;
    value.set(source.current());
  };
  const unsubscribe = source.subscribe((next) => {
    if (isUrgent(value.current(), next)) tell();
    else timer ??= setTimeout(tell, noticedMs);
  });
  return { value, stop: () => (clearTimeout(timer), unsubscribe()) };
}

const isOtherList = (before: readonly RoomSummary[], after: readonly RoomSummary[]): boolean => before.length !== after.length;

/** Whether anything but one's own messages has changed, or one of those went away. */
function isAwaited(before: TimelineState, after: TimelineState): boolean {
  const { items: _, ...rest } = before;
  if (Object.entries(rest).some(([key, value]) => after[key as keyof TimelineState] !== value) || after.items.length < before.items.length) return true;
  const [known, now] = [before.items.filter(isOthers), after.items.filter(isOthers)];
  return known.length !== now.length || known.some((item, index) => item !== now[index]);
}

const isOthers = (item: TimelineItem): boolean => item.kind !== 'message' || !item.mine;
