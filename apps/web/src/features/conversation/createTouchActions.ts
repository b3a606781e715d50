import { createSignal, onCleanup } from 'solid-js';

const swipeDistance = 56;
const holdMs = 450;

/**
 * A finger on a message: pulled to the left it answers, held it opens the menu. A mouse and a finger that scrolls
 * are left alone.
 */
export function createTouchActions(actions: { onSwipe: () => void; onHold: () => void }) {
  const [offset, setOffset] = createSignal(0);
  let start: { x: number; y: number } | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function end(): void {
    clearTimeout(timer);
    start = undefined;
    setOffset(0);
  }
  onCleanup(end);

  return {
    /** How far the message is pulled, in pixels; negative to the left. */
    offset,
    handlers: {
      onTouchStart: (event: TouchEvent) => {
        const touch = event.touches[0];
        if (!touch || event.touches.length > 1) return end();
        start = { x: touch.clientX, y: touch.clientY };
        timer = setTimeout(() => {
          end();
          // A selection by the same long press would lie under the menu.
          getSelection()?.removeAllRanges();
          actions.onHold();
        }, holdMs);
      },
      onTouchMove: (event: TouchEvent) => {
        const touch = event.touches[0];
        if (!start || !touch) return;
        const [dx, dy] = [touch.clientX - start.x, touch.clientY - start.y];
        if (Math.hypot(dx, dy) > 10) clearTimeout(timer);
        if (Math.abs(dy) > Math.abs(dx) && Math.abs(dy) > 10) return end();
        setOffset(dx > -10 ? 0 : Math.max(-swipeDistance * 1.25, dx));
      },
      onTouchEnd: () => {
        const answered = offset() <= -swipeDistance;
        end();
        if (answered) actions.onSwipe();
      },
      onTouchCancel: end,
    },
  };
}
