import { createSignal, type Accessor } from 'solid-js';

export interface PaneWidth {
  /** Pixels. */
  width: Accessor<number>;
  min: number;
  max: number;
  /** Sets and remembers it, within its bounds. */
  set(width: number): void;
  reset(): void;
}

/** A pane's width that this browser remembers under a name. */
export function createPaneWidth(name: string, bounds: { initial: number; min: number; max: number }): PaneWidth {
  const key = `baton.pane.${name}`;
  const within = (width: number) => Math.round(Math.min(bounds.max, Math.max(bounds.min, width)));
  const [width, setWidth] = createSignal(within(Number(read(key)) || bounds.initial));
  return {
    width,
    min: bounds.min,
    max: bounds.max,
    set(next) {
      setWidth(within(next));
      try {
        localStorage.setItem(key, String(width()));
      } catch {
        // Storage is forbidden: the width lasts as long as the page.
      }
    },
    reset() {
      this.set(bounds.initial);
    },
  };
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}
