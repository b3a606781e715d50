import { createSignal, onCleanup, onMount } from 'solid-js';

/** Where each thread was left, while the page lives. `null`: at its end. */
const places = new Map<string, { key: string; offset: number } | null>();

const endSlack = 40;
const topSlack = 600;

export interface ScrollerOptions {
  /** Names the thread whose place is remembered. */
  threadId: string;
  /** The reader is near the oldest row that is there. */
  onNearTop: () => void;
  /** The lowest row in sight changed, or may have become seen because the page is looked at again. */
  onInSight: (key: string) => void;
}

export type Scroller = ReturnType<typeof createScroller>;

/**
 * A scroll container of rows (`data-key`) that grows at both ends: it follows new rows while the reader is at the end,
 * and otherwise keeps what they read where it is, whatever changes above, below or around it. The browser's own
 * scroll anchoring is off (`overflow-anchor: none`), for Safari has none.
 */
export function createScroller({ threadId, onNearTop, onInSight }: ScrollerOptions) {
  let element: HTMLElement | undefined;
  let content: HTMLElement | undefined;
  let placed = false;
  let height = 0;
  let frame = 0;
  /** Where the last scrolling led. */
  let scrolledTo = 0;
  /** Rows came or went while the end was followed: the next frame goes there. */
  let endMoved = false;
  const [following, setFollowing] = createSignal(true);

  const rows = () => (content ? [...content.querySelectorAll<HTMLElement>('[data-key]')] : []);
  const rowOf = (key: string) => content?.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`) ?? undefined;
  const top = (row: Element) => row.getBoundingClientRect().top - (element?.getBoundingClientRect().top ?? 0);
  const isAtEnd = () => !element || element.scrollHeight - element.clientHeight - element.scrollTop <= endSlack;

  function toEnd(behavior: ScrollBehavior = 'instant'): void {
    element?.scrollTo?.({ top: element.scrollHeight, behavior });
    setFollowing(true);
  }

  /** Goes to the end with the next frame: asking for its place now would lay the page out once more. */
  function follow(): void {
    setFollowing(true);
    endMoved = true;
    look();
  }

  /** First row that reaches below the container's upper edge. */
  function firstInSight(): HTMLElement | undefined {
    const all = rows();
    let [low, high] = [0, all.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (top(all[middle]!) + all[middle]!.offsetHeight > 0) high = middle;
      else low = middle + 1;
    }
    return all[low];
  }

  /** Last row whose lower edge is in sight. */
  function lastInSight(): HTMLElement | undefined {
    if (!element) return undefined;
    const bottom = element.clientHeight + 4;
    return rows().findLast((row) => top(row) + row.offsetHeight <= bottom);
  }

  /** Runs a change of the rows and keeps the reader's place. */
  function around(change: () => void): void {
    if (placed && following()) {
      change();
      return follow();
    }
    const anchor = placed ? firstInSight() : undefined;
    const before = anchor ? top(anchor) : 0;
    change();
    if (!element) return;
    if (!placed) return open();
    if (anchor?.isConnected) element.scrollTop += top(anchor) - before;
    look();
  }

  /** Finds the place to open at: the first unread row, where the reader was, or the end. */
  function open(): void {
    if (!element || rows().length === 0) return;
    placed = true;
    const unread = content?.querySelector('[data-first-unread]');
    const place = places.get(threadId);
    const row = place ? rowOf(place.key) : undefined;
    if (unread) element.scrollTop += top(unread) - Math.min(96, element.clientHeight / 4);
    else if (place && row) element.scrollTop += top(row) - place.offset;
    else toEnd();
    setFollowing(isAtEnd());
    look();
  }

  function look(): void {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => {
      if (!element || !placed) return;
      if (endMoved && following()) toEnd();
      endMoved = false;
      if (element.scrollTop < topSlack) onNearTop();
      if (document.visibilityState !== 'visible' || !document.hasFocus()) return;
      const key = lastInSight()?.dataset.key;
      if (key !== undefined) onInSight(key);
    });
  }

  function remember(): void {
    const row = following() ? undefined : firstInSight();
    const key = row?.dataset.key;
    places.set(threadId, row && key !== undefined ? { key, offset: top(row) } : null);
  }

  function onScroll(): void {
    if (!element) return;
    // Only by going up one leaves the end: the end itself may have moved on since the frame that scrolled.
    setFollowing(isAtEnd() || (following() && element.scrollTop >= scrolledTo));
    scrolledTo = element.scrollTop;
    remember();
    look();
  }

  onMount(() => {
    if (!element || !content) return;
    height = element.clientHeight;
    const observer = new ResizeObserver(() => {
      if (!element || !placed) return;
      // The composer or an on-screen keyboard took room from below: what stood above it stays above it.
      const lost = height - element.clientHeight;
      height = element.clientHeight;
      if (following()) toEnd();
      else if (lost !== 0) element.scrollTop += lost;
    });
    observer.observe(element);
    observer.observe(content);
    element.addEventListener('scroll', onScroll, { passive: true });
    window.addEventListener('focus', look);
    document.addEventListener('visibilitychange', look);
    open();
    onCleanup(() => {
      observer.disconnect();
      window.removeEventListener('focus', look);
      document.removeEventListener('visibilitychange', look);
      cancelAnimationFrame(frame);
    });
  });

  return {
    setElement: (given: HTMLElement) => void (element = given),
    setContent: (given: HTMLElement) => void (content = given),
    around,
    following,
    toEnd,
    follow,
    focusRow(key: string): void {
      const row = rowOf(key);
      row?.focus({ preventScroll: true });
      row?.scrollIntoView({ block: 'nearest' });
    },
    /** Brings a row to the middle and marks it for a moment. */
    pointOut(key: string): void {
      const row = rowOf(key);
      if (!row) return;
      setFollowing(false);
      row.scrollIntoView({ block: 'center' });
      row.dataset.pointedOut = '';
      setTimeout(() => delete row.dataset.pointedOut, 1600);
    },
  };
}
