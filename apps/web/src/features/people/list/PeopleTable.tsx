import { createVirtualizer, defaultRangeExtractor } from '@tanstack/solid-virtual';
import { createEffect, createMemo, createSignal, For, onMount, Show, type JSX } from 'solid-js';
import type { PersonRowFragment } from '../../../generated/graphql.ts';
import { t } from '../people.messages.ts';
import styles from './people-table.module.css';
import { PersonLine } from './PersonLine.tsx';

/** A line's height in pixels, as in the style sheet, the same on all devices so that the scroll bar does not lie. */
const lineHeight = 56;

export interface PeopleTableProps {
  rows: readonly PersonRowFragment[];
  loadingMore: boolean;
  /** Where the list stood when it was left, in pixels. */
  initialOffset: number;
  onScroll(offset: number): void;
  onEnd(): void;
  /** Takes what the page may ask of the table. */
  control(given: { focusFirst(): void }): void;
}

/** People in lines; draws what is in sight and asks for more before the end. Arrow keys go through them, Enter opens. */
export function PeopleTable(props: PeopleTableProps): JSX.Element {
  let scroller!: HTMLDivElement;
  const [focused, setFocused] = createSignal(0);
  const current = (): number => Math.min(focused(), Math.max(0, props.rows.length - 1));
  const virtual = createVirtualizer<HTMLDivElement, HTMLLIElement>({
    get count() {
      return props.rows.length;
    },
    getScrollElement: () => scroller,
    estimateSize: () => lineHeight,
    getItemKey: (index) => props.rows[index]?.id ?? index,
    initialOffset: props.initialOffset,
    overscan: 8,
    // The line with the focus stays drawn.
    rangeExtractor: (range) => [...new Set([...defaultRangeExtractor(range), current()])].filter((index) => index < range.count).sort((a, b) => a - b),
  });
  createEffect(() => {
    const last = virtual.getVirtualItems().at(-1);
    if (last && last.index > props.rows.length - 20) props.onEnd();
  });
  const focus = (index: number): void => {
    setFocused(index);
    virtual.scrollToIndex(index, { align: 'auto' });
    requestAnimationFrame(() => scroller.querySelector<HTMLElement>(`[data-index="${index}"] a`)?.focus({ preventScroll: true }));
  };
  onMount(() => props.control({ focusFirst: () => focus(0) }));
  const onKeyDown = (event: KeyboardEvent): void => {
    const last = props.rows.length - 1;
    const next = { ArrowDown: Math.min(current() + 1, last), ArrowUp: Math.max(current() - 1, 0), Home: 0, End: last }[event.key];
    if (next === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    focus(next);
  };
  // Keyed by person: an answer that comes again leaves the lines, and the focus, where they are.
  const places = createMemo(() => new Map(virtual.getVirtualItems().flatMap(({ index, start }) => (props.rows[index] ? [[props.rows[index].id, { index, start }] as const] : []))));
  return (
    <div ref={scroller} class={styles['scroller']} onScroll={() => props.onScroll(scroller.scrollTop)} onKeyDown={onKeyDown}>
      <div class={styles['heading']} aria-hidden="true">
        <span>{t('columns.name')}</span>
        <span>{t('columns.work')}</span>
        <span>{t('columns.projects')}</span>
        <span>{t('columns.tags')}</span>
        <span class={styles['when']}>{t('columns.updated')}</span>
      </div>
      <ul class={styles['lines']} aria-label={t('title')} style={{ height: `${virtual.getTotalSize()}px` }}>
        <For each={[...places().keys()]}>
          {(id) => {
            const place = createMemo((before: { index: number; start: number }) => places().get(id) ?? before, { index: 0, start: 0 });
            const person = createMemo<PersonRowFragment | undefined>((before) => (props.rows[place().index]?.id === id ? props.rows[place().index] : before));
            return (
              <Show when={person()}>
                {(shown) => (
                  <li
                    class={styles['line']}
                    data-index={place().index}
                    style={{ transform: `translateY(${place().start}px)` }}
                    aria-setsize={props.rows.length}
                    aria-posinset={place().index + 1}
                  >
                    <PersonLine person={shown()} tabindex={place().index === current() ? 0 : -1} onFocus={() => setFocused(place().index)} />
                  </li>
                )}
              </Show>
            );
          }}
        </For>
      </ul>
      <Show when={props.loadingMore}>
        <p class={styles['more']} role="status">
          {t('more')}
        </p>
      </Show>
    </div>
  );
}
