import { lazy, Match, Switch, type JSX } from 'solid-js';
import { useClient, useStatus } from '../../../platform/client/clientContext.ts';
import { fromSubscribable } from '../../../platform/subscribable/fromSubscribable.ts';
import { t } from '../candidate.messages.ts';
import styles from '../candidate.module.css';
import { GoTo, usePlace } from '../place.ts';
import type { ThreadSlot } from '../threadSlot.ts';
import { Talk } from './Talk.tsx';

const NotHere = lazy(async () => ({ default: (await import('./NotHere.tsx')).NotHere }));
const RefusedPage = lazy(async () => ({ default: (await import('./RefusedPage.tsx')).RefusedPage }));
const TalkList = lazy(async () => ({ default: (await import('./TalkList.tsx')).TalkList }));

/** A candidate's threads: straight into the only one, a list of several, and a way back in for who is not signed in here. */
export function TalkPage(props: { conversationId: string | undefined; thread: ThreadSlot }): JSX.Element {
  const client = useClient();
  const status = useStatus();
  const place = usePlace();
  const claim = () => {
    const now = status();
    return now.phase === 'signed-in' ? now.claim : undefined;
  };
  const conversations = fromSubscribable(client.conversations.list);
  const rooms = fromSubscribable(client.messaging.rooms);
  const connection = fromSubscribable(client.messaging.connection);
  const selected = () => conversations().find(({ conversationId }) => conversationId === props.conversationId);
  const viewer = () => {
    const now = status();
    return now.phase === 'signed-in' ? now.viewer : undefined;
  };
  const messaging = () => {
    const now = status();
    return now.phase === 'signed-in' ? now.messaging : 'starting';
  };
  const refused = () => {
    const now = claim();
    return now?.refused ? { ...now, refused: now.refused } : undefined;
  };
  const isOffline = () => {
    const now = status();
    return connection() === 'offline' || (now.phase === 'signed-in' && now.messaging === 'starting' && now.failure !== undefined);
  };
  /** The list may come after the page: until it is there the address is believed. */
  const isHere = () => props.conversationId !== undefined && (selected() !== undefined || messaging() !== 'ready' || conversations().length === 0);
  const only = () => claim() ?? (conversations().length === 1 ? conversations()[0] : undefined);
  /** What the invitation said, until the list says it too. */
  const told = () => ({ firmName: place.state()['firmName'] ?? viewer()?.firmName ?? '', inviterName: place.state()['inviterName'] ?? claim()?.inviterName ?? '', about: place.state()['about'] ?? claim()?.about ?? '' });

  return (
    <Switch fallback={<div class={styles.page} data-audience="candidate" role="status" aria-label={t('talk.loading')} />}>
      <Match when={status().phase === 'signed-out'}>
        <NotHere why={isEnded(status()) ? 'ended' : 'signedOut'} />
      </Match>
      <Match when={viewer()?.kind === 'member'}>
        <GoTo href="/inbox" />
      </Match>
      <Match when={refused()}>{(claimed) => <RefusedPage claim={claimed()} firm={viewer()?.firmName ?? ''} />}</Match>
      <Match when={isHere() ? viewer() : undefined}>
        {(who) => (
          <Talk
            viewer={who()}
            conversationId={props.conversationId!}
            conversation={selected()}
            told={told()}
            messaging={messaging()}
            isClaiming={claim() !== undefined}
            isOffline={isOffline()}
            several={conversations().length > 1}
            thread={props.thread}
            onList={() => place.go('/talk')}
          />
        )}
      </Match>
      <Match when={viewer() && props.conversationId}>
        <NotHere why="unknown" />
      </Match>
      <Match when={viewer() && only()}>{(one) => <GoTo href={`/talk/${one().conversationId}`} />}</Match>
      <Match when={viewer() && conversations().length > 1}>
        <TalkList conversations={conversations()} rooms={rooms()} />
      </Match>
      <Match when={viewer() && messaging() === 'ready'}>
        <NotHere why="none" />
      </Match>
    </Switch>
  );
}

function isEnded(status: { phase: string; because?: string }): boolean {
  return status.phase === 'signed-out' && status.because === 'SESSION_ENDED';
}
