import { A } from '@solidjs/router';
import { splitProps, type JSX } from 'solid-js';
import buttonStyles from '../button/button.module.css';
import styles from './link.module.css';

/** A way to another page of ours. `look="button"` for the one next step; `plain` takes the look of what it wraps. */
export function Link(
  props: Omit<JSX.AnchorHTMLAttributes<HTMLAnchorElement>, 'href' | 'state'> & { href: string; look?: 'text' | 'button' | 'primary' | 'plain'; replace?: boolean },
): JSX.Element {
  const [own, rest] = splitProps(props, ['look', 'class']);
  const look = (): string => {
    if (own.look === 'primary') return `${buttonStyles['button']} ${buttonStyles['primary']}`;
    if (own.look === 'button') return `${buttonStyles['button']} ${buttonStyles['secondary']}`;
    return own.look === 'plain' ? styles['plain']! : styles['text']!;
  };
  return <A {...rest} class={`${look()} ${own.class ?? ''}`} />;
}
