import { createSignal, type Accessor } from 'solid-js';

export interface Toast {
  id: number;
  text: string;
  tone: 'plain' | 'bad';
  action: { label: string; onAction(): void } | null;
}

export interface ToastOptions {
  tone?: Toast['tone'];
  action?: { label: string; onAction(): void };
  /** Milliseconds; a toast with an action stays longer. */
  for?: number;
}

const [toasts, setToasts] = createSignal<readonly Toast[]>([]);
const timers = new Map<number, ReturnType<typeof setTimeout>>();
let nextId = 1;

/** What is shown now, oldest first. */
export const shownToasts: Accessor<readonly Toast[]> = toasts;

/** Takes one away. */
export function dismissToast(id: number): void {
  clearTimeout(timers.get(id));
  timers.delete(id);
  setToasts((now) => now.filter((toast) => toast.id !== id));
}

/** Says in passing what was done, with a way back where there is one: `showToast('Archived', { action: { label: 'Undo', … } })`. At most three at a time. */
export function showToast(text: string, options: ToastOptions = {}): number {
  const id = nextId++;
  setToasts((now) => [...now.slice(-2), { id, text, tone: options.tone ?? 'plain', action: options.action ?? null }]);
  resumeToast(id, options.for ?? (options.action ? 8000 : 4500));
  return id;
}

/** Holds a toast while somebody is reading it. */
export function holdToast(id: number): void {
  clearTimeout(timers.get(id));
}

/** Lets it go after so many milliseconds. */
export function resumeToast(id: number, after = 3000): void {
  clearTimeout(timers.get(id));
  timers.set(id, setTimeout(() => dismissToast(id), after));
}
