import type { JSX } from 'solid-js';
import type { PaneWidth } from './createPaneWidth.ts';
import styles from './pane-handle.module.css';

/** The line between two panes: dragged, or moved by arrow keys; a double click sets it back. `side` is where the sized pane lies. */
export function PaneHandle(props: { label: string; pane: PaneWidth; side: 'before' | 'after' }): JSX.Element {
  const sign = () => (props.side === 'before' ? 1 : -1);
  let from: { x: number; width: number } | undefined;
  return (
    <div
      class={styles['handle']}
      role="separator"
      aria-orientation="vertical"
      aria-label={props.label}
      aria-valuenow={props.pane.width()}
      aria-valuemin={props.pane.min}
      aria-valuemax={props.pane.max}
      tabindex="0"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        from = { x: event.clientX, width: props.pane.width() };
      }}
      onPointerMove={(event) => from && props.pane.set(from.width + sign() * (event.clientX - from.x))}
      onLostPointerCapture={() => (from = undefined)}
      onDblClick={() => props.pane.reset()}
      onKeyDown={(event) => {
        const step = { ArrowLeft: -16, ArrowRight: 16 }[event.key];
        if (step === undefined) return;
        event.preventDefault();
        props.pane.set(props.pane.width() + sign() * step);
      }}
    />
  );
}
