import type { JSX } from 'solid-js';
import styles from './spinner.module.css';

/** Something is under way. `label` is what a screen reader hears; pass null where the surroundings say it already. */
export function Spinner(props: { label: string | null; size?: number }): JSX.Element {
  return (
    <span
      class={styles['spinner']}
      style={{ '--size': `${props.size ?? 16}px` }}
      role={props.label === null ? undefined : 'status'}
      aria-label={props.label ?? undefined}
      aria-hidden={props.label === null ? 'true' : undefined}
    />
  );
}
