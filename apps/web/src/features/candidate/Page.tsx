import { Show, type JSX } from 'solid-js';
import { LanguageSwitch } from '../../platform/preferences/LanguageSwitch.tsx';
import styles from './candidate.module.css';

/** A candidate's full page beside the chat: firm on top, one thing to read, one thing to do. */
export function Page(props: { firm?: string | undefined; title: string; before?: JSX.Element; children?: JSX.Element; action?: JSX.Element }): JSX.Element {
  return (
    <div class={styles.page} data-audience="candidate">
      <main class={styles.sheet}>
        <header class={styles.top}>
          <b>{props.firm ?? ''}</b>
          <LanguageSwitch class={styles.language} />
        </header>
        {props.before}
        <h1 class={styles.title}>{props.title}</h1>
        {props.children}
        <Show when={props.action}>
          <div class={styles.space} />
          <div class={styles.actions}>{props.action}</div>
        </Show>
      </main>
    </div>
  );
}
