import { createUniqueId, Show, type JSX } from 'solid-js';
import styles from './switch.module.css';

/** On or off, at once, without saving. */
export function Switch(props: { label: string; hint?: string; checked: boolean; onChange(checked: boolean): void; disabled?: boolean }): JSX.Element {
  const id = createUniqueId();
  return (
    <label class={styles['row']}>
      <span class={styles['words']}>
        <span id={`label-${id}`}>{props.label}</span>
        <Show when={props.hint}>
          <span id={`hint-${id}`} class={styles['hint']}>
            {props.hint}
          </span>
        </Show>
      </span>
      <input
        type="checkbox"
        role="switch"
        class={styles['switch']}
        aria-labelledby={`label-${id}`}
        aria-describedby={props.hint ? `hint-${id}` : undefined}
        disabled={props.disabled}
        checked={props.checked}
        onChange={(event) => props.onChange(event.currentTarget.checked)}
      />
    </label>
  );
}
