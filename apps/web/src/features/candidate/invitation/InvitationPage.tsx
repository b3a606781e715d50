import { isBatonError } from '@baton/base';
import { createResource, createSignal, lazy, Match, onMount, Show, Suspense, Switch, type JSX } from 'solid-js';
import { useClient, useStatus } from '../../../platform/client/clientContext.ts';
import { hideExposedSecret } from '../../../platform/entrance/exposedLink.ts';
import type { LinkView } from '../../../session/contract.ts';
import { t } from '../candidate.messages.ts';
import styles from '../candidate.module.css';
import { GoTo, usePlace } from '../place.ts';
import { readInvitation } from './readInvitation.ts';
import { troubleOf, type TroubleKind } from './troubleOf.ts';
import { Welcome } from './Welcome.tsx';

const ReportSheet = lazy(async () => ({ default: (await import('./ReportSheet.tsx')).ReportSheet }));
const Reported = lazy(async () => ({ default: (await import('./ReportSheet.tsx')).Reported }));
const Trouble = lazy(async () => ({ default: (await import('./Trouble.tsx')).Trouble }));

type Found = { view: LinkView } | { trouble: TroubleKind };

/**
 * What a candidate's link opens: reading it has no effect; Continue claims it. The server's words are shown at once, and
 * checked as soon as the vault is there, which nobody has to wait for: a claim checks them again before anything is sent.
 */
export function InvitationPage(props: { path: string; prepare?: () => void }): JSX.Element {
  const client = useClient();
  const status = useStatus();
  const place = usePlace();
  // The secret behind # never leaves this page but to the worker.
  const link = location.href;
  const exposed = hideExposedSecret();
  const id = (): string => props.path.split(/[#%]/, 1)[0] ?? '';
  const [busy, setBusy] = createSignal(false);
  const [failure, setFailure] = createSignal<string | null>(null);
  const [reporting, setReporting] = createSignal(false);
  const [reported, setReported] = createSignal(false);

  onMount(() => !exposed && props.prepare?.());

  // Whether this browser is the one that claimed it, only the worker knows.
  const [said] = createResource<LinkView | null>(async () => {
    const words = await readInvitation(id()).catch(() => null);
    return words?.kind === 'candidate' && words.state !== 'claimed' ? words : null;
  });
  const [found, { refetch }] = createResource<Found, true>(
    () => said.state === 'ready',
    async () => {
      if (exposed) return { trouble: 'exposed' };
      try {
        return { view: await client.account.inspectLink(link) };
      } catch (error) {
        const trouble = troubleOf(error);
        // Of a link that could be read, that it could not be checked is told by the claim.
        const words = said();
        return words && (trouble === 'offline' || trouble === 'other') ? { view: words } : { trouble };
      }
    },
  );
  /** The server's, which nobody has checked. */
  const words = (): LinkView | undefined => (said.state === 'ready' ? (said() ?? undefined) : undefined);
  const result = (): Found | undefined => {
    if (found.state === 'ready' || found.state === 'refreshing') return found.latest;
    const unchecked = words();
    return unchecked && !exposed ? { view: unchecked } : undefined;
  };
  const view = () => {
    const now = result();
    return now && 'view' in now ? now.view : undefined;
  };
  const trouble = (): TroubleKind | undefined => {
    const now = result();
    if (!now) return undefined;
    if ('trouble' in now) return now.trouble;
    const { state } = now.view;
    return state === 'open' ? undefined : state === 'claimed' ? 'used' : state;
  };
  const home = (): string | undefined => {
    const here = status();
    const claim = here.phase === 'signed-in' ? here.claim : undefined;
    if (claim?.invitationId === id() && !claim.refused) return `/talk/${claim.conversationId}`;
    const now = view();
    if (now?.kind === 'colleague') return `/join/${now.invitationId}${location.hash}`;
    return now?.mine && now.state === 'claimed' ? `/talk/${now.conversationId ?? ''}` : undefined;
  };

  async function go(): Promise<void> {
    if (busy()) return;
    setBusy(true);
    setFailure(null);
    try {
      const read = view();
      const { conversationId } = await client.account.claimAsCandidate({ link, ...(read ? { view: read } : {}) });
      // Replaced, so that neither the history nor the address bar keeps the secret.
      place.go(`/talk/${conversationId}`, { replace: true, state: { firmName: view()?.firmName, inviterName: view()?.inviterName, about: view()?.about } });
    } catch (error) {
      const code = isBatonError(error) ? error.code : '';
      if (code === 'ALREADY_CLAIMED' || code === 'LINK_EXPIRED' || code === 'LINK_REVOKED') return void refetch();
      setFailure(code);
    } finally {
      setBusy(false);
    }
  }

  /** Made where it is shown: the language may be changed beside it. */
  function sentenceOf(code: string | null): string | null {
    if (code === null) return null;
    const now = status();
    if (code === 'ALREADY_SIGNED_IN' && now.phase === 'signed-in') return t('link.signedIn', now.viewer.name);
    if (code === 'OFFLINE') return t('link.offline');
    if (code === 'STORAGE_FULL') return t('link.full');
    return t(code === 'STORAGE_UNAVAILABLE' ? 'link.storage' : 'link.failed');
  }

  return (
    <Switch fallback={<Opening />}>
      <Match when={home()}>{(href) => <GoTo href={href()} />}</Match>
      <Match when={reported() && view()}>
        {(known) => (
          <Reported firm={known().firmName} inviter={known().inviterName} />
        )}
      </Match>
      <Match when={trouble()}>{(kind) => <Trouble kind={kind()} view={exposed ? words() : view()} again={() => void refetch()} busy={found.loading} />}</Match>
      <Match when={view()}>
        {(known) => (
          <>
            <Welcome view={known()} busy={busy()} failure={sentenceOf(failure())} onGo={() => void go()} onReport={() => setReporting(true)} />
            <Suspense>
              <Show when={reporting()}>
                <ReportSheet
                  inviter={known().inviterName}
                  send={(reason) => client.account.reportLink({ link, ...(reason ? { reason } : {}) })}
                  onClose={() => setReporting(false)}
                  onDone={() => {
                    setReporting(false);
                    setReported(true);
                  }}
                />
              </Show>
            </Suspense>
          </>
        )}
      </Match>
    </Switch>
  );
}

/** The page's shape while the link is being read, shown only when that takes a while. */
function Opening(): JSX.Element {
  return (
    <div class={styles.page} data-audience="candidate" role="status" aria-label={t('loading')}>
      <div class={`${styles.sheet} ${styles.opening}`} aria-hidden="true">
        <i />
        <i />
        <i />
        <i />
        <i />
      </div>
    </div>
  );
}
