import { makeSubject, type Subscribable } from '@baton/base';
import type { Context } from '../context.ts';
import { makeUnreadTest } from '../receipts/unread.ts';
import type { Room, TimelineView, TimelineWindow } from '../rooms/room.ts';
import type { TimelineItem, TimelineState } from '../session.ts';
import { areUnhashed, hashMessages } from './chain.ts';
import { timelineItems } from './items.ts';
import { placeStored } from './window.ts';

const firstPage = 60;
/** A view opens at the first unread message, if that is not too far up. */
const mostUnread = 400;

/** Opens a view on a room; the caller closes it. */
export function openTimeline(context: Context, room: Room): { state: Subscribable<TimelineState>; close(): void } {
  const state = makeSubject<TimelineState>({ roomId: room.id, items: [], hasEarlier: true, loadingEarlier: true, firstUnread: null, typing: room.typing });
  const view: TimelineView = { room, state, firstUnread: undefined };
  const window = (room.window ??= makeWindow(context, room));
  window.views.add(view);
  context.changed(room);
  return {
    state,
    close: () => {
      view.room.window?.views.delete(view);
      if (view.room.window?.views.size === 0) view.room.window = null;
    },
  };
}

/** Tells the views of a room what it looks like now. */
export function showTimeline(context: Context, room: Room): void {
  const { window } = room;
  if (!window) return;
  const events = [...window.events, ...room.early, ...window.ahead];
  const items = timelineItems(context, room, events, window.cache, window.hashes);
  // Only then: a message is not kept waiting for it.
  if (areUnhashed(events, window.hashes)) hashMessages(context, events, window.hashes).then(() => context.changed(room), context.report);
  const hasEarlier = !window.ready || window.moreStored || room.record.backwardsFrom !== null;
  for (const view of window.views) {
    if (window.ready && view.firstUnread === undefined) view.firstUnread = firstUnread(context, room, window, items);
    const next = { roomId: room.id, items, hasEarlier, loadingEarlier: window.loading || !window.ready, firstUnread: view.firstUnread ?? null, typing: room.typing };
    if (!isSame(view.state.current(), next)) view.state.set(next);
  }
}

/** Makes the window longer by a page of stored events; false when the store has no more. */
export async function lengthen(context: Context, room: Room, limit = firstPage): Promise<boolean> {
  const { window } = room;
  if (!window) return false;
  const older = await context.store.events(room.id, window.events[0]?.position, limit);
  window.moreStored = older.length === limit;
  placeStored(window, older);
  context.changed(room);
  return older.length > 0;
}

/** What views of a room look at, read from the store. */
export function makeWindow(context: Context, room: Room): TimelineWindow {
  const window: TimelineWindow = { events: [], ahead: [], moreStored: false, loading: false, ready: false, reading: Promise.resolve(), cache: new WeakMap(), hashes: new Map(), views: new Set() };
  const limit = Math.min(mostUnread, Math.max(firstPage, room.record.unread + 20));
  const read = async (): Promise<void> => {
    const events = await context.store.events(room.id, undefined, limit);
    window.moreStored = events.length === limit;
    placeStored(window, events);
  };
  window.reading = read().catch(context.report).then(() => {
    window.ready = true;
    context.changed(room);
  });
  return window;
}

function firstUnread(context: Context, room: Room, window: TimelineWindow, items: readonly TimelineItem[]): string | null {
  const unread = new Set<string>();
  const test = makeUnreadTest(context, room.record);
  for (const event of window.events.toReversed()) {
    const answer = test(event);
    if (answer === 'end') break;
    if (answer === 'unread') unread.add(event.eventId);
  }
  return items.find((item) => item.kind === 'message' && item.eventId !== null && unread.has(item.eventId))?.key ?? null;
}

function isSame(a: TimelineState, b: TimelineState): boolean {
  return a.roomId === b.roomId && a.hasEarlier === b.hasEarlier && a.loadingEarlier === b.loadingEarlier && a.firstUnread === b.firstUnread &&
    a.typing === b.typing && a.items.length === b.items.length && a.items.every((item, index) => item === b.items[index]);
}
