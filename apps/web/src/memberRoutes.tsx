import { isBatonError } from '@baton/base';
import { Navigate, useLocation, useNavigate, type RouteDefinition, type RouteSectionProps } from '@solidjs/router';
import { createEffect, createMemo, createSignal, lazy, Match, onCleanup, onMount, Show, Suspense, Switch, type JSX } from 'solid-js';
import { askToExport, exportWish } from './features/export/wish.ts';
import { askToHandOver, handOverWish, isUnderWay } from './features/handover/wish.ts';
import { InstallationDocument } from './generated/graphql.ts';
import { useClient, useStatus, useViewer } from './platform/client/clientContext.ts';
import { request } from './platform/graphql/request.ts';

const Shell = lazy(async () => ({ default: (await import('./features/shell/Shell.tsx')).Shell }));
const HandOver = lazy(async () => ({ default: (await import('./features/handover/HandOver.tsx')).HandOver }));
const Export = lazy(async () => ({ default: (await import('./features/export/Export.tsx')).Export }));
const CannotStart = lazy(async () => ({ default: (await import('./features/shell/pages.tsx')).CannotStart }));
const StartTrouble = lazy(async () => ({ default: (await import('./features/shell/StartTrouble.tsx')).StartTrouble }));

/** Only paths of our own may be returned to after a sign-in. */
export function returnPath(next: string | string[] | undefined): string {
  return typeof next === 'string' && /^\/(?![/\\])/.test(next) ? next : '/';
}

/** Pages of colleagues: who is not signed in goes to the entrance and comes back, a candidate goes to their threads. */
function MemberArea(props: RouteSectionProps): JSX.Element {
  const status = useStatus();
  const location = useLocation();
  const viewer = useViewer();
  // From the first wish on it stays, whatever page comes next; after a reload it goes on with what was under way.
  const wasWished = createMemo<boolean>((before) => before || handOverWish() !== undefined, isUnderWay());
  const isExportWished = createMemo<boolean>((before) => before || exportWish() !== undefined, false);
  return (
    <Switch>
      <Match when={viewer()?.kind === 'candidate'}>
        <Navigate href="/talk" />
      </Match>
      <Match when={viewer()}>
        {(member) => (
          <Shell viewer={member()}>
            {props.children}
            <Suspense>
              <Show when={wasWished()}>
                <HandOver />
              </Show>
              <Show when={isExportWished()}>
                <Export />
              </Show>
            </Suspense>
          </Shell>
        )}
      </Match>
      <Match when={status().phase === 'signed-out'}>
        <Navigate href={location.pathname === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`} />
      </Match>
      <Match when={status().phase === 'loading'}>
        <Waiting />
      </Match>
    </Switch>
  );
}

/** The worker has not said yet who is signed in. When it can't, or after some seconds, something is wrong, and it is said. */
function Waiting(): JSX.Element {
  const client = useClient();
  const [long, setLong] = createSignal(false);
  const [refused, setRefused] = createSignal<unknown>();
  onMount(() => {
    const timer = setTimeout(() => setLong(true), 8000);
    onCleanup(() => clearTimeout(timer));
    // Answered when the worker is there; where it can't work, with the reason.
    client.account.confirmSession().catch((error: unknown) => !isBatonError(error, 'OFFLINE') && setRefused(error));
  });
  return (
    <Switch>
      <Match when={refused()}>{(reason) => <CannotStart reason={reason()} />}</Match>
      <Match when={long()}>
        <StartTrouble retry={async () => void (await request(InstallationDocument))} />
      </Match>
    </Switch>
  );
}

/**
 * The ways in: who is in already goes on; before the first firm is set up there is only one way, and further ones are
 * set up where the installation takes them.
 */
function Entrance(props: RouteSectionProps): JSX.Element {
  const status = useStatus();
  const location = useLocation();
  const navigate = useNavigate();
  const [needsSetUp, setNeedsSetUp] = createSignal<boolean>();
  const [takesFirms, setTakesFirms] = createSignal(false);
  const [unreachable, setUnreachable] = createSignal(false);
  const ask = async (): Promise<void> => {
    try {
      const { installation } = await request(InstallationDocument);
      setTakesFirms(installation.takesFirms);
      setNeedsSetUp(installation.needsSetUp);
      setUnreachable(false);
    } catch (error) {
      setUnreachable(true);
      throw error;
    }
  };
  onMount(() => void ask().catch(() => {}));
  // Setting up signs in before the recovery kit is shown: the page says itself when it is finished.
  const stays = (): boolean => location.pathname === '/set-up' && takesFirms();
  // Once it is on the screen the page stays there until the next one is loaded.
  const shown = createMemo<boolean>((before) => before || (needsSetUp() !== undefined && status().phase === 'signed-out'), false);
  createEffect(() => {
    if (status().phase === 'signed-in' && !stays()) navigate(returnPath(location.query['next']), { replace: true });
  });
  createEffect(() => {
    // While the password is typed: what comes after it.
    if (shown()) void Promise.all([import('./features/shell/Shell.tsx'), import('./features/inbox/InboxPage.tsx')]).catch(() => {});
  });
  return (
    <Switch>
      <Match when={stays()}>{props.children}</Match>
      <Match when={unreachable() && status().phase !== 'signed-in'}>
        <StartTrouble retry={ask} />
      </Match>
      <Match when={needsSetUp() && location.pathname !== '/set-up'}>
        <Navigate href="/set-up" />
      </Match>
      <Match when={needsSetUp() === false && !takesFirms() && location.pathname === '/set-up'}>
        <Navigate href="/sign-in" />
      </Match>
      <Match when={shown()}>{props.children}</Match>
      <Match when={status().phase === 'loading'}>
        <Waiting />
      </Match>
    </Switch>
  );
}

function Home(): JSX.Element {
  return <Navigate href="/inbox" />;
}

const BriefOffers = lazy(async () => ({ default: (await import('./features/handover/brief/BriefOffers.tsx')).BriefOffers }));

/** Comes when it comes: no page waits for it. */
const Offers = (props: { projectId?: string }): JSX.Element => (
  <Suspense>
    <BriefOffers projectId={props.projectId} />
  </Suspense>
);

// Features don't know each other: a page gets here what it shows of another feature, or leads to.
const Inbox = lazy(async () => {
  const [{ InboxPage }, { Thread }, { cardFor }] = await Promise.all([
    import('./features/inbox/InboxPage.tsx'), import('./features/conversation/Thread.tsx'), import('./features/handover/brief/cardFor.tsx'),
  ]);
  return { default: () => <InboxPage thread={Thread} cardFor={cardFor} offers={Offers} /> };
});

const Project = lazy(async () => {
  const [{ BoardPage }, { ProjectReaders }, { PlannedHandOver }] = await Promise.all([
    import('./features/projects/BoardPage.tsx'), import('./features/handover/ProjectReaders.tsx'), import('./features/handover/PlannedHandOver.tsx'),
  ]);
  const offers = (props: { projectId: string }): JSX.Element => (
    <>
      <Offers projectId={props.projectId} />
      <PlannedHandOver projectId={props.projectId} />
    </>
  );
  return { default: () => <BoardPage readers={ProjectReaders} offers={offers} onHandOver={(projectId) => askToHandOver({ projectId })} onExport={({ id, name }) => askToExport({ projectId: id, name })} /> };
});
const Colleagues = lazy(async () => {
  const { ColleaguesPage } = await import('./features/colleagues/ColleaguesPage.tsx');
  return { default: () => <ColleaguesPage onHandOver={(from) => askToHandOver({ from })} /> };
});

/** Pages of colleagues, and the ways in. */
export const memberRoutes: RouteDefinition[] = [
  {
    component: MemberArea,
    children: [
      { path: '/', component: Home },
      { path: ['/inbox/:conversationId?', '/inbox/new/:candidacyId'], component: Inbox },
      { path: '/people', component: lazy(async () => ({ default: (await import('./features/people/PeoplePage.tsx')).PeoplePage })) },
      { path: '/people/:id', component: lazy(async () => ({ default: (await import('./features/people/PersonPage.tsx')).PersonPage })) },
      { path: '/projects', component: lazy(async () => ({ default: (await import('./features/projects/ProjectsPage.tsx')).ProjectsPage })) },
      { path: '/projects/:id', component: Project },
      { path: '/import', component: lazy(async () => ({ default: (await import('./features/import/ImportPage.tsx')).ImportPage })) },
      { path: '/colleagues', component: Colleagues },
      { path: '/settings/log', component: lazy(async () => ({ default: (await import('./features/log/LogPage.tsx')).LogPage })) },
      { path: '/settings', component: lazy(async () => ({ default: (await import('./features/settings/SettingsPage.tsx')).SettingsPage })) },
    ],
  },
  {
    component: Entrance,
    children: [
      { path: '/set-up', component: lazy(async () => ({ default: (await import('./features/set-up/SetUpPage.tsx')).SetUpPage })) },
      { path: '/sign-in', component: lazy(async () => ({ default: (await import('./features/sign-in/SignInPage.tsx')).SignInPage })) },
      { path: '/recover', component: lazy(async () => ({ default: (await import('./features/sign-in/RecoverPage.tsx')).RecoverPage })) },
    ],
  },
  { path: '/join/:id', component: lazy(async () => ({ default: (await import('./features/join/JoinPage.tsx')).JoinPage })) },
];
