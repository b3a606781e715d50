import { Match, Show, Switch, type JSX } from 'solid-js';
import { deviceText } from '../../../platform/device/deviceText.ts';
import { formatRelative } from '../../../platform/i18n/formatRelative.ts';
import { Button } from '../../../ui/button/Button.tsx';
import { Link } from '../../../ui/link/Link.tsx';
import type { LinkView } from '../../../session/contract.ts';
import styles from '../candidate.module.css';
import { later as t } from '../later.messages.ts';
import { Page } from '../Page.tsx';
import type { TroubleKind } from './troubleOf.ts';

interface TroubleProps {
  kind: TroubleKind;
  view: Pick<LinkView, 'firmName' | 'inviterName' | 'claimedAt' | 'claimedOn'> | undefined;
  busy?: boolean;
  again?: () => void;
  /** Instead of what one can usually do. */
  action?: JSX.Element;
  children?: JSX.Element;
}

/** Why the link leads nowhere, and what to do. */
export function Trouble(props: TroubleProps): JSX.Element {
  const inviter = () => props.view?.inviterName ?? '';
  return (
    <Page
      firm={props.view?.firmName}
      title={t(`trouble.${props.kind}`)}
      action={
        <Switch>
          <Match when={props.action}>{(action) => action()}</Match>
          <Match when={props.kind === 'used'}>
            <Link href="/sign-in?next=/talk" look="button" class={styles.go}>
              {t('trouble.signIn')}
            </Link>
          </Match>
          <Match when={props.kind === 'offline' || props.kind === 'other'}>
            <Button variant="primary" size="large" block class={styles.go} busy={props.busy ?? false} onClick={() => props.again?.()}>
              {t('trouble.again')}
            </Button>
          </Match>
        </Switch>
      }
    >
      <Switch>
        <Match when={props.kind === 'used' && props.view}>
          {(view) => (
            <>
              <Show when={view().claimedAt}>
                {(at) => (
                  <p class={styles.text}>
                    {view().claimedOn ? t('trouble.usedOn', deviceText(view().claimedOn!), formatRelative(at(), Date.now())) : t('trouble.usedAt', formatRelative(at(), Date.now()))}
                  </p>
                )}
              </Show>
              <p class={styles.text}>{t('trouble.usedYou')}</p>
              <p class={styles.text}>{t('trouble.usedNotYou', inviter())}</p>
            </>
          )}
        </Match>
        <Match when={props.kind === 'expired'}>
          <p class={styles.text}>{t('trouble.expiredText', inviter())}</p>
        </Match>
        <Match when={props.kind === 'revoked'}>
          <p class={styles.text}>{t('trouble.revokedText', inviter())}</p>
        </Match>
        <Match when={props.kind === 'exposed'}>
          <p class={styles.text}>{t('trouble.exposedText', inviter() || t('trouble.exposedSomebody'))}</p>
        </Match>
        <Match when={props.kind !== 'used'}>
          <p class={styles.text}>{t(`trouble.${props.kind as 'broken' | 'unknown' | 'forged' | 'offline' | 'other'}Text`)}</p>
        </Match>
      </Switch>
      {props.children}
    </Page>
  );
}
