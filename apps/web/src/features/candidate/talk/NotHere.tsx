import { Match, Switch, type JSX } from 'solid-js';
import { Link } from '../../../ui/link/Link.tsx';
import styles from '../candidate.module.css';
import { t as common } from '../candidate.messages.ts';
import { later as t } from '../later.messages.ts';
import { Page } from '../Page.tsx';
import { followWith, usePlace } from '../place.ts';

/** Why there is no conversation to show, and the way to it. */
export function NotHere(props: { why: 'signedOut' | 'ended' | 'unknown' | 'none' }): JSX.Element {
  const place = usePlace();
  const follow = followWith(place);
  return (
    <Switch>
      <Match when={props.why === 'none'}>
        <Page title={t('elsewhere.none')}>
          <p class={styles.text}>{t('elsewhere.noneText')}</p>
        </Page>
      </Match>
      <Match when={props.why === 'unknown'}>
        <Page title={t('elsewhere.unknown')} action={<Link href="/talk" look="button" class={styles.go} onClick={follow}>{common('talk.back')}</Link>}>
          <p class={styles.text}>{t('elsewhere.unknownText')}</p>
        </Page>
      </Match>
      <Match when={true}>
        <Page title={t('elsewhere.signedOut')} action={<Link href={`/sign-in?next=${encodeURIComponent(place.path())}`} look="primary" class={styles.go} onClick={follow}>{t('elsewhere.signIn')}</Link>}>
          <p class={styles.text}>{props.why === 'ended' ? t('elsewhere.ended') : t('elsewhere.signedOutText')}</p>
        </Page>
      </Match>
    </Switch>
  );
}
