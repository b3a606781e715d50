import { useNavigate, useParams, useSearchParams } from '@solidjs/router';
import { createEffect, createMemo, createSignal, lazy, Match, on, Show, splitProps, Suspense, Switch, type Component, type JSX } from 'solid-js';
import { createActions } from '../../platform/actions/actions.ts';
import { useClient, useStatus, useViewer } from '../../platform/client/clientContext.ts';
import { createMediaQuery, phoneQuery } from '../../platform/media/createMediaQuery.ts';
import { createPaneWidth } from '../../ui/pane-handle/createPaneWidth.ts';
import { PaneHandle } from '../../ui/pane-handle/PaneHandle.tsx';
import { visuallyHidden } from '../../ui/visually-hidden/visuallyHidden.ts';
import { createInbox, inboxTabs, type InboxRow, type InboxTab } from './createInbox.ts';
import { t } from './inbox.messages.ts';
import styles from './inbox.module.css';
import { ListPane } from './list/ListPane.tsx';
import { Loading } from './side/Loading.tsx';
import sideStyles from './side/side.module.css';
import { TeamPane, type TeamPaneProps } from './team/TeamPane.tsx';
import { TeamPanel } from './team/TeamPanel.tsx';
import { NoThread } from './thread/NoThread.tsx';
import { ThreadPane, type ThreadPaneProps } from './thread/ThreadPane.tsx';
import type { ThreadSlot, ThreadSlotProps } from './threadSlot.ts';

const NewConversation = lazy(async () => ({ default: (await import('./create/NewConversation.tsx')).NewConversation }));
/** Begun with the inbox, but nobody waits for it to read and write. */
const SidePanel = lazy(async () => ({ default: (await import('./side/SidePanel.tsx')).SidePanel }));

interface InboxPageProps {
  thread: ThreadSlot;
  /** How cards in a team's messages look. A candidate's are never shown so. */
  cardFor?: ThreadSlotProps['cardFor'];
  /** What stands above the list until it is put away. */
  offers?: Component;
}

/** The recruiter's inbox: list, thread and record side by side; on a phone one of them at a time. The address says which. */
export function InboxPage(props: InboxPageProps): JSX.Element {
  const client = useClient();
  const viewer = useViewer();
  const status = useStatus();
  const navigate = useNavigate();
  const params = useParams<{ conversationId?: string; candidacyId?: string }>();
  const [query, setQuery] = useSearchParams<{ tab?: string; q?: string; details?: string }>();
  const isPhone = createMediaQuery(phoneQuery);
  const listWidth = createPaneWidth('inbox.list', { initial: 336, min: 264, max: 460 });
  if (!isPhone()) void SidePanel.preload().catch(() => undefined);
  const detailsWidth = createPaneWidth('inbox.details', { initial: 324, min: 272, max: 480 });

  const tab = (): InboxTab => inboxTabs.find((name) => name === query.tab) ?? 'mine';
  const search = () => query.q ?? '';
  const inbox = createInbox({ conversations: client.conversations.list, teamRooms: client.conversations.teamRooms, rooms: client.messaging.rooms }, { accountId: () => viewer()?.accountId, tab, search });
  const isStarting = () => {
    const now = status();
    return now.phase === 'loading' || (now.phase === 'signed-in' && now.messaging === 'starting');
  };
  /** When the session ends under somebody's hands the list goes. What is open stays, with all that is typed in it, until the list is back. */
  let awaitsList = false;
  const selected = createMemo<InboxRow | undefined>((before) => {
    const found = inbox.find(params.conversationId);
    if (status().phase === 'signed-out' || isStarting()) awaitsList = true;
    else if (!inbox.isEmpty()) awaitsList = false;
    return found ?? (awaitsList && before?.id === params.conversationId ? before : undefined);
  });

  // On a desk the details stand there unless they were closed; on a phone they are a page of their own.
  const detailsShown = () => (isPhone() ? query.details === '1' : query.details !== '0');
  const showDetails = (shown: boolean) => setQuery({ details: isPhone() ? (shown ? '1' : undefined) : shown ? undefined : '0' }, { replace: !isPhone() });

  let focusComposer = () => {};
  const [autofocus, setAutofocus] = createSignal(!isPhone());
  const hrefOf = (row: InboxRow | undefined) => {
    const kept = new URLSearchParams(Object.entries({ tab: query.tab, q: query.q, details: isPhone() ? undefined : query.details }).flatMap(([name, value]) => (value ? [[name, value]] : [])));
    return `/inbox${row ? `/${row.id}` : ''}${kept.size > 0 ? `?${kept}` : ''}`;
  };

  function step(direction: 1 | -1): void {
    const row = inbox.neighbour(params.conversationId, direction);
    if (!row) return;
    setAutofocus(false);
    navigate(hrefOf(row), { replace: params.conversationId !== undefined, scroll: false });
    focusRow(row.id);
  }

  let focusRow: (id: string) => void = () => {};
  let focusSearch = () => {};
  createEffect(on(() => params.conversationId, () => queueMicrotask(() => setAutofocus(!isPhone())), { defer: true }));

  createActions(() => [
    { id: 'inbox.next', label: t('thread.next'), group: t('title'), keys: 'j', inMenu: false, act: () => step(1) },
    { id: 'inbox.previous', label: t('thread.previous'), group: t('title'), keys: 'k', inMenu: false, act: () => step(-1) },
    { id: 'inbox.search', label: t('thread.find'), group: t('title'), keys: '/', act: () => focusSearch() },
    ...(selected()
      ? [
          { id: 'inbox.write', label: t('thread.reply'), group: t('title'), keys: 'r', act: () => focusComposer() },
          { id: 'inbox.read', label: t('thread.markRead'), group: t('title'), keys: 'e', act: () => markRead(selected()!) },
          { id: 'inbox.details', label: t('thread.details'), group: t('title'), keys: 'i', act: () => showDetails(!detailsShown()) },
        ]
      : []),
  ]);

  function markRead({ roomId, last }: InboxRow): void {
    if (last) void client.messaging.markRead(roomId, last.key).catch(() => undefined);
  }

  return (
    <div
      class={styles.inbox}
      data-pane={selected() || params.conversationId ? (detailsShown() && selected() ? 'details' : 'thread') : 'list'}
      style={{ '--list': `${listWidth.width()}px`, '--details': `${detailsWidth.width()}px` }}
    >
      <ListPane
        inbox={inbox}
        tab={tab()}
        search={search()}
        starting={isStarting()}
        offers={props.offers}
        selected={params.conversationId}
        hrefOf={hrefOf}
        onTab={(next) => setQuery({ tab: next === 'mine' ? undefined : next }, { replace: true })}
        onSearch={(text) => setQuery({ q: text || undefined }, { replace: true, scroll: false })}
        onOpenAgain={() => focusComposer()}
        control={(given) => {
          focusRow = given.focusRow;
          focusSearch = given.focusSearch;
        }}
      />
      <PaneHandle label={t('thread.resizeList')} pane={listWidth} side="before" />
      <div class={styles.thread}>
        <Show when={params.conversationId} keyed fallback={<NoThread kind="none" />}>
          {(id) => (
            <Show when={selected()} fallback={<NoThread kind={isStarting() ? 'starting' : 'unknown'} />}>
              {(row) => (
                <Pane
                  row={row()}
                  viewer={viewer()?.mxid ?? ''}
                  thread={props.thread}
                  cardFor={props.cardFor}
                  backHref={hrefOf(undefined)}
                  noteTarget={(conversationId) => {
                    const target = inbox.find(conversationId);
                    return target ? { name: target.name, href: hrefOf(target) } : null;
                  }}
                  autofocus={autofocus()}
                  detailsShown={detailsShown()}
                  onDetails={() => showDetails(!detailsShown())}
                  onLeave={() => focusRow(id)}
                  control={(focus) => (focusComposer = focus)}
                />
              )}
            </Show>
          )}
        </Show>
      </div>
      <Show when={detailsShown() && selected()}>
        {(row) => (
          <>
            <PaneHandle label={t('thread.resizeDetails')} pane={detailsWidth} side="after" />
            <section class={styles.details} aria-label={t('side.title')}>
              <Show when={isPhone()}>
                <h1 class={visuallyHidden}>{t('side.title')}</h1>
              </Show>
              <Show when={row().id} keyed>
                <Details row={row()} onClose={() => (isPhone() ? history.back() : showDetails(false))} />
              </Show>
            </section>
          </>
        )}
      </Show>
      <Suspense>
        <Show when={params.candidacyId} keyed>
          {(candidacyId) => (
            <NewConversation
              candidacyId={candidacyId}
              onClose={() => (history.length > 1 ? history.back() : navigate('/inbox', { replace: true }))}
              onOpened={(conversationId) => navigate(`/inbox/${conversationId}`, { replace: true })}
            />
          )}
        </Show>
      </Suspense>
    </div>
  );
}

/** What stands in the middle: a candidate's thread or a team's. */
function Pane(props: Omit<ThreadPaneProps & TeamPaneProps, 'row'> & { row: InboxRow }): JSX.Element {
  const [, pane] = splitProps(props, ['row']);
  return (
    <Switch>
      <Match when={props.row.kind === 'candidate' && props.row}>{(row) => <ThreadPane {...pane} row={row()} />}</Match>
      <Match when={props.row.kind === 'team' && props.row}>{(row) => <TeamPane {...pane} row={row()} />}</Match>
    </Switch>
  );
}

/** What stands beside it. */
function Details(props: { row: InboxRow; onClose(): void }): JSX.Element {
  return (
    <Suspense fallback={<div class={sideStyles.panel}><Loading /></div>}>
      <Switch>
        <Match when={props.row.kind === 'candidate' && props.row}>{(row) => <SidePanel conversation={row().conversation} onClose={() => props.onClose()} />}</Match>
        <Match when={props.row.kind === 'team' && props.row}>{(row) => <TeamPanel teamRoom={row().teamRoom} onClose={() => props.onClose()} />}</Match>
      </Switch>
    </Suspense>
  );
}
