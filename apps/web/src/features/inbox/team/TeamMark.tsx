import Users from 'lucide-solid/icons/users';
import type { JSX } from 'solid-js';
import styles from './team.module.css';

/** Where a person's mark would stand: this is a team's room. Always beside its name. `size` is in pixels. */
export function TeamMark(props: { size: number }): JSX.Element {
  return (
    <span class={styles.mark} style={{ '--size': `${props.size}px` }} aria-hidden="true">
      <Users size={Math.round(props.size * 0.48)} />
    </span>
  );
}
