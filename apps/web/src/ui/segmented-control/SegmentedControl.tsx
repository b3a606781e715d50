import { createUniqueId, For, type JSX } from 'solid-js';
import styles from './segmented-control.module.css';

export interface Segment<T extends string> {
  value: T;
  label: string;
  icon?: JSX.Element;
}

/** One of two to four, all in sight. Arrow keys move, as among radio buttons. */
export function SegmentedControl<T extends string>(props: {
  label: string;
  segments: readonly Segment<T>[];
  value: T;
  onChange(value: T): void;
}): JSX.Element {
  const name = createUniqueId();
  return (
    <div role="radiogroup" aria-label={props.label} class={styles['control']}>
      <For each={props.segments}>
        {(segment) => (
          <label class={styles['segment']}>
            <input
              type="radio"
              class={styles['input']}
              name={name}
              checked={segment.value === props.value}
              onChange={() => props.onChange(segment.value)}
            />
            {segment.icon}
            {segment.label}
          </label>
        )}
      </For>
    </div>
  );
}
