import Lock from 'lucide-solid/icons/lock';
import type { JSX } from 'solid-js';
import { formatTime } from '../../../platform/i18n/format.ts';
import type { Entry } from '../groupDays.ts';
import { t } from '../threadContext.ts';
import styles from './tiles.module.css';

/** A message that can't be read yet. It keeps its place, and turns into a message when the key comes. */
export function SealedTile(props: { entry: Entry }): JSX.Element {
  return (
    <div class={`${styles.bubble} ${styles.sealed}`} data-place={props.entry.place}>
      <Lock size={14} aria-hidden="true" />
      <span>{t('sealed')}</span>
      <time class={styles.time} datetime={new Date(props.entry.item.at).toISOString()}>
        {formatTime(props.entry.item.at)}
      </time>
    </div>
  );
}
