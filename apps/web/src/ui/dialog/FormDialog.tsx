import { createUniqueId, type JSX } from 'solid-js';
import { Button } from '../button/Button.tsx';
import { uiText } from '../ui.messages.ts';
import { Dialog, type DialogProps } from './Dialog.tsx';
import styles from './form-dialog.module.css';

export interface FormDialogProps extends Omit<DialogProps, 'open' | 'footer'> {
  /** What the button that sends the form says. */
  submit: string;
  /** The form is on its way: it can't be sent again. */
  busy?: boolean;
  onSubmit(event: SubmitEvent): void;
}

/** A form in a dialog of its own, with the way back and the way on at its foot. Enter in a field sends it. */
export function FormDialog(props: FormDialogProps): JSX.Element {
  const id = createUniqueId();
  return (
    <Dialog
      {...props}
      open
      footer={
        <>
          <Button onClick={() => props.onClose()}>{uiText('cancel')}</Button>
          <Button variant="primary" type="submit" form={id} busy={props.busy ?? false}>
            {props.submit}
          </Button>
        </>
      }
    >
      <form
        id={id}
        class={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (!props.busy) props.onSubmit(event);
        }}
      >
        {props.children}
      </form>
    </Dialog>
  );
}
