import Compass from 'lucide-solid/icons/compass';
import TriangleAlert from 'lucide-solid/icons/triangle-alert';
import type { JSX } from 'solid-js';
import { errorText } from '../../platform/errors/errorText.ts';
import { reloadPage } from '../../platform/offline/register.ts';
import { Button } from '../../ui/button/Button.tsx';
import { EmptyState } from '../../ui/empty-state/EmptyState.tsx';
import { Link } from '../../ui/link/Link.tsx';
import { t } from './shell.messages.ts';
import styles from './shell.module.css';

/** An address that leads nowhere. */
export function NotFoundPage(): JSX.Element {
  return (
    <main class={styles['whole']}>
      <EmptyState heading icon={<Compass />} title={t('notFound.title')} action={<Link look="button" href="/">{t('notFound.home')}</Link>}>
        {t('notFound.text')}
      </EmptyState>
    </main>
  );
}

/** The browser does not let the application begin, for want of storage mostly; `reason` says what to do. */
export function CannotStart(props: { reason: unknown }): JSX.Element {
  return (
    <main class={styles['whole']}>
      <EmptyState heading icon={<TriangleAlert />} title={t('start.refused')} action={<Button onClick={reloadPage}>{t('reload')}</Button>}>
        {errorText(props.reason)}
      </EmptyState>
    </main>
  );
}

/** A bug stopped a page, or a part of it that could not be loaded without a network. The error is in the console. */
export function CrashedPage(): JSX.Element {
  return (
    <main class={styles['whole']}>
      <EmptyState heading icon={<TriangleAlert />} title={navigator.onLine ? t('crashed.title') : t('start.offlineTitle')} action={<Button onClick={reloadPage}>{t('reload')}</Button>}>
        {navigator.onLine ? t('crashed.text') : t('crashed.offline')}
      </EmptyState>
    </main>
  );
}
