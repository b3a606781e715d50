import type { MembershipItem } from '@baton/messaging';
import type { JSX } from 'solid-js';
import { formatList } from '../../../platform/i18n/format.ts';
import type { Entry } from '../groupDays.ts';
import { t, useThread } from '../threadContext.ts';
import styles from './tiles.module.css';

/** Somebody came or went, or several at once: a quiet line. */
export function MembershipTile(props: { entry: Entry }): JSX.Element {
  const thread = useThread();
  const item = () => props.entry.item as MembershipItem;
  const names = () => [...new Set([item().userId, ...props.entry.alsoMoved])].map(thread.nameOf).toSorted((a, b) => Number(b === t('you')) - Number(a === t('you')));
  return <p class={styles.notice}>{t(item().change, formatList(names()))}</p>;
}
