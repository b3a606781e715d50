import { createSignal, Match, Show, Suspense, Switch, type JSX } from 'solid-js';
import { deviceText } from '../../../platform/device/deviceText.ts';
import { formatDate } from '../../../platform/i18n/format.ts';
import { formatRelative } from '../../../platform/i18n/formatRelative.ts';
import { Button } from '../../../ui/button/Button.tsx';
import { Dialog } from '../../../ui/dialog/Dialog.tsx';
import type { ConversationSummary } from '../../../session/contract.ts';
import { arrivalOf } from '../createInbox.ts';
import { t } from '../inbox.messages.ts';
import sideStyles from '../side/side.module.css';
import { createLink } from './createLink.ts';
import { ShareLink } from './ShareLink.tsx';
import styles from './share.module.css';

/** After some days a stranger would have been noticed. */
const strangeForMs = 4 * 86_400_000;

/** How the candidate's link stands: to be shared, opened (on what, when), or over; and what to do about it. */
export function InvitationSection(props: { conversation: ConversationSummary; email?: string | undefined }): JSX.Element {
  const model = createLink(() => props.conversation);
  const invitation = () => props.conversation.invitation;
  const arrival = () => arrivalOf(props.conversation);
  const isOver = () => arrival() === 'expired' || arrival() === 'revoked';
  return (
    <section class={`${sideStyles['section']} ${styles.section}`} aria-label={t('link.title')}>
      <h3>{t('link.title')}</h3>
      <Switch>
        <Match when={invitation()?.claimedAt}>
          {(at) => (
            <>
              <p>
                {invitation()?.claimedOn ? t('link.openedOn', deviceText(invitation()!.claimedOn!), formatRelative(at(), Date.now())) : t('link.opened', formatRelative(at(), Date.now()))}
              </p>
              <Show when={Date.now() - Date.parse(at()) < strangeForMs}>
                <p class={styles.quiet}>{t('link.strange')}</p>
              </Show>
              <Show when={props.conversation.state === 'ENTERED'}>
                <LetBackIn name={props.conversation.candidateName} busy={model.busy()} onConfirm={() => model.renew({ letBackIn: true })} />
              </Show>
            </>
          )}
        </Match>
        <Match when={isOver()}>
          <p class={styles.warn}>{arrival() === 'expired' ? t('link.expired') : t('link.revoked')}</p>
          <Renew busy={model.busy()} onRenew={() => void model.renew()} primary />
        </Match>
        <Match when={arrival() === 'waiting'}>
          <p>
            {t('link.waiting')} <Show when={invitation()}>{(open) => t('link.expires', formatDate(open().expiresAt, { dateStyle: 'medium' }))}</Show>
          </p>
          <Show
            when={model.link()}
            fallback={
              <Show when={invitation() && !invitation()!.mine}>
                <p class={styles.quiet}>{t('link.others', props.conversation.ownerName)}</p>
              </Show>
            }
          >
            {(link) => (
              <Suspense>
                <ShareLink link={link()} conversation={props.conversation} email={props.email} />
              </Suspense>
            )}
          </Show>
          <Show when={model.failed()}>
            <p class={styles.warn}>{t('link.unread')}</p>
            <Button size="small" onClick={model.again}>
              {t('side.retry')}
            </Button>
          </Show>
          <Renew busy={model.busy()} onRenew={() => void model.renew()} />
        </Match>
      </Switch>
    </section>
  );
}

/** For a candidate who lost phone and password: asked twice, because the old access ends. */
function LetBackIn(props: { name: string; busy: boolean; onConfirm(): Promise<void> }): JSX.Element {
  const [asking, setAsking] = createSignal(false);
  const confirm = (): void => void props.onConfirm().finally(() => setAsking(false));
  return (
    <>
      <Button size="small" variant="quiet" onClick={() => setAsking(true)}>
        {t('link.letBackIn')}
      </Button>
      <Dialog
        open={asking()}
        size="small"
        title={t('link.letBackInTitle', props.name)}
        onClose={() => setAsking(false)}
        footer={
          <>
            <Button onClick={() => setAsking(false)}>{t('link.cancel')}</Button>
            <Button variant="primary" busy={props.busy} onClick={confirm}>
              {t('link.renew')}
            </Button>
          </>
        }
      >
        <p>{t('link.letBackInText', props.name)}</p>
      </Dialog>
    </>
  );
}

function Renew(props: { busy: boolean; primary?: boolean; onRenew(): void }): JSX.Element {
  return (
    <div class={styles.renew}>
      <Button size="small" variant={props.primary ? 'primary' : 'quiet'} busy={props.busy} onClick={() => props.onRenew()}>
        {t('link.renew')}
      </Button>
      <p class={styles.quiet}>{t('link.renewHint')}</p>
    </div>
  );
}
