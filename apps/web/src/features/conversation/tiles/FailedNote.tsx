import type { MessageItem } from '@baton/messaging';
import type { JSX } from 'solid-js';
import { later } from '../later.messages.ts';
import { t, useThread } from '../threadContext.ts';
import styles from './tiles.module.css';

const known = ['UNCERTIFIED_MEMBER', 'NOT_ALLOWED', 'MESSAGE_TOO_LONG'] as const;

/** Why an own message did not go out, and what can be done about it, in place. */
export function FailedNote(props: { item: MessageItem }): JSX.Element {
  const thread = useThread();
  const sentence = () => later(`failure.${known.find((code) => code === props.item.failure?.code) ?? 'other'}`);
  return (
    <div class={styles.failed} role="group" aria-label={t('status.failed')}>
      <span>{sentence()}</span>
      <span class={styles.failedActions}>
        <button type="button" onClick={() => thread.retry(props.item)}>{later('retry')}</button>
        <button type="button" onClick={() => thread.edit(props.item)}>{later('edit')}</button>
        <button type="button" onClick={() => thread.remove(props.item)}>{later('remove')}</button>
      </span>
    </div>
  );
}
