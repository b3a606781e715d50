import { Menu as Ark } from '@ark-ui/solid/menu';
import Check from 'lucide-solid/icons/check';
import { createEffect, createSignal, For, Match, on, Show, Switch, type JSX } from 'solid-js';
import { Portal } from 'solid-js/web';
import { Kbd } from '../kbd/Kbd.tsx';
import overlay from '../overlay/overlay.module.css';
import { useOverlayMount } from '../overlay/overlayMount.ts';

export interface MenuAction {
  kind?: 'action';
  label: string;
  icon?: JSX.Element;
  /** Printed on the right, for example `Mod+k`. The caller registers it. */
  shortcut?: string;
  /** Quiet words on the right. */
  hint?: string;
  danger?: boolean;
  disabled?: boolean;
  /** Marks the one that holds now, in a menu that chooses. */
  checked?: boolean;
  onSelect(): void;
}

export type MenuEntry = MenuAction | { kind: 'separator' } | { kind: 'heading'; label: string } | { kind: 'submenu'; label: string; icon?: JSX.Element; entries: readonly MenuEntry[] };

const valueOf = (index: number, label: string): string => `${index} ${label}`;

/** Where the keys start in a menu that chooses: at what holds now. */
function checkedValue(entries: readonly MenuEntry[]): string | null {
  const index = entries.findIndex((entry) => 'checked' in entry && entry.checked);
  return index < 0 ? null : valueOf(index, (entries[index] as MenuAction).label);
}

function Entries(props: { entries: readonly MenuEntry[] }): JSX.Element {
  return (
    <For each={props.entries}>
      {(entry, index) => (
        <Switch>
          <Match when={entry.kind === 'separator'}>
            <Ark.Separator class={overlay['separator']} />
          </Match>
          <Match when={entry.kind === 'heading' && entry}>{(heading) => <div class={overlay['heading']}>{heading().label}</div>}</Match>
          <Match when={entry.kind === 'submenu' && entry}>
            {(submenu) => (
              <Ark.Root lazyMount unmountOnExit positioning={{ placement: 'right-start', gutter: 2, strategy: 'fixed' }}>
                <Ark.TriggerItem class={overlay['item']}>
                  {submenu().icon}
                  <span class={overlay['words']}>{submenu().label}</span>
                  <span class={overlay['hint']} aria-hidden="true">
                    ›
                  </span>
                </Ark.TriggerItem>
                <Panel entries={submenu().entries} />
              </Ark.Root>
            )}
          </Match>
          <Match when={(entry.kind === undefined || entry.kind === 'action') && (entry as MenuAction)}>
            {(action) => (
              <Ark.Item
                value={valueOf(index(), action().label)}
                valueText={action().label}
                disabled={action().disabled ?? false}
                class={overlay['item']}
                classList={{ [overlay['danger']!]: action().danger ?? false }}
                onSelect={() => action().onSelect()}
              >
                {action().icon}
                <span class={overlay['words']}>{action().label}</span>
                <Show when={action().hint}>
                  <span class={overlay['hint']}>{action().hint}</span>
                </Show>
                <Show when={action().shortcut}>{(keys) => <Kbd keys={keys()} />}</Show>
                <Show when={action().checked}>
                  <Check />
                </Show>
              </Ark.Item>
            )}
          </Match>
        </Switch>
      )}
    </For>
  );
}

function Panel(props: { entries: readonly MenuEntry[] }): JSX.Element {
  const mount = useOverlayMount();
  return (
    <Portal mount={mount()}>
      <Ark.Positioner>
        <Ark.Content class={`${overlay['panel']} ${overlay['list']}`}>
          <Entries entries={props.entries} />
        </Ark.Content>
      </Ark.Positioner>
    </Portal>
  );
}

/** What the trigger must carry; spread it onto a Button or an IconButton. */
export type MenuTriggerProps = Record<string, unknown>;

/**
 * A menu that opens from a button: arrow keys, type-ahead and Escape as the ARIA pattern wants.
 * `trigger` draws the button: `<Menu trigger={(p) => <IconButton {...p} label="More"><Ellipsis /></IconButton>} entries={…} />`.
 */
export function Menu(props: {
  trigger: (trigger: MenuTriggerProps) => JSX.Element;
  entries: readonly MenuEntry[];
  placement?: 'bottom-start' | 'bottom-end' | 'top-start' | 'top-end' | 'right-end';
  open?: boolean;
  onOpenChange?(open: boolean): void;
}): JSX.Element {
  const [highlighted, setHighlighted] = createSignal<string | null>(null);
  const startAtChecked = (): void => {
    setHighlighted(checkedValue(props.entries));
  };
  createEffect(on(() => props.open, (open) => open && startAtChecked()));
  return (
    <Ark.Root
      lazyMount
      unmountOnExit
      positioning={{ placement: props.placement ?? 'bottom-start', gutter: 4, strategy: 'fixed' }}
      {...(props.open === undefined ? {} : { open: props.open })}
      highlightedValue={highlighted()}
      onHighlightChange={(details) => setHighlighted(details.highlightedValue)}
      onOpenChange={(details) => {
        if (details.open) startAtChecked();
        props.onOpenChange?.(details.open);
      }}
    >
      <Ark.Trigger asChild={(trigger) => props.trigger(trigger() as MenuTriggerProps)} />
      <Panel entries={props.entries} />
    </Ark.Root>
  );
}
