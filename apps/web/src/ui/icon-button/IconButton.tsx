import { mergeProps, splitProps, type JSX } from 'solid-js';
import { Tooltip } from '../tooltip/Tooltip.tsx';
import styles from './icon-button.module.css';

export interface IconButtonProps extends Omit<JSX.ButtonHTMLAttributes<HTMLButtonElement>, 'aria-label'> {
  /** The accessible name, and the tooltip's words. */
  label: string;
  shortcut?: string;
  /** `filled` for the one action of a bar, for example Send on a phone. */
  variant?: 'plain' | 'filled';
  size?: 'small' | 'normal';
  /** Shown as switched on. */
  pressed?: boolean;
}

/** A button that is an icon; its name shows as a tooltip. */
export function IconButton(props: IconButtonProps): JSX.Element {
  const merged = mergeProps({ type: 'button', variant: 'plain', size: 'normal' } as const, props);
  const [own, rest] = splitProps(merged, ['label', 'shortcut', 'variant', 'size', 'pressed', 'children', 'class', 'ref', 'onClick', 'onKeyDown']);
  return (
    <Tooltip text={own.label} shortcut={own.shortcut}>
      {(trigger) => (
        <button
          {...rest}
          ref={(element) => {
            trigger.ref(element);
            if (typeof own.ref === 'function') own.ref(element);
          }}
          onPointerEnter={trigger.onPointerEnter}
          onPointerLeave={trigger.onPointerLeave}
          onPointerDown={trigger.onPointerDown}
          onFocus={trigger.onFocus}
          onBlur={trigger.onBlur}
          onKeyDown={(event) => {
            trigger.onKeyDown(event);
            if (typeof own.onKeyDown === 'function') own.onKeyDown(event);
          }}
          onClick={own.onClick}
          aria-label={own.label}
          aria-pressed={own.pressed}
          class={`${styles['button']} ${styles[own.variant]} ${styles[own.size]} ${own.class ?? ''}`}
        >
          {own.children}
        </button>
      )}
    </Tooltip>
  );
}
