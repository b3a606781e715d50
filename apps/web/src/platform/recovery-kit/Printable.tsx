import { createSignal, onCleanup, Show, type JSX } from 'solid-js';
import { Portal } from 'solid-js/web';
import styles from './printable.module.css';

/** Shows sheets. While they stand there the page prints them and nothing else, also from within a dialog. */
export function Printable(props: { sheets(): JSX.Element }): JSX.Element {
  const [printing, setPrinting] = createSignal(false);
  const begin = (): void => void setPrinting(true);
  const end = (): void => void setPrinting(false);
  addEventListener('beforeprint', begin);
  addEventListener('afterprint', end);
  onCleanup(() => {
    removeEventListener('beforeprint', begin);
    removeEventListener('afterprint', end);
  });
  return (
    <>
      {props.sheets()}
      <Show when={printing()}>
        <Portal>
          <div class={styles['printed']} aria-hidden="true">
            {props.sheets()}
          </div>
        </Portal>
      </Show>
    </>
  );
}
