import { createUniqueId, For, Show, type JSX } from 'solid-js';
import styles from './tabs.module.css';

export interface Tab<T extends string> {
  value: T;
  label: string;
  /** A figure after the label. */
  count?: number;
}

/** Several views of one place. Arrow keys, Home and End move; only the chosen tab is in the tab order. Children are the panel. */
export function Tabs<T extends string>(props: {
  label: string;
  tabs: readonly Tab<T>[];
  value: T;
  onChange(value: T): void;
  look?: 'pills' | 'underline';
  children?: JSX.Element;
}): JSX.Element {
  const id = createUniqueId();
  let list!: HTMLDivElement;
  const move = (event: KeyboardEvent): void => {
    const at = props.tabs.findIndex((tab) => tab.value === props.value);
    const last = props.tabs.length - 1;
    const next = { ArrowRight: at === last ? 0 : at + 1, ArrowLeft: at === 0 ? last : at - 1, Home: 0, End: last }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    props.onChange(props.tabs[next]!.value);
    list.querySelectorAll<HTMLElement>('[role=tab]')[next]?.focus();
  };
  return (
    <>
      <div ref={list} role="tablist" aria-label={props.label} class={`${styles['list']} ${styles[props.look ?? 'pills']}`} onKeyDown={move}>
        <For each={props.tabs}>
          {(tab) => (
            <button
              type="button"
              role="tab"
              id={`tab-${id}-${tab.value}`}
              aria-selected={tab.value === props.value}
              aria-controls={props.children === undefined ? undefined : `panel-${id}`}
              tabindex={tab.value === props.value ? 0 : -1}
              class={styles['tab']}
              onClick={() => props.onChange(tab.value)}
            >
              {tab.label}
              <Show when={tab.count !== undefined}>
                <span class={styles['count']}>{tab.count}</span>
              </Show>
            </button>
          )}
        </For>
      </div>
      <Show when={props.children !== undefined}>
        <div role="tabpanel" id={`panel-${id}`} aria-labelledby={`tab-${id}-${props.value}`} class={styles['panel']}>
          {props.children}
        </div>
      </Show>
    </>
  );
}
