import type { JSX } from 'solid-js';
import styles from './badge.module.css';

/** A small word or figure. `count` is the accent-coloured figure of unread things; the others are quiet labels. */
export function Badge(props: { tone?: 'count' | 'neutral' | 'accent' | 'good' | 'warn' | 'bad'; label?: string; children: JSX.Element }): JSX.Element {
  return (
    <span class={`${styles['badge']} ${styles[props.tone ?? 'neutral']}`} role={props.label ? 'img' : undefined} aria-label={props.label}>
      {props.children}
    </span>
  );
}
