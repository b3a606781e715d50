import { For, type JSX } from 'solid-js';
import { Sheet } from '../../../ui/sheet/Sheet.tsx';
import { Switch } from '../../../ui/switch/Switch.tsx';
import { locale } from '../../../platform/preferences/preferences.ts';
import { later as t } from '../later.messages.ts';
import styles from './talk.module.css';

export interface MenuEntry {
  name: 'readers' | 'password' | 'signInLink' | 'others' | 'language' | 'signOut' | 'leave';
  act(): void;
}

/** Everything that is not the chat itself, in a thumb's reach. */
export function TalkMenu(props: { entries: readonly MenuEntry[]; readReceipts: boolean; onReadReceipts(shown: boolean): void; onClose(): void }): JSX.Element {
  return (
    <Sheet open onClose={props.onClose} title={t('menu.title')}>
      <div class={styles.menu}>
        <For each={props.entries}>
          {(entry) => (
            <button
              type="button"
              lang={entry.name === 'language' ? (locale.value() === 'en' ? 'zh-CN' : 'en') : undefined}
              data-danger={entry.name === 'leave' ? '' : undefined}
              onClick={() => {
                props.onClose();
                entry.act();
              }}
            >
              {t(`menu.${entry.name}`)}
            </button>
          )}
        </For>
        <div class={styles.switch}>
          <Switch label={t('menu.receipts')} hint={t('menu.receiptsText')} checked={props.readReceipts} onChange={props.onReadReceipts} />
        </div>
      </div>
    </Sheet>
  );
}
