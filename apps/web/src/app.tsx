import { Router, type RouteDefinition, type RouteSectionProps } from '@solidjs/router';
import { createMemo, createResource, createSignal, ErrorBoundary, lazy, Show, Suspense, type JSX } from 'solid-js';
import { useStatus } from './platform/client/clientContext.ts';
import { shownToasts } from './ui/toast/toasts.ts';

const NotFoundPage = lazy(async () => ({ default: (await import('./features/shell/pages.tsx')).NotFoundPage }));
const CrashedPage = lazy(async () => ({ default: (await import('./features/shell/pages.tsx')).CrashedPage }));
const Toaster = lazy(async () => ({ default: (await import('./ui/toast/Toaster.tsx')).Toaster }));

// Features don't know each other: the pages that show messages get the component for it here.
const Talk = lazy(async () => {
  const [{ TalkPage }, { Thread }] = await Promise.all([import('./features/candidate/talk/TalkPage.tsx'), import('./features/conversation/Thread.tsx')]);
  return { default: () => <TalkPage thread={Thread} /> };
});
const Invitation = lazy(async () => {
  const { InvitationPage } = await import('./features/candidate/invitation/InvitationPage.tsx');
  return { default: () => <InvitationPage prepare={() => void Talk.preload().catch(() => {})} /> };
});

/** A candidate's pages. They are all that a phone loads that follows a link. */
const candidateRoutes: RouteDefinition[] = [
  { path: '/c/:id', component: Invitation },
  { path: '/talk/:conversationId?', component: Talk },
];

const [memberRoutes, setMemberRoutes] = createSignal<RouteDefinition[]>();

/** An address that is none of a candidate's: of the other pages, or of none. */
function Elsewhere(): JSX.Element {
  createResource(async () => setMemberRoutes((await import('./memberRoutes.tsx')).memberRoutes));
  return (
    <Show when={memberRoutes()}>
      <NotFoundPage />
    </Show>
  );
}

const elsewhere: RouteDefinition = { path: '*', component: Elsewhere };

function Frame(props: RouteSectionProps): JSX.Element {
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

/** All pages, and who may see them. */
export function App(): JSX.Element {
  return (
    <Router root={Frame} preload={false}>
      {[...candidateRoutes, ...(memberRoutes() ?? []), elsewhere]}
    </Router>
  );
}
