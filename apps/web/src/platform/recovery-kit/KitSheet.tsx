import { For, type JSX } from 'solid-js';
import { t } from './recoveryKit.messages.ts';
import styles from './recovery-kit.module.css';

/** A sheet of a recovery kit, as it is printed: whose it is, when it was made, and what its firm is told by. */
export function KitSheet(props: { label: string; firmName: string; about: JSX.Element; fingerprint: string; children: JSX.Element }): JSX.Element {
  return (
    <article class={styles['sheet']} aria-label={props.label}>
      <header class={styles['head']}>
        <div>
          <h2>{props.firmName}</h2>
          <p>{props.about}</p>
        </div>
        <div class={styles['fingerprint']}>
          <span>{t('fingerprint')}</span>
          <code translate="no">{props.fingerprint}</code>
        </div>
      </header>
      {props.children}
    </article>
  );
}

/** Words of a sheet, numbered. */
export function Words(props: { title: string; hint: string; words: readonly string[]; below?: JSX.Element }): JSX.Element {
  return (
    <section class={styles['part']}>
      <h3>{props.title}</h3>
      <p>{props.hint}</p>
      <ol class={styles['words']} lang="en" translate="no">
        <For each={props.words}>{(word) => <li>{word}</li>}</For>
      </ol>
      {props.below}
    </section>
  );
}
