import { isBatonError } from '@baton/base';
import { createSignal, Show, type JSX } from 'solid-js';
import { useClient } from '../../../platform/client/clientContext.ts';
import { Button } from '../../../ui/button/Button.tsx';
import { Sheet } from '../../../ui/sheet/Sheet.tsx';
import { TextField } from '../../../ui/text-field/TextField.tsx';
import { later as t } from '../later.messages.ts';
import { copySignInAddress, signInAddress } from './signInAddress.ts';
import styles from './talk.module.css';

type Failure = 'invalidEmail' | 'emailTaken' | 'weak' | 'offline' | 'failed';
const failures: Readonly<Record<string, Failure>> = { INVALID_EMAIL: 'invalidEmail', EMAIL_TAKEN: 'emailTaken', WEAK_PASSWORD: 'weak', OFFLINE: 'offline' };

/** A candidate's first password: so that the conversation is not bound to this one browser. */
export function PasswordSheet(props: { onClose(): void }): JSX.Element {
  const client = useClient();
  const [email, setEmail] = createSignal('');
  const [password, setPassword] = createSignal('');
  const [busy, setBusy] = createSignal(false);
  const [done, setDone] = createSignal(false);
  const [failure, setFailure] = createSignal<Failure | null>(null);
  const errorIn = (...here: Failure[]) => here.filter((kind) => kind === failure()).map((kind) => t(`password.${kind}`))[0];

  async function save(): Promise<void> {
    if (busy()) return;
    if (!/^\S+@\S+\.\S+$/.test(email().trim())) return void setFailure('invalidEmail');
    if ([...password()].length < 10) return void setFailure('weak');
    setBusy(true);
    setFailure(null);
    try {
      await client.account.setPassword({ email: email().trim(), newPassword: password() });
      setPassword('');
      setDone(true);
    } catch (error) {
      setFailure((isBatonError(error) && failures[error.code]) || 'failed');
    } finally {
      setBusy(false);
    }
  }

  return (
    <Show
      when={!done()}
      fallback={
        <Sheet
          open
          onClose={props.onClose}
          title={t('password.done')}
          description={t('password.doneText', signInAddress())}
          footer={
            <>
              <Button variant="quiet" onClick={() => void copySignInAddress()}>
                {t('password.copy')}
              </Button>
              <Button variant="primary" onClick={() => props.onClose()}>
                {t('password.close')}
              </Button>
            </>
          }
        />
      }
    >
      <Sheet
        open
        onClose={props.onClose}
        title={t('password.title')}
        description={t('password.text')}
        footer={
          <>
            <Button variant="quiet" onClick={() => props.onClose()}>
              {t('password.later')}
            </Button>
            <Button variant="primary" type="submit" form="first-password" busy={busy()}>
              {busy() ? t('password.saving') : t('password.save')}
            </Button>
          </>
        }
      >
        <form
          id="first-password"
          class={styles.form}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            void save();
          }}
        >
          <TextField
            label={t('password.email')}
            hint={t('password.emailHint')}
            type="email"
            name="email"
            autocomplete="email"
            value={email()}
            onValue={setEmail}
            error={errorIn('invalidEmail', 'emailTaken')}
            data-autofocus
          />
          <TextField
            label={t('password.password')}
            hint={t('password.passwordHint')}
            type="password"
            name="password"
            autocomplete="new-password"
            value={password()}
            onValue={setPassword}
            error={errorIn('weak', 'offline', 'failed')}
          />
        </form>
      </Sheet>
    </Show>
  );
}
