import { Match, Switch, type JSX } from 'solid-js';
import styles from './delivery-mark.module.css';

export type DeliveryState = 'queued' | 'sent' | 'delivered' | 'read' | 'failed';

/** How far something that was sent has come: clock, tick, two ticks, accented ticks, red mark. `label` says it in words. */
export function DeliveryMark(props: { state: DeliveryState; label: string }): JSX.Element {
  return (
    <span class={styles.mark} data-state={props.state} role="img" aria-label={props.label} title={props.label}>
      <svg viewBox="0 0 20 16" width="18" height="14" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">
        <Switch>
          <Match when={props.state === 'queued'}>
            <circle cx="11" cy="8" r="5.5" />
            <path d="M11 4.8V8l2 1.5" />
          </Match>
          <Match when={props.state === 'sent'}>
            <path d="m6 8.5 3.3 3.3L16 4.5" />
          </Match>
          <Match when={props.state === 'delivered' || props.state === 'read'}>
            <path d="m2 8.5 3.3 3.3L12 4.5M9.8 11l.8.8L17.5 4.5" />
          </Match>
          <Match when={props.state === 'failed'}>
            <circle cx="11" cy="8" r="5.5" />
            <path d="M11 5.2v3.2M11 10.7v.1" />
          </Match>
        </Switch>
      </svg>
    </span>
  );
}
