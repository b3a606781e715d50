import { createSignal, For, Show, type JSX } from 'solid-js';
import styles from './brief.module.css';

/** A list of which only the first stand there until the others are asked for. `list` is its class; `more` says how many are hidden. */
export function Expandable<Item>(props: { each: readonly Item[]; named: number; list: string; more(hidden: number): string; children(item: Item): JSX.Element }): JSX.Element {
  const [open, setOpen] = createSignal(false);
  const hidden = (): number => (open() ? 0 : Math.max(0, props.each.length - props.named));
  return (
    <ul class={props.list}>
      <For each={hidden() > 0 ? props.each.slice(0, props.named) : props.each}>{(item) => props.children(item)}</For>
      <Show when={hidden() > 0}>
        <li>
          <button type="button" class={styles['more']} onClick={() => setOpen(true)}>
            {props.more(hidden())}
          </button>
        </li>
      </Show>
    </ul>
  );
}
