import Search from 'lucide-solid/icons/search';
import { createEffect, createMemo, createSignal, createUniqueId, For, on, Show, type JSX } from 'solid-js';
import { currentActions, type Action } from '../../platform/actions/actions.ts';
import { Dialog } from '../../ui/dialog/Dialog.tsx';
import { Kbd } from '../../ui/kbd/Kbd.tsx';
import { visuallyHidden } from '../../ui/visually-hidden/visuallyHidden.ts';
import { groupActions, rankActions } from './rankActions.ts';
import { t } from './shell.messages.ts';
import styles from './command-menu.module.css';

export interface CommandMenuProps {
  open: boolean;
  onClose(): void;
  /** What is found besides the page's actions for what is typed. */
  find?(typed: string): readonly Action[];
}

/** Everything that can be done here, found by typing. The pattern is a combobox with its list always open. */
export function CommandMenu(props: CommandMenuProps): JSX.Element {
  return (
    <Dialog open={props.open} onClose={() => props.onClose()} title={t('menu.label')} shape="bare">
      <Inside onClose={() => props.onClose()} find={(typed) => props.find?.(typed) ?? []} />
    </Dialog>
  );
}

function Inside(props: { onClose(): void; find(typed: string): readonly Action[] }): JSX.Element {
  const id = createUniqueId();
  const [text, setText] = createSignal('');
  const [at, setAt] = createSignal(0);
  const found = createMemo(() => rankActions([...currentActions().filter((action) => action.inMenu !== false), ...props.find(text())], text()));
  const groups = createMemo(() => groupActions(found()));
  createEffect(on(text, () => setAt(0), { defer: true }));
  let list!: HTMLDivElement;
  createEffect(on(at, () => list.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' }), { defer: true }));

  const run = (action: Action | undefined): void => {
    if (!action) return;
    props.onClose();
    action.act();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    const count = found().length;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && count > 0) {
      event.preventDefault();
      setAt((at() + step + count) % count);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      run(found()[at()]);
    }
  };
  const optionId = (action: Action): string => `${id}-${action.id}`;
  return (
    <>
      <div class={styles['head']}>
        <Search size={18} aria-hidden="true" />
        <input
          data-autofocus
          class={styles['input']}
          role="combobox"
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-activedescendant={found()[at()] ? optionId(found()[at()]!) : undefined}
          aria-label={t('menu.label')}
          placeholder={t('menu.placeholder')}
          value={text()}
          onInput={(event) => setText(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        <Kbd keys="Escape" />
      </div>
      <div ref={list} id={`${id}-list`} role="listbox" aria-label={t('menu.label')} class={styles['list']}>
        <For each={groups()}>
          {([group, actions]) => (
            <div role="group" aria-labelledby={`${id}-${group}`}>
              <div id={`${id}-${group}`} class={styles['group']} role="presentation">
                {group}
              </div>
              <For each={actions}>
                {(action) => (
                  <div
                    id={optionId(action)}
                    role="option"
                    aria-selected={found()[at()] === action}
                    class={styles['option']}
                    onPointerMove={() => setAt(found().indexOf(action))}
                    onClick={() => run(action)}
                  >
                    <span class={styles['icon']}>
                      <Show when={action.icon}>{(icon) => icon()({ size: 16 })}</Show>
                    </span>
                    <span class={styles['label']}>{action.label}</span>
                    <Show when={action.keys}>{(keys) => <Kbd keys={keys()} />}</Show>
                  </div>
                )}
              </For>
            </div>
          )}
        </For>
      </div>
      <Show when={found().length === 0}>
        <p class={styles['none']}>{t('menu.none')}</p>
      </Show>
      <p class={visuallyHidden} role="status">
        {text() === '' ? '' : t('menu.results', found().length)}
      </p>
    </>
  );
}
