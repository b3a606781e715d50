import type { JSX } from 'solid-js';
import styles from './logo.module.css';

/** The product's mark: two arrows that pass something on. */
export function Logo(props: { size?: number }): JSX.Element {
  return (
    <span class={styles['logo']} style={{ '--size': `${props.size ?? 28}px` }} aria-hidden="true">
      <svg viewBox="0 0 24 24">
        <path d="M4 8.500h13l-3.500-3.500M20 15.500H7l3.500 3.500" />
      </svg>
    </span>
  );
}
