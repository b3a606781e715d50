import { Popover as Ark } from '@ark-ui/solid/popover';
import type { JSX } from 'solid-js';
import { Portal } from 'solid-js/web';
import overlay from '../overlay/overlay.module.css';
import { useOverlayMount } from '../overlay/overlayMount.ts';
import styles from './popover.module.css';

/** A small panel beside its button, for what is neither a list of actions nor worth a dialog. The focus goes in and comes back. */
export function Popover(props: {
  trigger: (trigger: Record<string, unknown>) => JSX.Element;
  /** The panel's accessible name. */
  label: string;
  children: JSX.Element | ((close: () => void) => JSX.Element);
  placement?: 'bottom-start' | 'bottom-end' | 'top-start' | 'top-end';
  open?: boolean;
  onOpenChange?(open: boolean): void;
}): JSX.Element {
  const mount = useOverlayMount();
  return (
    <Ark.Root
      lazyMount
      unmountOnExit
      positioning={{ placement: props.placement ?? 'bottom-start', gutter: 6, strategy: 'fixed' }}
      {...(props.open === undefined ? {} : { open: props.open })}
      onOpenChange={(details) => props.onOpenChange?.(details.open)}
    >
      <Ark.Trigger asChild={(trigger) => props.trigger(trigger() as Record<string, unknown>)} />
      <Portal mount={mount()}>
        <Ark.Positioner>
          <Ark.Content class={`${overlay['panel']} ${styles['content']}`} aria-label={props.label}>
            <Ark.Context>
              {(context) => (typeof props.children === 'function' ? props.children(() => context().setOpen(false)) : props.children)}
            </Ark.Context>
          </Ark.Content>
        </Ark.Positioner>
      </Portal>
    </Ark.Root>
  );
}
