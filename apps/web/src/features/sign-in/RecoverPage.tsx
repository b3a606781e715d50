import { useLocation } from '@solidjs/router';
import { createEffect, createResource, createSignal, For, on, Show, type JSX } from 'solid-js';
import { useClient } from '../../platform/client/clientContext.ts';
import { createSubmit } from '../../platform/forms/createSubmit.ts';
import { EntranceFrame } from '../../platform/entrance/EntranceFrame.tsx';
import entrance from '../../platform/entrance/entrance.module.css';
import { Banner } from '../../ui/banner/Banner.tsx';
import { Button } from '../../ui/button/Button.tsx';
import { Link } from '../../ui/link/Link.tsx';
import { NewPasswordField } from '../../ui/new-password-field/NewPasswordField.tsx';
import { TextArea } from '../../ui/text-area/TextArea.tsx';
import { TextField } from '../../ui/text-field/TextField.tsx';
import { helpWithWords, splitWords } from './helpWithWords.ts';
import { t } from './signIn.messages.ts';
import styles from './recover.module.css';

/** The password is lost: twelve words and a new one. */
export function RecoverPage(): JSX.Element {
  const client = useClient();
  const location = useLocation();
  const [email, setEmail] = createSignal('');
  const [words, setWords] = createSignal('');
  const [password, setPassword] = createSignal('');
  // The list of words is 6 KB: only who needs it loads it, and a page without it works as well.
  const [list] = createResource(async () => (await import('@scure/bip39/wordlists/english.js')).wordlist as readonly string[]);
  const typed = (): string[] => splitWords(words());
  const help = () => helpWithWords(words(), list() ?? []);
  const submit = createSubmit(
    async () => {
      await client.account.signInWithRecovery({ email: email().trim(), words: typed().join(' '), newPassword: password() });
    },
    { RECOVERY_WORD_UNKNOWN: 'words', RECOVERY_CODE_WRONG: 'words', WEAK_PASSWORD: 'password', INVALID_EMAIL: 'email' },
  );
  createEffect(on(words, (now) => now.includes('\n') && setWords(now.replaceAll('\n', ' '))));
  return (
    <EntranceFrame title={t('recover.title')} lead={t('recover.lead')} below={t('recover.noKit')}>
      <form class={entrance['form']} onSubmit={submit.onSubmit}>
        <TextField label={t('email')} type="email" autocomplete="username" required autofocus value={email()} onValue={setEmail} error={submit.errorAt('email')} />
        <div>
          <TextArea
            label={t('recover.words')}
            hint={t('recover.wordsHint')}
            error={submit.errorAt('words')}
            required
            rows={3}
            lang="en"
            autocomplete="off"
            autocapitalize="none"
            spellcheck={false}
            class={styles['words'] ?? ''}
            value={words()}
            onValue={setWords}
          />
          <div class={styles['help']} role="status">
            <span classList={{ [styles['all']!]: typed().length === 12 }}>{t('recover.count', typed().length)}</span>
            <For each={help()}>
              {(problem) => (
                <span class={styles['problem']}>
                  <Show when={problem.near.length > 0} fallback={t('recover.unknown', problem.position, problem.word)}>
                    {t('recover.suggest', problem.position, problem.near.join(', '))}
                  </Show>
                </span>
              )}
            </For>
          </div>
        </div>
        <NewPasswordField label={t('recover.newPassword')} hint={t('recover.passwordHint')} own={[email()]} value={password()} onValue={setPassword} error={submit.errorAt('password')} />
        <Show when={submit.errorAt('')}>{(text) => <Banner tone="bad">{text()}</Banner>}</Show>
        <Button type="submit" variant="primary" size="large" block busy={submit.busy()}>
          {t('recover.submit')}
        </Button>
        <Link href={`/sign-in${location.search}`}>{t('recover.back')}</Link>
      </form>
    </EntranceFrame>
  );
}
