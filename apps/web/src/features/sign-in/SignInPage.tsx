import { useLocation } from '@solidjs/router';
import { createSignal, Show, type JSX } from 'solid-js';
import { useClient, useStatus } from '../../platform/client/clientContext.ts';
import { createSubmit } from '../../platform/forms/createSubmit.ts';
import { EntranceFrame } from '../../platform/entrance/EntranceFrame.tsx';
import entrance from '../../platform/entrance/entrance.module.css';
import { Banner } from '../../ui/banner/Banner.tsx';
import { Button } from '../../ui/button/Button.tsx';
import { Link } from '../../ui/link/Link.tsx';
import { TextField } from '../../ui/text-field/TextField.tsx';
import { t } from './signIn.messages.ts';

/** E-mail and password; the entrance leads on once the status says so. */
export function SignInPage(): JSX.Element {
  const client = useClient();
  const status = useStatus();
  const location = useLocation();
  const [email, setEmail] = createSignal('');
  const [password, setPassword] = createSignal('');
  const submit = createSubmit(() => client.account.signIn({ email: email().trim(), password: password() }), {
    WRONG_CREDENTIALS: 'password',
    INVALID_EMAIL: 'email',
  });
  const ended = (): boolean => {
    const now = status();
    return now.phase === 'signed-out' && now.because === 'SESSION_ENDED';
  };
  return (
    <EntranceFrame title={t('title')} lead={t('lead')} below={t('candidate')}>
      <form class={entrance['form']} onSubmit={submit.onSubmit}>
        <Show when={ended()}>
          <Banner tone="warn">{t('ended')}</Banner>
        </Show>
        <TextField label={t('email')} type="email" autocomplete="username" required autofocus value={email()} onValue={setEmail} error={submit.errorAt('email')} />
        <TextField label={t('password')} type="password" autocomplete="current-password" required value={password()} onValue={setPassword} error={submit.errorAt('password')} />
        <Show when={submit.errorAt('')}>{(text) => <Banner tone="bad">{text()}</Banner>}</Show>
        <Button type="submit" variant="primary" size="large" block busy={submit.busy()}>
          {t('submit')}
        </Button>
        <Link href={`/recover${location.search}`}>{t('forgot')}</Link>
      </form>
    </EntranceFrame>
  );
}
