import { createSignal, Show, type JSX } from 'solid-js';
import { Button } from '../../../ui/button/Button.tsx';
import { later as t } from '../later.messages.ts';
import styles from './talk.module.css';

/** A quiet card after the first message; said no to, it stays away in this browser. */
export function PasswordOffer(props: { accountId: string; onStart(): void }): JSX.Element {
  const key = () => `baton.password-offer.${props.accountId}`;
  const [declined, setDeclined] = createSignal(read(key()) !== null);
  return (
    <Show when={!declined()}>
      <section class={styles.offer} aria-label={t('password.title')}>
        <div>
          <b>{t('password.title')}</b>
          <p>{t('password.text')}</p>
        </div>
        <div class={styles.offerButtons}>
          <Button
            variant="quiet"
            size="small"
            onClick={() => {
              write(key());
              setDeclined(true);
            }}
          >
            {t('password.later')}
          </Button>
          <Button size="small" variant="primary" onClick={() => props.onStart()}>
            {t('password.start')}
          </Button>
        </div>
      </section>
    </Show>
  );
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key: string): void {
  try {
    localStorage.setItem(key, 'declined');
  } catch {
    // Storage is forbidden: the card comes back with the next visit.
  }
}
