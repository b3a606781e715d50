import ChevronDown from 'lucide-solid/icons/chevron-down';
import { For, splitProps, type JSX } from 'solid-js';
import { Field, type FieldProps } from '../text-field/Field.tsx';
import fieldStyles from '../text-field/field.module.css';
import styles from './select.module.css';

export interface SelectOption<T extends string> {
  value: T;
  label: string;
  disabled?: boolean;
}

/** One of a short list. The browser's own control: the best there is on phones and for screen readers, drawn as ours. */
export function Select<T extends string>(
  props: FieldProps & { options: readonly SelectOption<T>[]; value: T; onChange(value: T): void; disabled?: boolean; name?: string },
): JSX.Element {
  const [field, own] = splitProps(props, ['label', 'hideLabel', 'hint', 'error', 'optional']);
  return (
    <Field {...field}>
      {(control) => (
        <div class={`${fieldStyles['box']} ${styles['box']}`}>
          <select
            {...control()}
            class={styles['select']}
            name={own.name}
            disabled={own.disabled}
            value={own.value}
            onChange={(event) => own.onChange(event.currentTarget.value as T)}
          >
            <For each={own.options}>
              {(option) => (
                <option value={option.value} disabled={option.disabled} selected={option.value === own.value}>
                  {option.label}
                </option>
              )}
            </For>
          </select>
          <ChevronDown aria-hidden="true" />
        </div>
      )}
    </Field>
  );
}
