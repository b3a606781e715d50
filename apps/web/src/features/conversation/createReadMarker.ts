import type { MessagingSession } from '@baton/messaging';
import { createSignal } from 'solid-js';
import type { Timeline } from './createTimeline.ts';

/** Tells the room how far its messages were seen, forwards only; and counts what came in below that. */
export function createReadMarker(messaging: MessagingSession, roomId: string, timeline: Timeline) {
  const [seen, setSeen] = createSignal<string | null>(null);
  let marked: string | null = null;

  return {
    /** A row stands in sight of somebody who looks at the page. */
    see(key: string): void {
      if (timeline.countBelow(key) <= timeline.countBelow(seen())) setSeen(key);
      const incoming = timeline.newestIncoming(key);
      if (incoming === null || incoming === marked) return;
      if (marked !== null && timeline.countBelow(incoming) > timeline.countBelow(marked)) return;
      marked = incoming;
      messaging.markRead(roomId, incoming).catch(() => {
        marked = null;
      });
    },
    unseen: () => (seen() === null ? 0 : timeline.countBelow(seen())),
  };
}
