import type { StoredEvent } from '../ports.ts';
import type { TimelineWindow } from '../rooms/room.ts';

/** A view never holds more rows than a list on a phone can carry. */
const most = 5000;

/** Adds or replaces events that arrived, each at its place. What is older than the window stays in the store. */
export function placeInWindow(window: TimelineWindow, events: readonly StoredEvent[]): void {
  if (events.length === 0) return;
  const start = window.moreStored || !window.ready ? (window.events[0]?.position ?? -Infinity) : -Infinity;
  const byId = new Map(window.events.map((event) => [event.eventId, event]));
  for (const event of events) {
    if (event.position >= start) byId.set(event.eventId, event);
    else window.moreStored = true;
  }
  window.events = inOrder(byId);
  if (window.events.length > most) {
    window.events = window.events.slice(-most);
    window.moreStored = true;
  }
}

/** Adds events that were read from the store. What arrived since then is newer, in what it says of the same event too. */
export function placeStored(window: TimelineWindow, events: readonly StoredEvent[]): void {
  const byId = new Map(events.map((event) => [event.eventId, event]));
  for (const event of window.events) byId.set(event.eventId, event);
  window.events = inOrder(byId);
}

function inOrder(byId: Map<string, StoredEvent>): StoredEvent[] {
  return [...byId.values()].sort((a, b) => a.position - b.position);
}
