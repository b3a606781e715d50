import X from 'lucide-solid/icons/x';
import { createEffect, For, Show, type JSX } from 'solid-js';
import { uiText } from '../ui.messages.ts';
import { dismissToast, holdToast, resumeToast, shownToasts } from './toasts.ts';
import styles from './toast.module.css';

/** Where toasts appear; once per page. */
export function Toaster(): JSX.Element {
  let region!: HTMLDivElement;
  createEffect(() => {
    // Into the top layer anew for each toast, or an open dialog would cover it.
    const any = shownToasts().length > 0;
    if (typeof region.showPopover !== 'function') return;
    if (region.matches(':popover-open')) region.hidePopover();
    if (any) region.showPopover();
  });
  return (
    <div ref={region} popover="manual" class={styles['region']} role="region" aria-label={uiText('notifications')}>
      <div class={styles['stack']} aria-live="polite">
        <For each={shownToasts()}>
          {(toast) => (
            <div
              class={styles['toast']}
              classList={{ [styles['bad']!]: toast.tone === 'bad' }}
              onPointerEnter={() => holdToast(toast.id)}
              onPointerLeave={() => resumeToast(toast.id)}
              onFocusIn={() => holdToast(toast.id)}
              onFocusOut={() => resumeToast(toast.id)}
            >
              <span class={styles['text']}>{toast.text}</span>
              <Show when={toast.action}>
                {(action) => (
                  <button
                    type="button"
                    class={styles['action']}
                    onClick={() => {
                      action().onAction();
                      dismissToast(toast.id);
                    }}
                  >
                    {action().label}
                  </button>
                )}
              </Show>
              <button type="button" class={styles['close']} aria-label={uiText('dismiss')} onClick={() => dismissToast(toast.id)}>
                <X size={14} />
              </button>
            </div>
          )}
        </For>
      </div>
    </div>
  );
}
