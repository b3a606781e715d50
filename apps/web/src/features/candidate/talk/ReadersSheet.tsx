import { Show, type JSX } from 'solid-js';
import { createReaders } from '../../../platform/client/createReaders.ts';
import { formatList } from '../../../platform/i18n/format.ts';
import type { ConversationSummary } from '../../../session/contract.ts';
import { Sheet } from '../../../ui/sheet/Sheet.tsx';
import { later as t } from '../later.messages.ts';
import styles from './talk.module.css';

/** Who can read the conversation, said as it is. */
export function ReadersSheet(props: { conversation: ConversationSummary | undefined; firm: string; onClose(): void }): JSX.Element {
  const readers = createReaders(() => props.conversation);
  return (
    <Sheet open onClose={props.onClose} title={t('readers.title')}>
      <div class={styles.readers}>
        <p>{t('readers.people', props.firm, readers().count, formatList(readers().names))}</p>
        <Show when={readers().signed}>
          <p>{t('readers.signed')}</p>
        </Show>
        <p>{t('readers.also', props.firm)}</p>
        <p>{t('readers.servers')}</p>
      </div>
    </Sheet>
  );
}
