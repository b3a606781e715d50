import type { MissingItem } from '@baton/messaging';
import type { JSX } from 'solid-js';
import type { Entry } from '../groupDays.ts';
import { t, useThread } from '../threadContext.ts';
import styles from './tiles.module.css';

/** Something that was sent is not here: a quiet line where it belongs. */
export function MissingTile(props: { entry: Entry }): JSX.Element {
  const thread = useThread();
  const item = () => props.entry.item as MissingItem;
  const isOwn = () => thread.nameOf(item().sender) === t('you');
  return <p class={styles.notice}>{isOwn() ? t('missingOwn', item().count) : t('missing', thread.nameOf(item().sender), item().count)}</p>;
}
