import type { JSX } from 'solid-js';
import { formatList } from '../../../platform/i18n/format.ts';
import { Sheet } from '../../../ui/sheet/Sheet.tsx';
import { later as t } from '../later.messages.ts';
import styles from './talk.module.css';

/** Who can read the conversation, said as it is. */
export function ReadersSheet(props: { team: readonly string[]; firm: string; onClose(): void }): JSX.Element {
  return (
    <Sheet open onClose={props.onClose} title={t('readers.title')}>
      <div class={styles.readers}>
        <p>{t('readers.people', formatList(props.team))}</p>
        <p>{t('readers.also', props.firm)}</p>
        <p>{t('readers.servers')}</p>
      </div>
    </Sheet>
  );
}
