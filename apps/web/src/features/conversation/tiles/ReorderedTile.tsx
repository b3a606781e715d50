import type { ReorderedItem } from '@baton/messaging';
import type { JSX } from 'solid-js';
import type { Entry } from '../groupDays.ts';
import { t, useThread } from '../threadContext.ts';
import styles from './tiles.module.css';

/** What stands below was written after something further down: a quiet line where the order breaks. */
export function ReorderedTile(props: { entry: Entry }): JSX.Element {
  const thread = useThread();
  const sender = () => thread.nameOf((props.entry.item as ReorderedItem).sender);
  return <p class={styles.notice}>{sender() === t('you') ? t('reorderedOwn') : t('reordered', sender())}</p>;
}
