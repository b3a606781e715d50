import { createVirtualizer, defaultRangeExtractor } from '@tanstack/solid-virtual';
import { createEffect, createMemo, createSignal, For, on, onCleanup, onMount, Show, type JSX } from 'solid-js';
import type { InboxRow } from '../createInbox.ts';
import { t } from '../inbox.messages.ts';
import { ConversationRow } from './ConversationRow.tsx';
import styles from './list.module.css';

export interface ConversationListProps {
  rows: readonly InboxRow[];
  selected: string | undefined;
  hrefOf(row: InboxRow): string;
  /** The open row was pressed once more. */
  onOpenAgain(): void;
  control(given: ListControl): void;
}

/** What the page may ask of the list. */
export interface ListControl {
  focusRow(id: string): void;
}

/** How high rows of two and of three lines are, in pixels: at first as with the usual spacing, then as the last ones that were seen. What was guessed right is not laid out twice. */
const heights = { two: 61, three: 73 };
/** Rows that are made in one go, in a few milliseconds each. A handover brings a screen full of them at once, and a page is not to stand still meanwhile. */
const madeAtOnce = 3;
/** A turn that takes longer, in milliseconds, has the next one wait until its rows are drawn: else a busy machine lays all of them out at once. */
const slowTurnMs = 8;

/** The rows of the inbox, as many as are in sight. Arrow keys move the focus, Enter opens; the row with the focus stays mounted. */
export function ConversationList(props: ConversationListProps): JSX.Element {
  let scroller!: HTMLDivElement;
  let hasFocus = false;
  const [focused, setFocused] = createSignal<string | undefined>();
  const links = new Map<string, HTMLAnchorElement>();
  const idAt = (index: number) => props.rows[index]?.id;
  const indexOf = (id: string | undefined) => (id === undefined ? -1 : props.rows.findIndex((row) => row.id === id));
  /** The one row in the tab order: the last focused, else the open one, else the first. */
  const current = () => Math.max(0, indexOf(focused()) >= 0 ? indexOf(focused()) : indexOf(props.selected));

  const virtualizer = createVirtualizer<HTMLDivElement, HTMLLIElement>({
    get count() {
      return props.rows.length;
    },
    getScrollElement: () => scroller,
    estimateSize: (index) => heights[linesOf(props.rows[index])],
    // Never by looking: each look at a new row would have the page laid out anew. The observer tells of all of them together, before they are seen.
    measureElement: (element, entry, { itemSizeCache, indexFromElement }) => {
      const index = indexFromElement(element);
      const lines = linesOf(props.rows[index]);
      const box = entry?.borderBoxSize[0];
      return box ? (heights[lines] = Math.round(box.blockSize)) : (itemSizeCache.get(idAt(index) ?? '') ?? heights[lines]);
    },
    getItemKey: (index) => idAt(index) ?? index,
    overscan: 8,
    paddingStart: 6,
    paddingEnd: 6,
    rangeExtractor: (range) => [...new Set([...defaultRangeExtractor(range), current()])].filter((index) => index < range.count).sort((a, b) => a - b),
  });

  createEffect(
    on(
      () => props.selected,
      (selected) => {
        const index = indexOf(selected);
        if (index >= 0) virtualizer.scrollToIndex(index, { align: 'auto' });
      },
    ),
  );

  function focusRow(id: string): void {
    const index = indexOf(id);
    if (index < 0) return;
    setFocused(id);
    virtualizer.scrollToIndex(index, { align: 'auto' });
    requestAnimationFrame(() => links.get(id)?.focus({ preventScroll: true }));
  }
  onMount(() => props.control({ focusRow }));

  function onKeyDown(event: KeyboardEvent): void {
    const last = props.rows.length - 1;
    const next = { ArrowDown: Math.min(current() + 1, last), ArrowUp: Math.max(current() - 1, 0), Home: 0, End: last }[event.key];
    const id = next === undefined ? undefined : idAt(next);
    if (id === undefined) return;
    event.preventDefault();
    focusRow(id);
  }

  function onFocusOut({ target }: FocusEvent): void {
    // An element that is being taken away still stands there while it says so.
    queueMicrotask(() => (hasFocus = scroller.contains(document.activeElement) || !(target as HTMLElement).isConnected));
  }

  // Keyed by conversation and not by place: a row that moves up keeps its element, and with it the focus.
  const places = createMemo(() => new Map(virtualizer.getVirtualItems().flatMap(({ index, start }) => (idAt(index) === undefined ? [] : [[idAt(index)!, { index, start }]]))));
  const [turn, setTurn] = createSignal(0);
  let cancelTurn = (): void => {};
  let isSlow = false;
  onCleanup(() => cancelTurn());
  const takeTurn = (): void => {
    const began = performance.now();
    setTurn((count) => count + 1);
    isSlow = performance.now() - began > slowTurnMs;
  };
  const planTurn = (): (() => void) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let frame: number | undefined;
    const soon = (): void => void (timer = setTimeout(takeTurn));
    // Behind the frame, not in it: drawing takes long enough.
    if (isSlow && !document.hidden) frame = requestAnimationFrame(soon);
    else soon();
    return () => {
      clearTimeout(timer);
      if (frame !== undefined) cancelAnimationFrame(frame);
    };
  };
  let lastTurn = 0;
  const shownIds = createMemo<string[]>((before) => {
    const made = new Set(before);
    const first = idAt(current());
    const ids = [...places().keys()];
    const isTurn = turn() !== lastTurn;
    lastTurn = turn();
    // None in the turn in which the list itself is made, and what brings many makes only the one that is asked for.
    const isBurst = !isTurn && ids.filter((id) => !made.has(id)).length > madeAtOnce;
    let left = lastTurn === 0 || isBurst ? 0 : madeAtOnce;
    const now = ids.filter((id) => made.has(id) || (lastTurn > 0 && id === first) || left-- > 0);
    cancelTurn();
    if (now.length < ids.length) cancelTurn = planTurn();
    return now;
  }, []);
  createEffect(
    on(places, () => {
      const link = hasFocus && links.get(focused() ?? '');
      if (link && document.activeElement === document.body) link.focus({ preventScroll: true });
    }),
  );

  return (
    <div class={styles.scroller} ref={scroller} onKeyDown={onKeyDown} onFocusIn={() => (hasFocus = true)} onFocusOut={onFocusOut}>
      <ul class={styles.rows} style={{ height: `${virtualizer.getTotalSize()}px` }} aria-label={t('conversations')}>
        <For each={shownIds()}>{(id) => <Item id={id} />}</For>
      </ul>
    </div>
  );

  function Item(item: { id: string }): JSX.Element {
    const place = createMemo((before: { index: number; start: number }) => places().get(item.id) ?? before, { index: 0, start: 0 }, { equals: (a, b) => a.index === b.index && a.start === b.start });
    const row = createMemo<InboxRow | undefined>((before) => props.rows.find(({ id }) => id === item.id) ?? before);
    onCleanup(() => links.delete(item.id));
    return (
      <Show when={row()}>
        {(shown) => (
          <li
            data-index={place().index}
            ref={(element) => queueMicrotask(() => virtualizer.measureElement(element))}
            class={styles.item}
            style={{ transform: `translateY(${place().start}px)` }}
            aria-setsize={props.rows.length}
            aria-posinset={place().index + 1}
          >
            <ConversationRow
              row={shown()}
              href={props.hrefOf(shown())}
              selected={item.id === props.selected}
              tabindex={current() === place().index ? 0 : -1}
              onPress={() => item.id === props.selected && props.onOpenAgain()}
              onFocus={() => setFocused(item.id)}
              setLink={(element) => links.set(item.id, element)}
            />
          </li>
        )}
      </Show>
    );
  }
}

/** Whether a row has a third line, which says how far the candidate's coming is. */
function linesOf(row: InboxRow | undefined): keyof typeof heights {
  return row?.kind === 'candidate' && (row.arrival !== null || row.conversation.state === 'LEFT' || row.conversation.state === 'BLOCKED') ? 'three' : 'two';
}
