import { useNavigate } from '@solidjs/router';
import { createEffect, createSignal, untrack, type JSX } from 'solid-js';
import { useClient, useStatus } from '../../platform/client/clientContext.ts';
import { createSubmit } from '../../platform/forms/createSubmit.ts';
import type { ViewerSummary } from '../../session/contract.ts';
import { Button } from '../../ui/button/Button.tsx';
import { Dialog } from '../../ui/dialog/Dialog.tsx';
import { TextField } from '../../ui/text-field/TextField.tsx';
import { forgetSessionEnd, sessionEndNoticed } from './sessionEnd.ts';
import { t } from './shell.messages.ts';
import styles from './shell.module.css';

/** The session ended while somebody works: they sign in again over the page, which stays as it is. */
export function SessionEnded(props: { viewer: ViewerSummary; onBack(): void }): JSX.Element {
  const client = useClient();
  const status = useStatus();
  const navigate = useNavigate();
  const [password, setPassword] = createSignal('');
  const ended = (): boolean => {
    const now = status();
    return (now.phase === 'signed-out' && now.because === 'SESSION_ENDED') || (sessionEndNoticed() && now.phase === 'signed-in');
  };
  /** The worker may believe in a session that the server has ended, and lets nobody in beside it: it asks, too. */
  const confirm = async (): Promise<void> => {
    if (status().phase === 'signed-in') await client.account.confirmSession();
    if (status().phase === 'signed-in') forgetSessionEnd();
  };
  createEffect(() => {
    if (sessionEndNoticed()) void untrack(confirm).catch(() => {});
  });
  const { busy, error, onSubmit } = createSubmit(async () => {
    await confirm();
    if (status().phase !== 'signed-in') await client.account.signIn({ email: props.viewer.email ?? '', password: password() });
    setPassword('');
    forgetSessionEnd();
    props.onBack();
  });
  return (
    <Dialog open={ended()} locked onClose={() => {}} size="small" title={t('ended.title')} description={t('ended.text')}>
      <form onSubmit={onSubmit} class={styles['form']}>
        <TextField label={t('ended.email')} type="email" autocomplete="username" readonly value={props.viewer.email ?? ''} onValue={() => {}} />
        <TextField
          data-autofocus
          label={t('ended.password')}
          type="password"
          autocomplete="current-password"
          value={password()}
          onValue={setPassword}
          error={error()?.text}
        />
        <Button type="submit" variant="primary" block busy={busy()}>
          {t('ended.submit')}
        </Button>
        <Button
          variant="quiet"
          block
          onClick={() => {
            forgetSessionEnd();
            void client.account.signOut().catch(() => {});
            navigate('/sign-in');
          }}
        >
          {t('ended.other')}
        </Button>
      </form>
    </Dialog>
  );
}
