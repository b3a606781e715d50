import { createSignal, Match, Show, Switch, type JSX } from 'solid-js';
import { useClient, useViewer } from '../../platform/client/clientContext.ts';
import { createSubmit } from '../../platform/forms/createSubmit.ts';
import { RecoveryKitSteps } from '../../platform/recovery-kit/RecoveryKitSteps.tsx';
import type { RecoveryKit } from '../../session/contract.ts';
import { Banner } from '../../ui/banner/Banner.tsx';
import { Button } from '../../ui/button/Button.tsx';
import { Dialog } from '../../ui/dialog/Dialog.tsx';
import { NewPasswordField } from '../../ui/new-password-field/NewPasswordField.tsx';
import { TextField } from '../../ui/text-field/TextField.tsx';
import { showToast } from '../../ui/toast/toasts.ts';
import { t } from './settings.messages.ts';
import styles from './settings.module.css';
import { SplitKit } from './SplitKit.tsx';

/** Password, recovery words, and for partners the firm's kit. */
export function Security(): JSX.Element {
  const viewer = useViewer();
  const [open, setOpen] = createSignal<'password' | 'recovery' | 'split'>();
  const close = (): void => {
    setOpen(undefined);
  };
  return (
    <>
      <div class={styles['line']}>
        <div class={styles['words']}>
          <span>{t('password')}</span>
          <span class={styles['quiet']}>{t('passwordText')}</span>
        </div>
        <Button onClick={() => setOpen('password')}>{t('change')}</Button>
      </div>
      <div class={styles['line']}>
        <div class={styles['words']}>
          <span>{t('recovery')}</span>
          <span class={styles['quiet']}>{t('recoveryText')}</span>
        </div>
        <Button onClick={() => setOpen('recovery')}>{t('renew')}</Button>
      </div>
      <Show when={viewer()?.role === 'PARTNER'}>
        <div class={styles['line']}>
          <div class={styles['words']}>
            <span>{t('firmKit')}</span>
            <span class={styles['quiet']}>{t('firmKitText')}</span>
          </div>
          <Button onClick={() => setOpen('split')}>{t('split')}</Button>
        </div>
      </Show>
      <Switch>
        <Match when={open() === 'password'}>
          <ChangePassword onClose={close} />
        </Match>
        <Match when={open() === 'recovery'}>
          <RenewRecovery onClose={close} />
        </Match>
        <Match when={open() === 'split'}>
          <SplitKit onClose={close} />
        </Match>
      </Switch>
    </>
  );
}

function ChangePassword(props: { onClose(): void }): JSX.Element {
  const client = useClient();
  const viewer = useViewer();
  const [current, setCurrent] = createSignal('');
  const [next, setNext] = createSignal('');
  const submit = createSubmit(
    async () => {
      await client.account.setPassword({ currentPassword: current(), newPassword: next() });
      showToast(t('changed'));
      props.onClose();
    },
    { WRONG_PASSWORD: 'current', WRONG_CREDENTIALS: 'current', WEAK_PASSWORD: 'next' },
  );
  return (
    <Dialog open size="small" title={t('change')} onClose={() => props.onClose()}>
      <form class={styles['form']} onSubmit={submit.onSubmit}>
        <TextField data-autofocus label={t('current')} type="password" autocomplete="current-password" required value={current()} onValue={setCurrent} error={submit.errorAt('current')} />
        <NewPasswordField
          label={t('next')}
          hint={t('nextHint')}
          own={[viewer()?.name ?? '', viewer()?.email ?? '', viewer()?.firmName ?? '']}
          value={next()}
          onValue={setNext}
          error={submit.errorAt('next')}
        />
        <Show when={submit.errorAt('')}>{(text) => <Banner tone="bad">{text()}</Banner>}</Show>
        <div class={styles['foot']}>
          <Button onClick={() => props.onClose()}>{t('cancel')}</Button>
          <Button type="submit" variant="primary" busy={submit.busy()}>
            {t('change')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function RenewRecovery(props: { onClose(): void }): JSX.Element {
  const client = useClient();
  const viewer = useViewer();
  const [current, setCurrent] = createSignal('');
  const [kit, setKit] = createSignal<RecoveryKit>();
  const submit = createSubmit(
    async () => {
      setKit(await client.account.renewRecoveryCode({ currentPassword: current() }));
      setCurrent('');
    },
    { WRONG_PASSWORD: 'current', WRONG_CREDENTIALS: 'current' },
  );
  const done = (): void => {
    showToast(t('renewed'));
    props.onClose();
  };
  return (
    // Once the words are on the screen the old ones are void: it closes when these are kept.
    <Dialog open size={kit() ? 'wide' : 'small'} locked={kit() !== undefined} title={t('renewTitle')} description={t('renewText')} onClose={() => props.onClose()}>
      <Show
        when={kit()}
        fallback={
          <form class={styles['form']} onSubmit={submit.onSubmit}>
            <TextField data-autofocus label={t('current')} type="password" autocomplete="current-password" required value={current()} onValue={setCurrent} error={submit.errorAt('current')} />
            <Show when={submit.errorAt('')}>{(text) => <Banner tone="bad">{text()}</Banner>}</Show>
            <div class={styles['foot']}>
              <Button onClick={() => props.onClose()}>{t('cancel')}</Button>
              <Button type="submit" variant="primary" busy={submit.busy()}>
                {t('go')}
              </Button>
            </div>
          </form>
        }
      >
        {(made) => <RecoveryKitSteps kit={made()} owner={viewer()?.name ?? ''} onDone={done} />}
      </Show>
    </Dialog>
  );
}
