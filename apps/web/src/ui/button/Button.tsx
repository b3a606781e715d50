import { mergeProps, Show, splitProps, type JSX } from 'solid-js';
import { Kbd } from '../kbd/Kbd.tsx';
import { Spinner } from '../spinner/Spinner.tsx';
import styles from './button.module.css';

export interface ButtonProps extends JSX.ButtonHTMLAttributes<HTMLButtonElement> {
  /** `primary` once per view at most. */
  variant?: 'primary' | 'secondary' | 'quiet' | 'danger';
  size?: 'small' | 'normal' | 'large';
  /** Shows that the action is under way; the button keeps its width and its focus and takes no second press. */
  busy?: boolean;
  /** Before the label. */
  icon?: JSX.Element;
  /** Printed after the label, for example `Mod+Enter`. The caller registers it. */
  shortcut?: string;
  /** As wide as its surroundings. */
  block?: boolean;
}

/** A button with a label. `type` is `button` unless given. */
export function Button(props: ButtonProps): JSX.Element {
  const merged = mergeProps({ variant: 'secondary', size: 'normal', type: 'button' } as const, props);
  const [own, rest] = splitProps(merged, ['variant', 'size', 'busy', 'icon', 'shortcut', 'block', 'children', 'class', 'onClick']);
  const onClick: JSX.EventHandler<HTMLButtonElement, MouseEvent> = (event) => {
    if (own.busy) event.preventDefault();
    else if (typeof own.onClick === 'function') own.onClick(event);
  };
  return (
    <button
      {...rest}
      class={`${styles['button']} ${styles[own.variant]} ${styles[own.size]} ${own.class ?? ''}`}
      classList={{ [styles['block']!]: own.block ?? false }}
      aria-busy={own.busy ? 'true' : undefined}
      aria-disabled={own.busy ? 'true' : undefined}
      onClick={onClick}
    >
      <Show when={own.busy}>
        <span class={styles['busy']}>
          <Spinner label={null} />
        </span>
      </Show>
      <span class={styles['inside']} classList={{ [styles['under']!]: own.busy ?? false }}>
        {own.icon}
        {own.children}
        <Show when={own.shortcut}>{(keys) => <Kbd keys={keys()} />}</Show>
      </span>
    </button>
  );
}
