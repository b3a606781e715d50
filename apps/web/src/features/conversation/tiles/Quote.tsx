import type { MessageItem } from '@baton/messaging';
import type { JSX } from 'solid-js';
import { scriptOf } from '../text/scriptOf.ts';
import { t, useThread } from '../threadContext.ts';
import styles from './tiles.module.css';

/** What a message answers; leads there. */
export function Quote(props: { reply: NonNullable<MessageItem['reply']> }): JSX.Element {
  const thread = useThread();
  return (
    <button type="button" class={styles.quote} title={t('action.goTo')} onClick={() => thread.goTo(props.reply)} tabindex="-1">
      <b>{thread.nameOf(props.reply.sender)}</b>
      <span lang={scriptOf(props.reply.excerpt)}>{props.reply.excerpt}</span>
    </button>
  );
}
