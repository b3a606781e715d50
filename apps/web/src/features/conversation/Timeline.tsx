import { Key } from '@solid-primitives/keyed';
import ArrowDown from 'lucide-solid/icons/arrow-down';
import { createSignal, For, Show, type JSX } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { Skeleton } from '../../ui/skeleton/Skeleton.tsx';
import type { Timeline as TimelineModel } from './createTimeline.ts';
import type { Scroller } from './scroll/createScroller.ts';
import { dayLabel } from './text/dayLabel.ts';
import { t, useThread } from './threadContext.ts';
import { tileFor } from './tiles/tileFor.tsx';
import styles from './timeline.module.css';

export interface TimelineProps {
  timeline: TimelineModel;
  scroller: Scroller;
  /** Incoming messages below what was seen. */
  unseen: number;
  /** What stands above the first message, at the thread's beginning. */
  beginning?: JSX.Element;
  onMove(direction: 'up' | 'down'): void;
  onEscape(): void;
}

/** The messages of a thread by day, the line of new ones, and the way back to the end. */
export function Timeline(props: TimelineProps): JSX.Element {
  const thread = useThread();
  const [now] = createSignal(Date.now());

  function onKeyDown(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey || !(event.target as HTMLElement).matches('[data-key]')) return;
    if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
      event.preventDefault();
      props.onMove(event.key === 'ArrowUp' ? 'up' : 'down');
    } else if (event.key === 'Enter' || event.key === 'r') {
      const item = props.timeline.items().find(({ key }) => key === thread.current());
      event.preventDefault();
      if (item?.kind === 'message') thread.reply(item);
    } else if (event.key === 'Escape') {
      event.stopPropagation();
      props.onEscape();
    }
  }

  return (
    <div class={styles.frame}>
      <div class={styles.scroller} ref={props.scroller.setElement} role="region" aria-label={t('messages')} tabindex={thread.current() === null ? 0 : -1} onKeyDown={onKeyDown}>
        <div class={styles.content} ref={props.scroller.setContent}>
          <Show when={props.timeline.loadingEarlier()}>
            <p class={styles.loadingEarlier}>{t('loadingEarlier')}</p>
          </Show>
          <Show when={props.timeline.isLoading()}>
            <LoadingRows />
          </Show>
          <Show when={!props.timeline.hasEarlier()}>{props.beginning}</Show>
          <Key each={props.timeline.days()} by="key">
            {(day) => (
              <section class={styles.day} aria-label={dayLabel(day().at, now())}>
                <p class={styles.date} aria-hidden="true">
                  <span>{dayLabel(day().at, now())}</span>
                </p>
                <ol>
                  <Key each={day().entries} by="key">
                    {(entry) => (
                      <li class={styles.row} data-key={entry().key} tabindex={thread.isCurrent(entry().key) ? 0 : -1}>
                        <Show when={entry().newAbove}>
                          <div class={styles.newLine} data-first-unread="" role="separator">
                            {t('newMessages')}
                          </div>
                        </Show>
                        <Dynamic component={tileFor(entry())} entry={entry()} />
                      </li>
                    )}
                  </Key>
                </ol>
              </section>
            )}
          </Key>
        </div>
      </div>
      <Show when={!props.scroller.following()}>
        <button
          type="button"
          class={styles.jump}
          aria-label={props.unseen > 0 ? t('jumpNew', props.unseen) : t('jump')}
          onClick={() => props.scroller.toEnd('smooth')}
        >
          <ArrowDown size={18} aria-hidden="true" />
          <Show when={props.unseen > 0}>
            <span class={styles.count}>{props.unseen > 99 ? '99+' : props.unseen}</span>
          </Show>
        </button>
      </Show>
    </div>
  );
}

/** Bubbles to be, in the shape of a talk. */
function LoadingRows(): JSX.Element {
  return (
    <div class={styles.skeletons} role="status" aria-label={t('loading')}>
      <For each={[46, 62, 30, 54, 38]}>
        {(width, index) => (
          <div classList={{ [styles.skeletonMine!]: index() % 3 === 1 }}>
            <Skeleton width={`${width}%`} height="38px" />
          </div>
        )}
      </For>
    </div>
  );
}
