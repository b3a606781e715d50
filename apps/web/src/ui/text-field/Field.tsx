import { createSignal, createUniqueId, Show, type JSX } from 'solid-js';
import { sentenceFor } from '../../platform/errors/errorText.ts';
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
  onInvalid(event: Event): void;
}

type Control = HTMLInputElement | HTMLTextAreaElement;

/** Label, hint and error around any one control. What the browser finds missing or wrong is said here, too. */
export function Field(props: FieldProps & { children: (control: () => FieldControl) => JSX.Element }): JSX.Element {
  const id = createUniqueId();
  const [found, setFound] = createSignal<'REQUIRED' | 'INVALID_EMAIL'>();
  const error = (): string | undefined => (found() ? sentenceFor(found()!) : props.error);
  /** In the language of the page, where the browser's own bubble speaks the browser's. */
  const onInvalid = (event: Event): void => {
    event.preventDefault();
    const control = event.currentTarget as Control;
    setFound(control.validity.valueMissing ? 'REQUIRED' : 'INVALID_EMAIL');
    if (control.form?.querySelector(':is(input, textarea):invalid') === control) control.focus();
  };
  const control = (): FieldControl => ({
    id: `field-${id}`,
    'aria-describedby': error() ? `error-${id}` : props.hint ? `hint-${id}` : undefined,
    'aria-invalid': error() ? 'true' : undefined,
    onInvalid,
  });
  return (
    <div class={styles['field']} onInput={() => setFound(undefined)}>
      <label class={styles['label']} classList={{ [visuallyHidden]: props.hideLabel ?? false }} for={`field-${id}`}>
        {props.label}
        <Show when={props.optional}>
          <span class={styles['optional']}> {uiText('optional')}</span>
        </Show>
      </label>
      {props.children(control)}
      <div aria-live="polite">
        <Show when={error()}>
          {(sentence) => (
            <p id={`error-${id}`} class={styles['error']}>
              {sentence()}
            </p>
          )}
        </Show>
      </div>
      <Show when={props.hint && !error()}>
        <div id={`hint-${id}`} class={styles['hint']}>
          {props.hint}
        </div>
      </Show>
    </div>
  );
}
