import Lock from 'lucide-solid/icons/lock';
import { Show, type JSX } from 'solid-js';
import { Link } from '../../../ui/link/Link.tsx';
import { t, useThread } from '../threadContext.ts';
import styles from './tiles.module.css';

/** Says what a note is on, and leads there. */
export function NoteHead(props: { conversationId: string }): JSX.Element {
  const thread = useThread();
  return (
    <Show when={thread.noteTarget(props.conversationId)}>
      {(target) => (
        <Link href={target().href} look="plain" class={styles.noteHead}>
          <Lock size={12} aria-hidden="true" />
          {t('noteOn', target().name)}
        </Link>
      )}
    </Show>
  );
}
