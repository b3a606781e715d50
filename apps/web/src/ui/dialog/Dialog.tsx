import X from 'lucide-solid/icons/x';
import { createEffect, createUniqueId, onCleanup, onMount, Show, type JSX } from 'solid-js';
import { IconButton } from '../icon-button/IconButton.tsx';
import { OverlayMountContext } from '../overlay/overlayMount.ts';
import { uiText } from '../ui.messages.ts';
import { visuallyHidden } from '../visually-hidden/visuallyHidden.ts';
import styles from './dialog.module.css';

export interface DialogProps {
  open: boolean;
  /** Escape, the close button, a press beside the dialog. Not called while `locked`. */
  onClose(): void;
  title: string;
  /** Under the title, and the dialog's description for screen readers. */
  description?: JSX.Element;
  size?: 'small' | 'normal' | 'wide';
  /** `sheet` rises from the bottom edge of a phone. */
  shape?: 'dialog' | 'sheet' | 'bare';
  /** It can't be closed: something must be answered first. */
  locked?: boolean;
  /** The row of buttons. */
  footer?: JSX.Element;
  children?: JSX.Element;
}

/** The browser's own modal dialog: it keeps the focus inside and gives it back, and the rest of the page is inert. */
export function Dialog(props: DialogProps): JSX.Element {
  return (
    <Show when={props.open}>
      <Shown {...props} />
    </Show>
  );
}

function Shown(props: DialogProps): JSX.Element {
  const id = createUniqueId();
  let element!: HTMLDialogElement;
  onMount(() => {
    const before = document.activeElement as HTMLElement | null;
    element.showModal();
    // Not the close button, which the browser would take: a screen reader should begin at the title.
    (element.querySelector<HTMLElement>('[data-autofocus]') ?? element.querySelector<HTMLElement>('h2'))?.focus();
    onCleanup(() => {
      element.close();
      if (before?.isConnected) before.focus();
    });
  });
  createEffect(() => element.toggleAttribute('data-locked', props.locked ?? false));
  const close = (): void => {
    if (!props.locked) props.onClose();
  };
  return (
    <dialog
      ref={element}
      class={`${styles['dialog']} ${styles[props.size ?? 'normal']} ${styles[props.shape ?? 'dialog']}`}
      aria-labelledby={`title-${id}`}
      aria-describedby={props.description ? `description-${id}` : undefined}
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
      onPointerDown={(event) => {
        if (event.target === element) close();
      }}
    >
      <OverlayMountContext.Provider value={() => element}>
        <div class={styles['body']}>
          <Show when={props.shape !== 'bare'} fallback={<h2 id={`title-${id}`} class={visuallyHidden} tabindex="-1">{props.title}</h2>}>
            <header class={styles['head']}>
              <div>
                <h2 id={`title-${id}`} class={styles['title']} tabindex="-1">
                  {props.title}
                </h2>
                <Show when={props.description}>
                  <p id={`description-${id}`} class={styles['description']}>
                    {props.description}
                  </p>
                </Show>
              </div>
              <Show when={!props.locked}>
                <IconButton size="small" label={uiText('close')} onClick={close}>
                  <X />
                </IconButton>
              </Show>
            </header>
          </Show>
          {props.children}
          <Show when={props.footer}>
            <footer class={styles['foot']}>{props.footer}</footer>
          </Show>
        </div>
      </OverlayMountContext.Provider>
    </dialog>
  );
}
