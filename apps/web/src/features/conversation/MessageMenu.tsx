import type { MessageItem } from '@baton/messaging';
import Copy from 'lucide-solid/icons/copy';
import Pencil from 'lucide-solid/icons/pencil';
import Reply from 'lucide-solid/icons/reply';
import RotateCw from 'lucide-solid/icons/rotate-cw';
import Trash from 'lucide-solid/icons/trash';
import { For, type JSX } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { Sheet } from '../../ui/sheet/Sheet.tsx';
import { later } from './later.messages.ts';
import { t, useThread } from './threadContext.ts';
import styles from './thread.module.css';

/** What a held message offers on a phone. */
export function MessageMenu(props: { item: MessageItem; onClose(): void }): JSX.Element {
  const thread = useThread();
  const entries = () => {
    const item = props.item;
    return [
      ...(item.status === 'failed'
        ? [
            { icon: RotateCw, label: later('retry'), act: thread.retry },
            { icon: Pencil, label: later('edit'), act: thread.edit },
          ]
        : []),
      ...(item.eventId === null ? [] : [{ icon: Reply, label: t('action.reply'), act: thread.reply }]),
      { icon: Copy, label: t('action.copy'), act: thread.copy },
      ...(item.status === 'failed' ? [{ icon: Trash, label: later('remove'), act: thread.remove }] : []),
    ];
  };
  return (
    <Sheet open onClose={props.onClose} title={later('menu')}>
      <div class={styles.menu}>
        <For each={entries()}>
          {(entry) => (
            <button
              type="button"
              onClick={() => {
                const item = props.item;
                props.onClose();
                entry.act(item);
              }}
            >
              <Dynamic component={entry.icon} size={20} aria-hidden="true" />
              {entry.label}
            </button>
          )}
        </For>
      </div>
    </Sheet>
  );
}
