import Lock from 'lucide-solid/icons/lock';
import type { JSX } from 'solid-js';
import { formatList } from '../../../platform/i18n/format.ts';
import type { ConversationSummary } from '../../../session/contract.ts';
import { t } from '../inbox.messages.ts';
import styles from './side.module.css';

/** Who can read the conversation, by name, and who can't. */
export function Readers(props: { conversation: ConversationSummary }): JSX.Element {
  const names = () => [...props.conversation.team.map(({ name }) => name), props.conversation.candidateName];
  return (
    <div class={styles.readers}>
      <Lock size={15} aria-hidden="true" />
      <p>{t('side.readersText', formatList(names()), props.conversation.firmName)}</p>
    </div>
  );
}
