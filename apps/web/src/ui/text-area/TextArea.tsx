import { createEffect, on, splitProps, type JSX } from 'solid-js';
import { Field, type FieldProps } from '../text-field/Field.tsx';
import fieldStyles from '../text-field/field.module.css';
import styles from './text-area.module.css';

export interface TextAreaProps extends FieldProps, Omit<JSX.TextareaHTMLAttributes<HTMLTextAreaElement>, 'id' | 'onInput' | 'ref'> {
  value: string;
  onValue(value: string): void;
  /** Without border, for a composer that draws its own. */
  bare?: boolean;
  ref?: (element: HTMLTextAreaElement) => void;
}

/** Several lines; grows with its text up to the `max-height` that its class gives it. */
export function TextArea(props: TextAreaProps): JSX.Element {
  const [field, own, rest] = splitProps(props, ['label', 'hideLabel', 'hint', 'error', 'optional'], ['value', 'onValue', 'class', 'bare', 'ref']);
  let element!: HTMLTextAreaElement;
  createEffect(
    on(
      () => own.value,
      () => {
        element.style.height = 'auto';
        element.style.height = `${element.scrollHeight}px`;
      },
    ),
  );
  return (
    <Field {...field}>
      {(control) => (
        <div class={own.bare ? styles['bare'] : `${fieldStyles['box']} ${styles['box']}`}>
          <textarea
            rows={1}
            {...rest}
            {...control()}
            ref={(found) => {
              element = found;
              own.ref?.(found);
            }}
            class={`${fieldStyles['input']} ${styles['area']} ${own.class ?? ''}`}
            value={own.value}
            onInput={(event) => own.onValue(event.currentTarget.value)}
          />
        </div>
      )}
    </Field>
  );
}
