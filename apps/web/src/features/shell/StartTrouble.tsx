import CloudOff from 'lucide-solid/icons/cloud-off';
import { createSignal, onCleanup, onMount, type JSX } from 'solid-js';
import { Button } from '../../ui/button/Button.tsx';
import { EmptyState } from '../../ui/empty-state/EmptyState.tsx';
import { t } from './shell.messages.ts';
import styles from './shell.module.css';

/** The page has started and nothing answers. Says so, and asks again by itself, ever less often up to half a minute. */
export function StartTrouble(props: { retry(): Promise<void> }): JSX.Element {
  const [trying, setTrying] = createSignal(false);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let pause = 2000;
  const attempt = async (): Promise<void> => {
    clearTimeout(timer);
    setTrying(true);
    await props.retry().catch(() => {});
    setTrying(false);
    pause = Math.min(30_000, pause * 1.6);
    timer = setTimeout(() => void attempt(), pause * (0.75 + Math.random() / 2));
  };
  onMount(() => {
    timer = setTimeout(() => void attempt(), pause);
    const now = (): void => void attempt();
    addEventListener('online', now);
    onCleanup(() => {
      clearTimeout(timer);
      removeEventListener('online', now);
    });
  });
  const offline = (): boolean => !navigator.onLine;
  return (
    <main class={styles['whole']}>
      <EmptyState
        heading
        icon={<CloudOff />}
        title={offline() ? t('start.offlineTitle') : t('start.title')}
        action={
          <Button busy={trying()} onClick={() => void attempt()}>
            {t('start.again')}
          </Button>
        }
      >
        {offline() ? t('start.offlineText') : t('start.text')}
      </EmptyState>
    </main>
  );
}
