import { createSignal, createUniqueId, onCleanup, Show, type JSX } from 'solid-js';
import { Portal } from 'solid-js/web';
import { Kbd } from '../kbd/Kbd.tsx';
import styles from './tooltip.module.css';

/** What a trigger must carry; spread it. */
export interface TooltipTrigger {
  ref(element: HTMLElement): void;
  onPointerEnter(event: PointerEvent): void;
  onPointerLeave(): void;
  onFocus(event: FocusEvent): void;
  onBlur(): void;
  onKeyDown(event: KeyboardEvent): void;
  onPointerDown(): void;
}

const delay = 450;
/** While one tooltip was just open, its neighbours open at once. */
let lastClosed = 0;

/**
 * Words beside a control, on hover and on keyboard focus; Escape closes it. It repeats or adds to the accessible name, so
 * it is hidden from screen readers: whatever matters must be in the name.
 */
export function Tooltip(props: { text: string; shortcut?: string | undefined; children: (trigger: TooltipTrigger) => JSX.Element }): JSX.Element {
  const [place, setPlace] = createSignal<{ x: number; y: number; above: boolean }>();
  const id = createUniqueId();
  let element: HTMLElement | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const open = (): void => {
    if (!element?.isConnected) return;
    const box = element.getBoundingClientRect();
    const above = box.bottom + 48 > innerHeight;
    setPlace({ x: Math.min(Math.max(box.left + box.width / 2, 60), innerWidth - 60), y: above ? box.top - 6 : box.bottom + 6, above });
  };
  const close = (): void => {
    clearTimeout(timer);
    if (place()) lastClosed = Date.now();
    setPlace(undefined);
  };
  onCleanup(() => clearTimeout(timer));
  const trigger: TooltipTrigger = {
    ref: (found) => (element = found),
    onPointerEnter: (event) => {
      if (event.pointerType === 'touch') return;
      clearTimeout(timer);
      timer = setTimeout(open, Date.now() - lastClosed < 300 ? 0 : delay);
    },
    onPointerLeave: close,
    onFocus: (event) => {
      if ((event.currentTarget as HTMLElement).matches(':focus-visible')) open();
    },
    onBlur: close,
    onPointerDown: close,
    onKeyDown: (event) => {
      if (event.key === 'Escape') close();
    },
  };
  return (
    <>
      {props.children(trigger)}
      <Show when={place()}>
        {(at) => (
          <Portal mount={element?.closest('dialog') ?? document.body}>
            <div
              id={id}
              class={styles['tooltip']}
              classList={{ [styles['above']!]: at().above }}
              style={{ left: `${at().x}px`, top: `${at().y}px` }}
              aria-hidden="true"
            >
              {props.text}
              <Show when={props.shortcut}>{(keys) => <Kbd keys={keys()} />}</Show>
            </div>
          </Portal>
        )}
      </Show>
    </>
  );
}
