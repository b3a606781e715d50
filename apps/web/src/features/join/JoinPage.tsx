import BadgeCheck from 'lucide-solid/icons/badge-check';
import { isBatonError } from '@baton/base';
import { useNavigate } from '@solidjs/router';
import { createEffect, createResource, createSignal, Match, Show, Switch, type JSX } from 'solid-js';
import { useClient, useViewer } from '../../platform/client/clientContext.ts';
import { createSubmit } from '../../platform/forms/createSubmit.ts';
import { EntranceFrame } from '../../platform/entrance/EntranceFrame.tsx';
import entrance from '../../platform/entrance/entrance.module.css';
import { hideExposedSecret } from '../../platform/entrance/exposedLink.ts';
import { errorText, sentenceFor } from '../../platform/errors/errorText.ts';
import { formatDate } from '../../platform/i18n/format.ts';
import { t as kitText } from '../../platform/recovery-kit/recoveryKit.messages.ts';
import { RecoveryKitSteps } from '../../platform/recovery-kit/RecoveryKitSteps.tsx';
import type { LinkView, RecoveryKit } from '../../session/contract.ts';
import { Banner } from '../../ui/banner/Banner.tsx';
import { Button } from '../../ui/button/Button.tsx';
import { Link } from '../../ui/link/Link.tsx';
import { NewPasswordField } from '../../ui/new-password-field/NewPasswordField.tsx';
import { Skeleton } from '../../ui/skeleton/Skeleton.tsx';
import { TextField } from '../../ui/text-field/TextField.tsx';
import { t } from './join.messages.ts';
import styles from './join.module.css';

/** Why a link that was read cannot be used. */
function refusalOf(link: LinkView): string | undefined {
  if (link.kind !== 'colleague') return t('wrongKind');
  if (link.state === 'expired') return sentenceFor('LINK_EXPIRED');
  if (link.state === 'revoked') return sentenceFor('LINK_REVOKED');
  if (link.state === 'claimed') return link.claimedAt ? t('used', formatDate(link.claimedAt, { dateStyle: 'medium', timeStyle: 'short' })) : sentenceFor('ALREADY_CLAIMED');
  return undefined;
}

/** Whether the link is to blame, and not that nobody could be asked, or that this browser keeps nothing. */
const isOfLink = (error: unknown): boolean => isBatonError(error) && error.code.startsWith('LINK_');

/** A colleague's link: who invites to what, then name, address and password, then the recovery kit. */
export function JoinPage(): JSX.Element {
  const client = useClient();
  const viewer = useViewer();
  const navigate = useNavigate();
  // Kept here, and taken out of the address: it holds the link's secret.
  const address = location.href;
  hideExposedSecret();
  const [link, { refetch }] = createResource(() => client.account.inspectLink(address));
  const [kit, setKit] = createSignal<RecoveryKit>();
  const [name, setName] = createSignal('');
  const [email, setEmail] = createSignal('');
  const [password, setPassword] = createSignal('');
  createEffect(() => {
    if (link.state === 'ready' && name() === '') setName(link()?.inviteeName ?? '');
  });
  const submit = createSubmit(
    async () => {
      const made = await client.account.joinAsColleague({ link: address, name: name().trim(), email: email().trim(), password: password() });
      history.replaceState(history.state, '', `/join/${link()?.invitationId ?? ''}`);
      setPassword('');
      setKit(made);
    },
    { WEAK_PASSWORD: 'password', INVALID_EMAIL: 'email', EMAIL_TAKEN: 'email', NAME_NEEDS_LETTER: 'name' },
  );

  const usable = (): LinkView | undefined => (link.state === 'ready' && refusalOf(link()) === undefined ? link() : undefined);

  return (
    <Switch>
      <Match when={kit()}>
        {(made) => (
          <EntranceFrame title={kitText('title')} lead={kitText('lead')} wide>
            <RecoveryKitSteps kit={made()} owner={name()} onDone={() => navigate('/inbox', { replace: true })} />
          </EntranceFrame>
        )}
      </Match>
      <Match when={viewer()}>
        {(me) => (
          <EntranceFrame title={t('refused')} lead={t('signedIn', me().name)}>
            <div class={styles['actions']}>
              <Link look="primary" href="/inbox">
                {t('home')}
              </Link>
              <Button onClick={() => void client.account.signOut()}>{t('signOut')}</Button>
            </div>
          </EntranceFrame>
        )}
      </Match>
      <Match when={link.state === 'errored'}>
        <EntranceFrame title={t(isOfLink(link.error) ? 'refused' : 'unread')} lead={errorText(link.error)}>
          <div class={styles['actions']}>
            <Button onClick={() => void refetch()}>{t('again')}</Button>
          </div>
        </EntranceFrame>
      </Match>
      <Match when={link.state === 'ready' && refusalOf(link())}>
        {(reason) => (
          <EntranceFrame title={t('refused')} lead={reason()}>
            <div class={styles['actions']}>
              <Link look="button" href="/sign-in">
                {t('signIn')}
              </Link>
            </div>
          </EntranceFrame>
        )}
      </Match>
      <Match when={usable()}>
        {(invitation) => (
          <EntranceFrame title={t('title', invitation().firmName)} lead={t('lead', invitation().inviterName, t(`role.${invitation().role ?? 'RESEARCHER'}`))}>
            <p class={styles['verified']}>
              <BadgeCheck size={16} aria-hidden="true" />
              {t('verified')}
            </p>
            <form class={entrance['form']} onSubmit={submit.onSubmit}>
              <TextField label={t('name')} autocomplete="name" required maxLength={200} value={name()} onValue={setName} error={submit.errorAt('name')} />
              <TextField label={t('email')} type="email" autocomplete="username" required autofocus value={email()} onValue={setEmail} error={submit.errorAt('email')} />
              <NewPasswordField label={t('password')} hint={t('passwordHint')} own={[name(), email(), invitation().firmName]} value={password()} onValue={setPassword} error={submit.errorAt('password')} />
              <Show when={submit.errorAt('')}>{(text) => <Banner tone="bad">{text()}</Banner>}</Show>
              <Button type="submit" variant="primary" size="large" block busy={submit.busy()}>
                {t('submit')}
              </Button>
            </form>
          </EntranceFrame>
        )}
      </Match>
      <Match when={link.loading}>
        <EntranceFrame title={t('reading')}>
          <div class={styles['skeletons']}>
            <Skeleton height="32px" />
            <Skeleton height="32px" />
            <Skeleton height="52px" />
          </div>
        </EntranceFrame>
      </Match>
    </Switch>
  );
}
