import Check from 'lucide-solid/icons/check';
import Minus from 'lucide-solid/icons/minus';
import { Show, type JSX } from 'solid-js';
import styles from './contents.module.css';

/** What goes in and what stays out, side by side: `Included` under the one heading, `Excluded` under the other. */
export function Contents(props: { within: string; included: JSX.Element; without: string; excluded: JSX.Element }): JSX.Element {
  return (
    <div class={styles['contents']}>
      <section>
        <h3 class={styles['title']}>{props.within}</h3>
        <ul>{props.included}</ul>
      </section>
      <section>
        <h3 class={styles['title']}>{props.without}</h3>
        <ul>{props.excluded}</ul>
      </section>
    </div>
  );
}

/** Something that goes in. */
export const Included = (props: { children: JSX.Element }): JSX.Element => <Entry goesIn>{props.children}</Entry>;

/** Something that stays out. */
export const Excluded = (props: { children: JSX.Element }): JSX.Element => <Entry goesIn={false}>{props.children}</Entry>;

function Entry(props: { goesIn: boolean; children: JSX.Element }): JSX.Element {
  return (
    <li class={styles['entry']}>
      <Show when={props.goesIn} fallback={<Minus size={14} aria-hidden="true" />}>
        <Check size={14} class={styles['included']!} aria-hidden="true" />
      </Show>
      <span class={styles['text']}>{props.children}</span>
    </li>
  );
}
