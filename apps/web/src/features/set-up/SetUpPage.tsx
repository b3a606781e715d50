import FileUp from 'lucide-solid/icons/file-up';
import SquareKanban from 'lucide-solid/icons/square-kanban';
import UserPlus from 'lucide-solid/icons/user-plus';
import { createSignal, For, Match, Show, Switch, type JSX } from 'solid-js';
import { useClient } from '../../platform/client/clientContext.ts';
import { createSubmit } from '../../platform/forms/createSubmit.ts';
import { EntranceFrame } from '../../platform/entrance/EntranceFrame.tsx';
import entrance from '../../platform/entrance/entrance.module.css';
import { t as kitText } from '../../platform/recovery-kit/recoveryKit.messages.ts';
import { RecoveryKitSteps } from '../../platform/recovery-kit/RecoveryKitSteps.tsx';
import type { RecoveryKit } from '../../session/contract.ts';
import { Banner } from '../../ui/banner/Banner.tsx';
import { Button } from '../../ui/button/Button.tsx';
import { Link } from '../../ui/link/Link.tsx';
import { NewPasswordField } from '../../ui/new-password-field/NewPasswordField.tsx';
import { TextField } from '../../ui/text-field/TextField.tsx';
import { t } from './setUp.messages.ts';
import styles from './set-up.module.css';

const steps = ['firm', 'kit', 'done'] as const;
type Step = (typeof steps)[number];

/** The first page of a new installation: firm and partner, the recovery kit, and where to begin. */
export function SetUpPage(): JSX.Element {
  const client = useClient();
  const [step, setStep] = createSignal<Step>('firm');
  const [firmName, setFirmName] = createSignal('');
  const [name, setName] = createSignal('');
  const [email, setEmail] = createSignal('');
  const [password, setPassword] = createSignal('');
  const [kit, setKit] = createSignal<RecoveryKit>();
  const own = (): string[] => [firmName(), name(), email()];

  const submit = createSubmit(
    async () => {
      setKit(await client.account.setUpFirm({ firmName: firmName().trim(), name: name().trim(), email: email().trim(), password: password() }));
      setPassword('');
      setStep('kit');
    },
    { WEAK_PASSWORD: 'password', INVALID_EMAIL: 'email', EMAIL_TAKEN: 'email', NAME_NEEDS_LETTER: 'name', REQUIRED: 'firmName' },
  );

  const above = (
    <ol class={styles['steps']} aria-label={t('steps.label')}>
      <For each={steps}>
        {(each, at) => (
          <li classList={{ [styles['done']!]: at() < steps.indexOf(step()) }} aria-current={each === step() ? 'step' : undefined}>
            {t(`steps.${each}`)}
          </li>
        )}
      </For>
    </ol>
  );

  return (
    <Switch>
      <Match when={step() === 'firm'}>
        <EntranceFrame title={t('title')} lead={t('lead')} above={above}>
          <form class={entrance['form']} onSubmit={submit.onSubmit}>
            <TextField label={t('firmName')} placeholder={t('firmPlaceholder')} autocomplete="organization" required maxLength={200} autofocus value={firmName()} onValue={setFirmName} error={submit.errorAt('firmName')} />
            <TextField label={t('name')} autocomplete="name" required maxLength={200} value={name()} onValue={setName} error={submit.errorAt('name')} />
            <TextField label={t('email')} type="email" autocomplete="username" required value={email()} onValue={setEmail} error={submit.errorAt('email')} />
            <NewPasswordField label={t('password')} hint={t('passwordHint')} own={own()} value={password()} onValue={setPassword} error={submit.errorAt('password')} />
            <Show when={submit.errorAt('')}>{(text) => <Banner tone="bad">{text()}</Banner>}</Show>
            <Button type="submit" variant="primary" size="large" block busy={submit.busy()}>
              {t('submit')}
            </Button>
            <p class={styles['working']} role="status">
              {submit.busy() ? t('working') : ''}
            </p>
          </form>
        </EntranceFrame>
      </Match>
      <Match when={step() === 'kit' && kit()}>
        {(made) => (
          <EntranceFrame title={kitText('title')} lead={kitText('lead')} wide above={above}>
            <RecoveryKitSteps kit={made()} owner={name()} onDone={() => setStep('done')} />
          </EntranceFrame>
        )}
      </Match>
      <Match when={step() === 'done'}>
        <EntranceFrame title={t('done.title', firmName())} lead={t('done.lead')} above={above}>
          <div class={styles['first']}>
            <For
              each={[
                { href: '/projects', icon: SquareKanban, title: t('done.project'), text: t('done.projectText') },
                { href: '/import', icon: FileUp, title: t('done.import'), text: t('done.importText') },
                { href: '/colleagues', icon: UserPlus, title: t('done.colleague'), text: t('done.colleagueText') },
              ]}
            >
              {(choice) => (
                <Link look="plain" class={styles['choice'] ?? ''} href={choice.href}>
                  <span class={styles['icon']}>
                    <choice.icon size={18} />
                  </span>
                  <span>
                    <b>{choice.title}</b>
                    <span>{choice.text}</span>
                  </span>
                </Link>
              )}
            </For>
          </div>
          <Link look="text" href="/inbox">
            {t('done.later')}
          </Link>
        </EntranceFrame>
      </Match>
    </Switch>
  );
}
