import { createUniqueId, Show, type JSX } from 'solid-js';
import { uiText } from '../ui.messages.ts';
import { visuallyHidden } from '../visually-hidden/visuallyHidden.ts';
import styles from './field.module.css';

export interface FieldProps {
  label: string;
  /** The label is heard but not seen; for fields whose place says enough. */
  hideLabel?: boolean;
  /** What helps before one types. */
  hint?: JSX.Element;
  /** What is wrong and what to do. Announced when it appears. */
  error?: string | undefined;
  optional?: boolean;
}

/** What the control inside must carry. */
export interface FieldControl {
  id: string;
  'aria-describedby': string | undefined;
  'aria-invalid': 'true' | undefined;
}

/** Label, hint and error around any one control. */
export function Field(props: FieldProps & { children: (control: () => FieldControl) => JSX.Element }): JSX.Element {
  const id = createUniqueId();
  const control = (): FieldControl => ({
    id: `field-${id}`,
    'aria-describedby': props.error ? `error-${id}` : props.hint ? `hint-${id}` : undefined,
    'aria-invalid': props.error ? 'true' : undefined,
  });
  return (
    <div class={styles['field']}>
      <label class={styles['label']} classList={{ [visuallyHidden]: props.hideLabel ?? false }} for={`field-${id}`}>
        {props.label}
        <Show when={props.optional}>
          <span class={styles['optional']}> {uiText('optional')}</span>
        </Show>
      </label>
      {props.children(control)}
      <div aria-live="polite">
        <Show when={props.error}>
          <p id={`error-${id}`} class={styles['error']}>
            {props.error}
          </p>
        </Show>
      </div>
      <Show when={props.hint && !props.error}>
        <div id={`hint-${id}`} class={styles['hint']}>
          {props.hint}
        </div>
      </Show>
    </div>
  );
}
