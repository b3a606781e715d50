import { createMemo, ErrorBoundary, lazy, Match, Show, Suspense, Switch, type JSX, type ParentProps } from 'solid-js';
import { makePlace, PlaceContext } from './features/candidate/place.ts';
import { useStatus } from './platform/client/clientContext.ts';
import { shownToasts } from './ui/toast/toasts.ts';

const CrashedPage = lazy(async () => ({ default: (await import('./features/shell/pages.tsx')).CrashedPage }));
const Toaster = lazy(async () => ({ default: (await import('./ui/toast/Toaster.tsx')).Toaster }));

// Features don't know each other: the pages that show messages get the component for it here.
const Talk = lazy(async () => {
  const [{ TalkPage }, { Thread }] = await Promise.all([import('./features/candidate/talk/TalkPage.tsx'), import('./features/conversation/Thread.tsx')]);
  return { default: (props: { conversationId: string | undefined }) => <TalkPage conversationId={props.conversationId} thread={Thread} /> };
});
const Invitation = lazy(async () => {
  const { InvitationPage } = await import('./features/candidate/invitation/InvitationPage.tsx');
  return { default: (props: { path: string }) => <InvitationPage path={props.path} prepare={() => void Talk.preload().catch(() => {})} /> };
});

/** All pages but a candidate's, with the router that they need. */
const Elsewhere = lazy(async () => ({ default: (await import('./elsewhere.tsx')).Elsewhere }));

function Frame(props: ParentProps): JSX.Element {
  const status = useStatus();
  const isReady = () => {
    const now = status();
    return now.phase === 'signed-in' && now.messaging === 'ready';
  };
  // What is read out has to be heard of before there is something to say; but nobody waits for it.
  const hasToaster = createMemo<boolean>((before) => before || isReady() || shownToasts().length > 0, false);
  return (
    <>
      <ErrorBoundary
        fallback={(error: unknown) => {
          console.error(error);
          return <CrashedPage />;
        }}
      >
        <Suspense>{props.children}</Suspense>
      </ErrorBoundary>
      <Suspense>
        <Show when={hasToaster()}>
          <Toaster />
        </Show>
      </Suspense>
    </>
  );
}

/** A candidate's pages, which are all that a phone loads that follows a link, and the way to the others. */
export function App(): JSX.Element {
  const place = makePlace();
  const invitation = () => /^\/c\/([^/]+)/.exec(place.path())?.[1];
  const talk = () => /^\/talk(?:\/([^/]*))?$/.exec(place.path());
  return (
    <PlaceContext.Provider value={place}>
      <Frame>
        <Switch fallback={<Elsewhere />}>
          <Match when={invitation()}>{(path) => <Invitation path={path()} />}</Match>
          <Match when={talk()}>{(found) => <Talk conversationId={found()[1] || undefined} />}</Match>
        </Switch>
      </Frame>
    </PlaceContext.Provider>
  );
}
