import { Show, type JSX } from 'solid-js';
import { createTitle } from './createTitle.ts';
import styles from './page.module.css';

/** A page in the shell: its heading, its actions, its content in one readable column. `wide` takes all the width. */
export function Page(props: { title: string; lead?: JSX.Element; actions?: JSX.Element; wide?: boolean; children: JSX.Element }): JSX.Element {
  createTitle(() => props.title);
  return (
    <div class={styles['page']} classList={{ [styles['wide']!]: props.wide ?? false }}>
      <header class={styles['head']}>
        <div class={styles['words']}>
          <h1 class={styles['title']}>{props.title}</h1>
          <Show when={props.lead}>
            <p class={styles['lead']}>{props.lead}</p>
          </Show>
        </div>
        <Show when={props.actions}>
          <div class={styles['actions']}>{props.actions}</div>
        </Show>
      </header>
      {props.children}
    </div>
  );
}

/** A part of a page under its own heading. */
export function Section(props: { title: string; hint?: string; children: JSX.Element }): JSX.Element {
  return (
    <section class={styles['section']}>
      <header>
        <h2 class={styles['section-title']}>{props.title}</h2>
        <Show when={props.hint}>
          <p class={styles['hint']}>{props.hint}</p>
        </Show>
      </header>
      <div class={styles['box']}>{props.children}</div>
    </section>
  );
}
