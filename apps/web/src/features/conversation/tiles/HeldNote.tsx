import type { MessageItem } from '@baton/messaging';
import { Show, type JSX } from 'solid-js';
import { useViewer } from '../../../platform/client/clientContext.ts';
import { later } from '../later.messages.ts';
import { t } from '../threadContext.ts';
import styles from './tiles.module.css';

const known = ['UNCERTIFIED_MEMBER', 'GHOST_MEMBER', 'LOG_ROLLBACK', 'LOG_FORK'] as const;

/** Why an own message is held back, and what to do: it goes out by itself when that has passed. */
export function HeldNote(props: { item: MessageItem }): JSX.Element {
  const viewer = useViewer();
  const reason = () => known.find((code) => code === props.item.failure?.code);
  const todo = () => (viewer()?.kind === 'candidate' ? later('held.tellRecruiter') : later('held.tellPartner'));
  return (
    <Show when={reason()}>
      {(code) => (
        <div class={styles.held} role="group" aria-label={t('status.queued')}>
          {later(`held.${code()}`)} {code() === 'UNCERTIFIED_MEMBER' ? later('held.wait') : todo()}
        </div>
      )}
    </Show>
  );
}
