import ChevronLeft from 'lucide-solid/icons/chevron-left';
import Ellipsis from 'lucide-solid/icons/ellipsis';
import Lock from 'lucide-solid/icons/lock';
import { createEffect, createSignal, lazy, Match, onCleanup, Show, Suspense, Switch, type JSX } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { useClient } from '../../../platform/client/clientContext.ts';
import { locale } from '../../../platform/preferences/preferences.ts';
import { fromSubscribable } from '../../../platform/subscribable/fromSubscribable.ts';
import { createVisibleHeight } from '../../../platform/viewport/createVisibleHeight.ts';
import { Avatar } from '../../../ui/avatar/Avatar.tsx';
import type { ConversationSummary, ViewerSummary } from '../../../session/contract.ts';
import { t } from '../candidate.messages.ts';
import type { ThreadSlot } from '../threadSlot.ts';
import type { MenuEntry } from './TalkMenu.tsx';
import styles from './talk.module.css';

// Not needed to answer, so not waited for.
const LeaveSheet = lazy(async () => ({ default: (await import('./LeaveSheet.tsx')).LeaveSheet }));
const PasswordOffer = lazy(async () => ({ default: (await import('./PasswordOffer.tsx')).PasswordOffer }));
const PasswordSheet = lazy(async () => ({ default: (await import('./PasswordSheet.tsx')).PasswordSheet }));
const ReadersSheet = lazy(async () => ({ default: (await import('./ReadersSheet.tsx')).ReadersSheet }));
const TalkMenu = lazy(async () => ({ default: (await import('./TalkMenu.tsx')).TalkMenu }));

/** How long after messages have become ready the rest of the page is loaded, in milliseconds. */
const laterMs = 3000;

export interface TalkProps {
  viewer: ViewerSummary;
  conversationId: string;
  /** Undefined for the moment between Continue and the list. */
  conversation: ConversationSummary | undefined;
  told: { firmName: string; inviterName: string; about: string };
  messaging: 'starting' | 'ready' | 'failed';
  /** The server does not know them yet: nothing to sign in with, and nothing to leave. */
  isClaiming: boolean;
  /** There is no connection, or getting ready is stalled for want of one. */
  isOffline: boolean;
  several: boolean;
  thread: ThreadSlot;
  onList(): void;
}

/** A candidate's conversation. One can write from the first moment on; whatever is not ready yet happens behind. */
export function Talk(props: TalkProps): JSX.Element {
  const client = useClient();
  const rooms = fromSubscribable(client.messaging.rooms);
  const readReceipts = fromSubscribable(client.messaging.readReceipts);
  const height = createVisibleHeight();
  const [leaving, setLeaving] = createSignal<string | null>(null);
  let leaveNow = (): void => {};
  onCleanup(() => leaveNow());
  const [open, setOpen] = createSignal<'menu' | 'readers' | 'password' | 'leave' | null>(null);
  const [hasSent, setHasSent] = createSignal(false);
  const close = () => setOpen(null);
  createEffect(() => {
    // Once the first words have gone out they are loaded: they open without a network, too.
    if (props.messaging !== 'ready') return;
    const timer = setTimeout(() => {
      for (const later of [TalkMenu, ReadersSheet, PasswordSheet, LeaveSheet]) void later.preload().catch(() => undefined);
    }, laterMs);
    onCleanup(() => clearTimeout(timer));
  });

  const firm = () => props.conversation?.firmName ?? props.told.firmName;
  const recruiter = () => props.conversation?.ownerName ?? props.told.inviterName;
  const about = () => props.conversation?.about ?? props.told.about;
  /** Until they are in the room, what they write is kept under the conversation's id. */
  const isIn = () => props.conversation !== undefined && props.conversation.state !== 'INVITED' && props.conversation.state !== 'CLAIMED';
  const roomId = () => (isIn() ? props.conversation!.roomId : props.conversationId);
  const unreadElsewhere = () => rooms().reduce((sum, room) => (room.roomId === roomId() ? sum : sum + room.unreadCount), 0);
  const hasWritten = () => hasSent() || rooms().some((room) => room.roomId === roomId() && room.last?.mine);
  const closed = () => {
    if (props.conversation?.state === 'BLOCKED') return t('talk.blocked', firm());
    return props.conversation?.state === 'LEFT' || leaving() === props.conversationId ? t('talk.left') : undefined;
  };

  async function leave(options: { block: boolean }): Promise<void> {
    const { conversationId } = props;
    setLeaving(conversationId);
    const { leaveLater } = await import('./leaveLater.ts');
    leaveNow();
    leaveNow = leaveLater(() => client.conversations.leave(conversationId, options), () => setLeaving(null));
  }

  const entries = (): MenuEntry[] => [
    { name: 'readers', act: () => setOpen('readers') },
    ...(props.isClaiming ? [] : props.viewer.hasPassword ? [{ name: 'signInLink' as const, act: () => void import('./signInAddress.ts').then(({ copySignInAddress }) => copySignInAddress()) }] : [{ name: 'password' as const, act: () => setOpen('password') }]),
    ...(props.several ? [{ name: 'others' as const, act: () => props.onList() }] : []),
    { name: 'language', act: () => locale.set(locale.value() === 'en' ? 'zh-CN' : 'en') },
    ...(props.viewer.hasPassword ? [{ name: 'signOut' as const, act: () => void client.account.signOut() }] : []),
    ...(closed() || props.isClaiming ? [] : [{ name: 'leave' as const, act: () => setOpen('leave') }]),
  ];

  return (
    <main class={styles.talk} data-audience="candidate" style={{ height: height() === undefined ? undefined : `${height()}px` }}>
      <header class={styles.head}>
        <Show when={props.several}>
          <button type="button" class={styles.icon} aria-label={unreadElsewhere() > 0 ? t('talk.backUnread', unreadElsewhere()) : t('talk.back')} onClick={() => props.onList()}>
            <ChevronLeft size={24} aria-hidden="true" />
            <Show when={unreadElsewhere() > 0}>
              <i class={styles.dot} />
            </Show>
          </button>
        </Show>
        <Avatar name={recruiter() || firm()} id={recruiter()} size={40} />
        <div class={styles.who}>
          <h1>{recruiter()}</h1>
          <p>{[firm(), about()].filter(Boolean).join(' · ')}</p>
        </div>
        <button type="button" class={styles.pill} aria-label={t('talk.encryptedLabel')} onClick={() => setOpen('readers')}>
          <Lock size={14} aria-hidden="true" />
          <span>{t('talk.encrypted')}</span>
        </button>
        <button type="button" class={styles.icon} aria-label={t('talk.menu')} aria-haspopup="dialog" onClick={() => setOpen('menu')}>
          <Ellipsis size={22} aria-hidden="true" />
        </button>
      </header>
      <Dynamic
        component={props.thread}
        threadId={props.conversationId}
        roomId={roomId()}
        viewer={props.viewer.mxid}
        people={[...(props.conversation?.team ?? []), ...(props.conversation?.formerly ?? []), { mxid: props.viewer.mxid, name: props.viewer.name }]}
        to={recruiter() || firm()}
        onSent={() => setHasSent(true)}
        closed={closed()}
        beginning={
          <div class={styles.beginning}>
            <p>
              <Lock size={14} aria-hidden="true" /> {t('talk.beginning', firm())}
            </p>
          </div>
        }
        notice={
          <>
            <Switch>
              <Match when={props.messaging === 'failed'}>
                <p class={styles.notice} data-tone="bad" role="alert">
                  {t('talk.failed')}{' '}
                  <button type="button" onClick={() => location.reload()}>
                    {t('talk.reload')}
                  </button>
                </p>
              </Match>
              <Match when={props.isOffline && !closed()}>
                <p class={styles.notice} data-tone="warn" role="status">
                  {t('talk.offline')}
                </p>
              </Match>
              <Match when={props.messaging === 'starting' && props.conversation?.state !== 'ENTERED'}>
                <p class={styles.notice} role="status">
                  {hasSent() || !recruiter() ? t('talk.keys') : t('talk.waiting', recruiter())}
                </p>
              </Match>
            </Switch>
            <Show when={hasWritten() && !props.viewer.hasPassword && !closed() && props.messaging === 'ready'}>
              <Suspense>
                <PasswordOffer accountId={props.viewer.accountId} onStart={() => setOpen('password')} />
              </Suspense>
            </Show>
          </>
        }
      />
      <Suspense>
        <Switch>
          <Match when={open() === 'menu'}>
            <TalkMenu entries={entries()} readReceipts={readReceipts()} onReadReceipts={(shown) => void client.messaging.setReadReceipts(shown).catch(() => undefined)} onClose={close} />
          </Match>
          <Match when={open() === 'readers'}>
            <ReadersSheet conversation={props.conversation} firm={firm()} onClose={close} />
          </Match>
          <Match when={open() === 'password'}>
            <PasswordSheet onClose={close} />
          </Match>
          <Match when={open() === 'leave'}>
            <LeaveSheet
              firm={firm()}
              onClose={close}
              onLeave={(options) => {
                close();
                void leave(options);
              }}
            />
          </Match>
        </Switch>
      </Suspense>
    </main>
  );
}
