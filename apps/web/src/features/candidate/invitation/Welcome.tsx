import LogOut from 'lucide-solid/icons/log-out';
import Lock from 'lucide-solid/icons/lock';
import MessageCircle from 'lucide-solid/icons/message-circle';
import { Show, type JSX } from 'solid-js';
import { formatDate } from '../../../platform/i18n/format.ts';
import { Avatar } from '../../../ui/avatar/Avatar.tsx';
import { Button } from '../../../ui/button/Button.tsx';
import type { LinkView } from '../../../session/contract.ts';
import { t } from '../candidate.messages.ts';
import styles from '../candidate.module.css';
import { Page } from '../Page.tsx';

/** Who writes, for which role, how it is protected, and one button. */
export function Welcome(props: { view: LinkView; busy: boolean; failure: string | null; onGo(): void; onReport(): void }): JSX.Element {
  return (
    <Page
      firm={props.view.firmName}
      title={t('link.title', props.view.inviterName)}
      before={
        <>
          <div class={styles.portrait}>
            <Avatar name={props.view.inviterName} id={props.view.inviterName} size={76} />
          </div>
          <Show when={props.view.inviteeName}>{(name) => <p class={styles.greeting}>{t('link.greeting', name())}</p>}</Show>
        </>
      }
      action={
        <>
          <div role="alert">
            <Show when={props.failure}>{(sentence) => <p class={styles.failure}>{sentence()}</p>}</Show>
          </div>
          <Button variant="primary" size="large" block class={styles.go} busy={props.busy} onClick={() => props.onGo()}>
            {props.busy ? t('link.going') : t('link.go')}
          </Button>
          <p class={styles.small}>
            {t('link.notYou')}{' '}
            <button type="button" class={styles.quietLink} onClick={() => props.onReport()}>
              {t('link.tellUs')}
            </button>
          </p>
        </>
      }
    >
      <Show when={props.view.about}>{(about) => <p class={styles.about}>{t('link.about', about())}</p>}</Show>
      <ul class={styles.promises}>
        <li>
          <MessageCircle size={20} aria-hidden="true" />
          <span>
            <b>{t('link.here')}</b> {t('link.hereText')}
          </span>
        </li>
        <li>
          <Lock size={20} aria-hidden="true" />
          <span>
            <b>{t('link.encrypted')}</b> {t('link.encryptedText', props.view.firmName)}
          </span>
        </li>
        <li>
          <LogOut size={20} aria-hidden="true" />
          <span>
            <b>{t('link.leave')}</b> {t('link.leaveText')}
          </span>
        </li>
      </ul>
      <p class={styles.until}>{t('link.until', formatDate(props.view.expiresAt, { dateStyle: 'long' }))}</p>
    </Page>
  );
}
