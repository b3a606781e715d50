import { splitProps, type JSX } from 'solid-js';
import buttonStyles from '../button/button.module.css';
import styles from './link.module.css';

/**
 * A way to another page of ours. `look="button"` for the one next step; `plain` takes the look of what it wraps. A plain link: the
 * router, where there is one, hears the click.
 */
export function Link(
  props: Omit<JSX.AnchorHTMLAttributes<HTMLAnchorElement>, 'href'> & { href: string; look?: 'text' | 'button' | 'primary' | 'plain' },
): JSX.Element {
  const [own, rest] = splitProps(props, ['look', 'class']);
  const look = (): string => {
    if (own.look === 'primary') return `${buttonStyles['button']} ${buttonStyles['primary']}`;
    if (own.look === 'button') return `${buttonStyles['button']} ${buttonStyles['secondary']}`;
    return own.look === 'plain' ? styles['plain']! : styles['text']!;
  };
  return <a {...rest} class={`${look()} ${own.class ?? ''}`} />;
}
