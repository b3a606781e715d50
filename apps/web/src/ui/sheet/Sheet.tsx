import type { JSX } from 'solid-js';
import { Dialog, type DialogProps } from '../dialog/Dialog.tsx';

/** A dialog that rises from the lower edge of a phone, where the thumb is; on a desk it is a dialog. */
export function Sheet(props: Omit<DialogProps, 'shape'>): JSX.Element {
  return <Dialog {...props} shape="sheet" />;
}
