import { Show, type JSX } from 'solid-js';
import { useClient, useViewer } from '../../platform/client/clientContext.ts';
import { errorText } from '../../platform/errors/errorText.ts';
import { languageNames } from '../../platform/i18n/messages.ts';
import { Page, Section } from '../../platform/page/Page.tsx';
import { density, locale, locales, singleKeys, theme } from '../../platform/preferences/preferences.ts';
import { fromSubscribable } from '../../platform/subscribable/fromSubscribable.ts';
import { Button } from '../../ui/button/Button.tsx';
import { Link } from '../../ui/link/Link.tsx';
import { SegmentedControl } from '../../ui/segmented-control/SegmentedControl.tsx';
import { Switch } from '../../ui/switch/Switch.tsx';
import { showToast } from '../../ui/toast/toasts.ts';
import { Devices } from './Devices.tsx';
import { Profile } from './Profile.tsx';
import { Security } from './Security.tsx';
import { t } from './settings.messages.ts';
import styles from './settings.module.css';

function Line(props: { label: string; text?: string; children: JSX.Element }): JSX.Element {
  return (
    <div class={styles['line']}>
      <div class={styles['words']}>
        <span>{props.label}</span>
        <span class={styles['quiet']}>{props.text}</span>
      </div>
      {props.children}
    </div>
  );
}

/** Everything about oneself and this browser. */
export function SettingsPage(): JSX.Element {
  const client = useClient();
  const viewer = useViewer();
  const readReceipts = fromSubscribable(client.messaging.readReceipts);
  const showFailure = (error: unknown): void => void showToast(errorText(error), { tone: 'bad' });
  return (
    <Page title={t('title')}>
      <Section title={t('profile')}>
        <Profile />
      </Section>
      <Section title={t('appearance')}>
        <Line label={t('language')}>
          <SegmentedControl label={t('language')} segments={locales.map((value) => ({ value, label: languageNames[value] }))} value={locale.value()} onChange={locale.set} />
        </Line>
        <Line label={t('theme')}>
          <SegmentedControl
            label={t('theme')}
            segments={(['system', 'light', 'dark'] as const).map((value) => ({ value, label: t(value) }))}
            value={theme.value()}
            onChange={theme.set}
          />
        </Line>
        <Line label={t('density')}>
          <SegmentedControl
            label={t('density')}
            segments={(['compact', 'default', 'comfortable'] as const).map((value) => ({ value, label: t(value) }))}
            value={density.value()}
            onChange={density.set}
          />
        </Line>
        <div class={styles['line']}>
          <Switch label={t('single')} hint={t('singleHint')} checked={singleKeys.value() === 'on'} onChange={(on) => singleKeys.set(on ? 'on' : 'off')} />
        </div>
      </Section>
      <Section title={t('privacy')}>
        <div class={styles['line']}>
          <Switch label={t('receipts')} hint={t('receiptsHint')} checked={readReceipts()} onChange={(shown) => void client.messaging.setReadReceipts(shown).catch(showFailure)} />
        </div>
      </Section>
      <Section title={t('security')} hint={t('securityHint')}>
        <Security />
      </Section>
      <Section title={t('devices')} hint={t('devicesHint')}>
        <Devices />
      </Section>
      <Show when={viewer()?.role === 'PARTNER'}>
        <Section title={t('firm')}>
          <Line label={t('log')} text={t('logText')}>
            <Link href="/settings/log" look="button">
              {t('openLog')}
            </Link>
          </Line>
        </Section>
      </Show>
      <Section title={t('signOut')}>
        <Line label={t('signOutText')}>
          <Button onClick={() => void client.account.signOut()}>{t('endDevice')}</Button>
        </Line>
      </Section>
    </Page>
  );
}
