import type { JSX } from 'solid-js';
import styles from './skeleton.module.css';

/** Holds the place of what is loading, at its final size. Invisible for the first 150 ms, so that quick answers don't flash. */
export function Skeleton(props: { width?: string; height?: string; round?: boolean }): JSX.Element {
  return (
    <span
      class={styles['skeleton']}
      classList={{ [styles['round']!]: props.round ?? false }}
      style={{ width: props.width ?? '100%', height: props.height ?? '14px' }}
      aria-hidden="true"
    />
  );
}
