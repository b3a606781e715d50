import { createEffect, createSignal, on, onCleanup } from 'solid-js';
import type { Timeline } from './createTimeline.ts';
import { t } from './threadContext.ts';

const batchMs = 700;

/** What a screen reader is told, politely, of messages that arrive in the open thread: one sentence for several at once. */
export function createAnnouncements(timeline: Timeline, nameOf: (mxid: string) => string): () => string {
  const [text, setText] = createSignal('');
  const heard = new Set(timeline.items().map(({ key }) => key));
  // What was there when the thread opened, or comes from further up, is no news.
  let newest = timeline.items().at(-1)?.at ?? Infinity;
  let waiting: { sender: string; body: string }[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;

  function announce(): void {
    timer = undefined;
    const [only] = waiting;
    if (only) setText(waiting.length === 1 ? t('announced', nameOf(only.sender), only.body) : t('announcedMany', waiting.length));
    waiting = [];
  }

  createEffect(
    on(
      timeline.items,
      (items) => {
        for (const item of items) {
          if (heard.has(item.key)) continue;
          heard.add(item.key);
          if (item.kind === 'message' && !item.mine && item.at >= newest) waiting.push(item);
        }
        newest = items.at(-1)?.at ?? newest;
        if (waiting.length > 0) timer ??= setTimeout(announce, batchMs);
      },
      { defer: true },
    ),
  );
  onCleanup(() => clearTimeout(timer));
  return text;
}
