import type { JSX } from 'solid-js';
import { hueOf, initialsOf } from './avatarOf.ts';
import styles from './avatar.module.css';

/** A person's mark, always beside the name: hidden from screen readers. `id` gives the hue, `size` is in pixels. */
export function Avatar(props: { name: string; id: string; size?: number }): JSX.Element {
  return (
    <span class={styles['avatar']} style={{ '--hue': hueOf(props.id), '--size': `${props.size ?? 36}px` }} aria-hidden="true">
      {initialsOf(props.name)}
    </span>
  );
}
