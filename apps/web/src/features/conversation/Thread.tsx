import type { MessageCard, MessageItem } from '@baton/messaging';
import { createMemo, createSignal, lazy, on, onMount, Show, Suspense, type JSX } from 'solid-js';
import { useClient } from '../../platform/client/clientContext.ts';
import { copyText } from '../../platform/clipboard/copyText.ts';
import { formatList } from '../../platform/i18n/format.ts';
import { fromSubscribable } from '../../platform/subscribable/fromSubscribable.ts';
import { Link } from '../../ui/link/Link.tsx';
import { showToast } from '../../ui/toast/toasts.ts';
import { visuallyHidden } from '../../ui/visually-hidden/visuallyHidden.ts';
import { Composer } from './composer/Composer.tsx';
import { createComposer } from './composer/createComposer.ts';
import { createHandovers } from './createHandovers.ts';
import { createThread } from './createThread.ts';
import { t, ThreadContext, type ThreadActions, type ThreadTarget } from './threadContext.ts';
import { Timeline } from './Timeline.tsx';
import styles from './thread.module.css';

// Only a finger needs it, and not at first.
const MessageMenu = lazy(async () => ({ default: (await import('./MessageMenu.tsx')).MessageMenu }));

export interface ThreadProps {
  /** Lasting name of the thread: the conversation's id. A new id is a new component (key it). */
  threadId: string;
  /** May change once, from a placeholder to the room's id, while somebody types. */
  roomId: string;
  /** Matrix id of the viewer. */
  viewer: string;
  people: readonly { mxid: string; name: string; accountId?: string }[];
  /** Whom one writes to. */
  to: string;
  /** Stands above the first message. */
  beginning?: JSX.Element;
  /** Stands above the composer: a sentence, a card. */
  notice?: JSX.Element;
  /** Takes the composer's place: why one can't write here. */
  closed?: JSX.Element;
  autofocus?: boolean;
  /** Blocks carry their writer's name also while only one other person has written. */
  named?: boolean;
  /** Where notes on other threads lead. Without it they look like any message. */
  noteTarget?: ((conversationId: string) => ThreadTarget | null) | undefined;
  /** How cards in messages look. Without it their text is shown. */
  cardFor?: ((card: MessageCard) => (() => JSX.Element) | null) | undefined;
  /** Escape with nothing left to unwind. */
  onLeave?: (() => void) | undefined;
  onSent?: (() => void) | undefined;
  /** Gives out the way to put the focus into the composer from outside. */
  control?: ((focusComposer: () => void) => void) | undefined;
}

/** Messages and composer of one conversation: the same for a recruiter and a candidate. */
export function Thread(props: ThreadProps): JSX.Element {
  const { messaging, vault } = useClient();
  const connection = fromSubscribable(messaging.connection);
  const [menuFor, setMenuFor] = createSignal<MessageItem | null>(null);
  let field: HTMLTextAreaElement | undefined;

  const nameOf = (mxid: string) => (mxid === props.viewer ? t('you') : (props.people.find((person) => person.mxid === mxid)?.name ?? t('someone')));
  // The caller's summary is a new object with each message; the room is the same one.
  const currentRoom = createMemo(() => props.roomId);
  const thread = createMemo(
    on(
      currentRoom,
      (roomId) => createThread({ messaging, threadId: props.threadId, roomId, viewer: props.viewer, nameOf }),
    ),
  );
  const composer = createComposer({
    messaging,
    threadId: props.threadId,
    roomId: currentRoom,
    send: (content) => thread().timeline.send(content),
  });
  const handoverAt = createHandovers({ vault, connection, conversationId: props.threadId, items: () => thread().timeline.items() });
  const typing = () => thread().timeline.typing().filter((mxid) => mxid !== props.viewer);

  const focusField = () => field?.focus();
  const edit = (item: MessageItem) =>
    void composer.takeBack(item).then(() => {
      focusField();
      field?.setSelectionRange(field.value.length, field.value.length);
    });

  const actions: ThreadActions = {
    nameOf,
    showNames: () => props.named === true || thread().others() > 1,
    current: () => thread().current(),
    isCurrent: (key) => thread().isCurrent(key),
    reply(item) {
      if (item.eventId === null) return;
      composer.replyTo({ eventId: item.eventId, sender: item.sender, excerpt: item.body.slice(0, 160) });
      focusField();
    },
    retry: (item) => void messaging.retry(props.roomId, item.key).catch(() => undefined),
    edit,
    remove: (item) => void messaging.discard(props.roomId, item.key).catch(() => undefined),
    goTo: (target) => void thread().goTo(target),
    openMenu: (item) => setMenuFor(item),
    noteTarget: (conversationId) => props.noteTarget?.(conversationId) ?? null,
    cardFor: (card) => props.cardFor?.(card) ?? null,
    successorAt(seq) {
      const handover = handoverAt(seq);
      return handover && (props.people.find(({ accountId }) => accountId === handover.to)?.name ?? '');
    },
    copy: (item) => void copyText(item.body).then((done) => done && showToast(t('action.copied'))),
  };

  onMount(() => {
    props.control?.(focusField);
    if (props.autofocus) focusField();
  });

  return (
    <ThreadContext.Provider value={actions}>
      <div class={styles.thread}>
        <Show when={thread()} keyed>
          {(open) => (
            <>
              <Timeline timeline={open.timeline} scroller={open.scroller} unseen={open.unseen()} beginning={props.beginning} onMove={open.move} onEscape={focusField} />
              <div class={visuallyHidden} aria-live="polite">
                {open.announcement()}
              </div>
            </>
          )}
        </Show>
        <p class={styles.typing} aria-live="off">
          <Show when={typing().length > 0}>
            <span class={styles.dots} aria-hidden="true">
              <i />
              <i />
              <i />
            </span>
            {t('typing', formatList(typing().map(nameOf)), typing().length)}
          </Show>
        </p>
        {props.notice}
        <div role="status" class={styles.connection}>
          <Show when={connection() === 'ended'}>
            <p>
              {t('composer.ended')} <Link href="/sign-in">{t('composer.signIn')}</Link>
            </p>
          </Show>
        </div>
        <Show
          when={props.closed}
          fallback={
            <Composer
              composer={composer}
              to={props.to}
              nameOf={nameOf}
              setField={(element) => (field = element)}
              onEditLast={() => {
                const item = thread().lastUnsent();
                if (item) edit(item);
              }}
              onLeave={props.onLeave}
              onSent={() => {
                thread().scroller.follow();
                props.onSent?.();
              }}
            />
          }
        >
          <div class={styles.closed}>{props.closed}</div>
        </Show>
        <Suspense>
          <Show when={menuFor()}>{(item) => <MessageMenu item={item()} onClose={() => setMenuFor(null)} />}</Show>
        </Suspense>
      </div>
    </ThreadContext.Provider>
  );
}
