import Eye from 'lucide-solid/icons/eye';
import EyeOff from 'lucide-solid/icons/eye-off';
import { createSignal, Show, splitProps, type JSX } from 'solid-js';
import { IconButton } from '../icon-button/IconButton.tsx';
import { uiText } from '../ui.messages.ts';
import { Field, type FieldProps } from './Field.tsx';
import styles from './field.module.css';

export interface TextFieldProps extends FieldProps, Omit<JSX.InputHTMLAttributes<HTMLInputElement>, 'id' | 'onInput' | 'prefix'> {
  value: string;
  onValue(value: string): void;
  /** Icon before the text. */
  icon?: JSX.Element;
  /** Anything after the text: a unit, a button. */
  after?: JSX.Element;
}

/** One line of text with its label, hint and error. With `type="password"` it can be shown. */
export function TextField(props: TextFieldProps): JSX.Element {
  const [field, own, rest] = splitProps(
    props,
    ['label', 'hideLabel', 'hint', 'error', 'optional'],
    ['value', 'onValue', 'icon', 'after', 'type', 'class'],
  );
  const [shown, setShown] = createSignal(false);
  return (
    <Field {...field}>
      {(control) => (
        <div class={`${styles['box']} ${own.class ?? ''}`}>
          {own.icon}
          <input
            {...rest}
            {...control()}
            type={own.type === 'password' && shown() ? 'text' : (own.type ?? 'text')}
            class={styles['input']}
            value={own.value}
            onInput={(event) => own.onValue(event.currentTarget.value)}
          />
          <Show when={own.type === 'password'}>
            <IconButton size="small" label={shown() ? uiText('hidePassword') : uiText('showPassword')} onClick={() => setShown(!shown())}>
              <Show when={shown()} fallback={<Eye />}>
                <EyeOff />
              </Show>
            </IconButton>
          </Show>
          {own.after}
        </div>
      )}
    </Field>
  );
}
