import type { MessageItem } from '@baton/messaging';
import { createSignal, onCleanup, Show, type JSX } from 'solid-js';
import { useViewer } from '../../../platform/client/clientContext.ts';
import { later } from '../later.messages.ts';
import { t } from '../threadContext.ts';
import styles from './tiles.module.css';

/** What nothing but somebody's help puts right. */
const lasting = ['LOG_ROLLBACK', 'LOG_FORK'] as const;
/** What passes within moments, as a rule: who has just come or gone. */
const passing = ['UNCERTIFIED_MEMBER', 'GHOST_MEMBER'] as const;
/** How long the latter is waited for before it is worth a word, in milliseconds. */
const patienceMs = 10_000;

/** Why an own message is held back, and what to do: it goes out by itself when that is over. */
export function HeldNote(props: { item: MessageItem }): JSX.Element {
  const viewer = useViewer();
  const [waited, setWaited] = createSignal(false);
  const timer = setTimeout(() => setWaited(true), patienceMs);
  onCleanup(() => clearTimeout(timer));
  const reason = () => [...lasting, ...(waited() ? passing : [])].find((code) => code === props.item.failure?.code);
  const toTell = () => (viewer()?.kind === 'candidate' ? later('held.tellRecruiter') : later('held.tellPartner'));
  return (
    <Show when={reason()}>
      {(code) => (
        <div class={styles.held} role="group" aria-label={t('status.queued')}>
          {later('held.both', later(`held.${code()}`), code() === 'UNCERTIFIED_MEMBER' ? later('held.wait') : toTell())}
        </div>
      )}
    </Show>
  );
}
