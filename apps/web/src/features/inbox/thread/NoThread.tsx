import MessageCircle from 'lucide-solid/icons/message-circle';
import { Match, Switch, type JSX } from 'solid-js';
import { EmptyState } from '../../../ui/empty-state/EmptyState.tsx';
import { Kbd } from '../../../ui/kbd/Kbd.tsx';
import { Link } from '../../../ui/link/Link.tsx';
import { Spinner } from '../../../ui/spinner/Spinner.tsx';
import { t } from '../inbox.messages.ts';
import styles from './no-thread.module.css';

/** In the place of a thread: none is chosen, it is on its way, or the address leads nowhere. */
export function NoThread(props: { kind: 'none' | 'starting' | 'unknown' }): JSX.Element {
  return (
    <div class={styles.place}>
      <Switch>
        <Match when={props.kind === 'starting'}>
          <Spinner size={20} label={t('empty.starting')} />
        </Match>
        <Match when={props.kind === 'unknown'}>
          <EmptyState icon={<MessageCircle />} title={t('empty.unknown')} action={<Link href="/inbox" look="button">{t('empty.back')}</Link>}>
            {t('empty.unknownText')}
          </EmptyState>
        </Match>
        <Match when={props.kind === 'none'}>
          <EmptyState
            icon={<MessageCircle />}
            title={t('empty.thread')}
            action={
              <span class={styles.keys} aria-hidden="true">
                <Kbd keys="j" /> <Kbd keys="k" /> <Kbd keys="Enter" />
              </span>
            }
          >
            {t('empty.threadText')}
          </EmptyState>
        </Match>
      </Switch>
    </div>
  );
}
