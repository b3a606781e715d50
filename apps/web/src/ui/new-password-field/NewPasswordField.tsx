import { createUniqueId, For, type JSX } from 'solid-js';
import { TextField } from '../text-field/TextField.tsx';
import { uiText } from '../ui.messages.ts';
import { passwordStrength } from './passwordStrength.ts';
import styles from './new-password-field.module.css';

const words = ['weakest', 'weak', 'fair', 'good', 'strong'] as const;

/** A password that somebody chooses, with how hard it is to guess while they type. `own`: what others know of them. */
export function NewPasswordField(props: {
  label: string;
  hint?: string;
  value: string;
  onValue(value: string): void;
  own?: readonly string[];
  error?: string | undefined;
  autofocus?: boolean;
}): JSX.Element {
  const id = createUniqueId();
  const strength = (): number => passwordStrength(props.value, props.own);
  return (
    <div>
      <TextField
        label={props.label}
        type="password"
        autocomplete="new-password"
        value={props.value}
        onValue={props.onValue}
        error={props.error}
        hint={props.value === '' ? props.hint : undefined}
        autofocus={props.autofocus}
      />
      <div id={id} class={styles['meter']} classList={{ [styles['shown']!]: props.value !== '' }} data-strength={strength()}>
        <span class={styles['bars']} aria-hidden="true">
          <For each={[1, 2, 3, 4]}>{(bar) => <i classList={{ [styles['on']!]: strength() >= bar }} />}</For>
        </span>
        <span role="status">{props.value === '' ? '' : uiText(`strength.${words[strength()]!}` as 'strength.good')}</span>
      </div>
    </div>
  );
}
