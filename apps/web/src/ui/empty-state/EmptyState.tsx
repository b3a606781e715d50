import { Show, type JSX } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import styles from './empty-state.module.css';

/** Nothing here yet: one sentence, and the one action that changes it. */
export function EmptyState(props: { icon?: JSX.Element; title: string; /** It is all there is on the page. */ heading?: boolean; children?: JSX.Element; action?: JSX.Element }): JSX.Element {
  return (
    <div class={styles['empty']}>
      <Show when={props.icon}>
        <span class={styles['icon']}>{props.icon}</span>
      </Show>
      <Dynamic component={props.heading ? 'h1' : 'p'} class={styles['title']}>
        {props.title}
      </Dynamic>
      <Show when={props.children}>
        <p class={styles['text']}>{props.children}</p>
      </Show>
      <Show when={props.action}>
        <div class={styles['action']}>{props.action}</div>
      </Show>
    </div>
  );
}
