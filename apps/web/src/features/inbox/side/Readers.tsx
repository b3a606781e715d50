import Lock from 'lucide-solid/icons/lock';
import { Show, type JSX } from 'solid-js';
import { createReaders } from '../../../platform/client/createReaders.ts';
import { formatList } from '../../../platform/i18n/format.ts';
import type { ConversationSummary } from '../../../session/contract.ts';
import { t } from '../inbox.messages.ts';
import styles from './side.module.css';

/** Who can read the conversation, by name, and who can't. */
export function Readers(props: { conversation: ConversationSummary }): JSX.Element {
  const readers = createReaders(() => props.conversation);
  return (
    <div class={styles.readers}>
      <Lock size={15} aria-hidden="true" />
      <div>
        <p>{t('side.readersText', props.conversation.candidateName, props.conversation.firmName, readers().count, formatList(readers().names))}</p>
        <p>{t('side.readersLater', props.conversation.firmName)}</p>
        <Show when={readers().signed}>
          <p>{t('side.readersSigned')}</p>
        </Show>
      </div>
    </div>
  );
}
