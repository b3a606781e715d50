import { Show, type JSX } from 'solid-js';
import { DueDate } from '../../../ui/due-date/DueDate.tsx';
import { Link } from '../../../ui/link/Link.tsx';
import { Expandable } from './Expandable.tsx';
import type { OpenPromise } from './promises.ts';
import { t } from './promises.messages.ts';
import styles from './promises.module.css';

/** Open promises: to whom, what and until when, each leading to its thread. `aside` opens threads in a tab of their own. */
export function PromiseList(props: { promises: readonly OpenPromise[]; named: number; aside?: boolean }): JSX.Element {
  const words = (promise: OpenPromise): JSX.Element => (
    <>
      <span class={styles['head']}>
        <span class={styles['name']}>{promise.candidate}</span>
        <Show when={promise.dueOn}>{(due) => <DueDate on={due()} />}</Show>
      </span>
      <span class={styles['text']}>{promise.text}</span>
    </>
  );
  return (
    <Expandable each={props.promises} named={props.named} list={styles['promises']!} more={(hidden) => t('more', hidden)}>
      {(promise) => (
        <li>
          <Show when={promise.conversationId} fallback={<span class={styles['promise']}>{words(promise)}</span>}>
            {(id) => (
              <Link look="plain" class={`${styles['promise']} ${styles['link']}`} href={`/inbox/${id()}`} target={props.aside ? '_blank' : undefined}>
                {words(promise)}
              </Link>
            )}
          </Show>
        </li>
      )}
    </Expandable>
  );
}
