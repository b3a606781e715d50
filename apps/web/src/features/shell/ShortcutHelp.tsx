import { createMemo, For, type JSX } from 'solid-js';
import { currentActions } from '../../platform/actions/actions.ts';
import { Dialog } from '../../ui/dialog/Dialog.tsx';
import { Kbd } from '../../ui/kbd/Kbd.tsx';
import { groupActions } from './rankActions.ts';
import { t } from './shell.messages.ts';
import styles from './command-menu.module.css';

/** All keys that act on the page one is on. */
export function ShortcutHelp(props: { open: boolean; onClose(): void }): JSX.Element {
  const groups = createMemo(() => groupActions(currentActions().filter((action) => action.keys)));
  return (
    <Dialog open={props.open} onClose={() => props.onClose()} title={t('shortcuts.title')} description={t('shortcuts.hint')} size="wide">
      <div class={styles['help']}>
        <For each={groups()}>
          {([group, actions]) => (
            <section>
              <h3>{group}</h3>
              <dl>
                <For each={actions}>
                  {(action) => (
                    <div class={styles['line']}>
                      <dt>{action.label}</dt>
                      <dd>
                        <Kbd keys={action.keys!} />
                      </dd>
                    </div>
                  )}
                </For>
              </dl>
            </section>
          )}
        </For>
      </div>
    </Dialog>
  );
}
