import { createMemo, For, Show, type JSX } from 'solid-js';
import { linkify } from '../text/linkify.ts';
import styles from './tiles.module.css';

/** A message's text with its links. Opened links learn nothing of this page. */
export function MessageBody(props: { text: string }): JSX.Element {
  // The item is a new one with each tick; its words stay, and so do their nodes.
  const text = createMemo(() => props.text);
  return (
    <span class={styles.body}>
      <For each={linkify(text())}>
        {(segment) => (
          <Show when={segment.href} fallback={segment.text}>
            {(href) => (
              <a href={href()} target="_blank" rel="noopener noreferrer nofollow">
                {segment.text}
              </a>
            )}
          </Show>
        )}
      </For>
    </span>
  );
}
