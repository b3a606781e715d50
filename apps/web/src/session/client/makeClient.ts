import { BatonError, isBatonError, makeSubject } from '@baton/base';
import type { SignedIn } from '@baton/vault';
import type { Requester } from '../../platform/graphql/request.ts';
import type { AccountCommands, BatonClient, ClientStatus, ConversationCommands, ConversationSummary, KitCommands, TeamRoomSummary, VaultCommands, ViewerSummary } from '../contract.ts';
import type { ExportCommands } from '../exportContract.ts';
import type { AskedInvitations } from './askedInvitations.ts';
import { claimingViewer, makeCandidateEntrance, summaryOfClaim } from './candidateEntrance.ts';
import type { ClientState } from './clientState.ts';
import type { ClientDependencies } from './dependencies.ts';
import { makeRoomReader } from './export/openReading.ts';
import { late } from './late.ts';
import { lateFile, neededFile, type GiveWay } from './lateFiles.ts';
import { isPassing, persistently } from './persistently.ts';
import { recordsOf, type ClaimingRecord } from './records.ts';
import { startSession, type RunningSession, type SignedInHere } from './runningSession.ts';
import { makeSwitchableMessaging } from './switchableMessaging.ts';
import { summaryOfViewer } from './viewer.ts';

/** Makes the client of this device, as it was left: signed in with everything readable, coming in, or signed out. */
export async function makeClient(given: ClientDependencies): Promise<BatonClient & { stop(): Promise<void> }> {
  const giveWay: GiveWay = given.giveWay ?? (() => {});
  const deps: ClientDependencies = {
    ...given,
    request: (async (...call: Parameters<Requester>) => {
      try {
        return await given.request(...call);
      } catch (error) {
        if (isBatonError(error, 'UNAUTHENTICATED')) confirmSession().catch(given.report);
        throw error;
      }
    }) as Requester,
    loadVault: neededFile(given.loadVault, giveWay),
    // Who signs in loads it ahead, and must not be interrupted: a session asks for it again.
    loadMatrix: lateFile(given.loadMatrix),
    deviceName: lateFile(given.deviceName),
  };
  const loadClaim = neededFile(() => import('./claimLink.ts'), giveWay);
  let device = await deps.openDevice();
  let running: RunningSession | null = null;
  let claiming: ClaimingRecord | null = null;
  const status = makeSubject<ClientStatus>({ phase: 'loading' });
  const list = makeSubject<readonly ConversationSummary[]>([]);
  const teamRooms = makeSubject<readonly TeamRoomSummary[]>([]);
  const switchable = makeSwitchableMessaging();
  const askedInvitations: AskedInvitations = new Map();
  let unfollow = (): void => {};
  let cleared: Promise<unknown> = Promise.resolve();

  const show = (viewer: ViewerSummary, messaging: 'starting' | 'ready' | 'failed', failure?: { code: string }): void =>
    status.set({ phase: 'signed-in', viewer, messaging, ...(failure ? { failure } : {}), ...(claiming ? { claim: summaryOfClaim(claiming) } : {}) });

  const run = async (viewer: ViewerSummary, signedIn?: SignedInHere | (() => Promise<SignedInHere>)): Promise<RunningSession> => {
    const showMessaging = (messaging: 'starting' | 'ready' | 'failed', failure?: { code: string }): void => {
      const now = status.current();
      show(now.phase === 'signed-in' && now.viewer.accountId === viewer.accountId ? now.viewer : viewer, messaging, failure);
    };
    const session = await startSession({ deps, device, viewer, showMessaging, sessionEnded: () => void end('SESSION_ENDED').catch(deps.report), ...(signedIn ? { signedIn } : {}) });
    running = session;
    unfollow();
    const followed = [session.conversations.summaries.subscribe(list.set), session.teamRooms.changes.subscribe(teamRooms.set)];
    unfollow = () => followed.forEach((end) => end());
    list.set(session.conversations.summaries.current());
    teamRooms.set(session.teamRooms.changes.current());
    switchable.use(session.local.session);
    const { unsent } = recordsOf(device);
    if (await unsent.read()) await (await import('./unsent.ts')).restoreUnsent(viewer.accountId, unsent, session.local.session);
    return session;
  };

  const stop = async (): Promise<void> => {
    const ended = running;
    running = null;
    unfollow();
    switchable.use(null);
    list.set([]);
    teamRooms.set([]);
    await ended?.stop();
  };

  const end = (because: 'SESSION_ENDED' | 'SIGNED_OUT'): Promise<void> => {
    // Several may notice at once that a session has ended: it ends once, and nobody else's with it.
    const session = running;
    const ended = cleared.then(() => (session !== null && running === session ? clearAway(session, because) : undefined));
    cleared = Promise.allSettled([cleared, ended]);
    return ended;
  };

  const clearAway = async (session: RunningSession, because: 'SESSION_ENDED' | 'SIGNED_OUT'): Promise<void> => {
    const { forgetSession, sweep } = await lateFile(() => import('./forgetting.ts'))();
    const say = async (): Promise<void> => {
      claiming = null;
      // Before the lists go: a page under which the session ends keeps what is open.
      status.set({ phase: 'signed-out', because });
      await stop();
    };
    device = await forgetSession(deps, device, { session, because, stop: say });
    void sweep(deps, () => device).catch(deps.report);
  };

  const updateViewer = async (change: Partial<ViewerSummary>): Promise<void> => {
    const now = status.current();
    if (now.phase !== 'signed-in') return;
    const viewer = { ...now.viewer, ...change };
    status.set({ ...now, viewer });
    await recordsOf(device).viewer.write(viewer);
  };

  /** Asks whether the session still holds, and for what has changed of the viewer. Offline nothing is known, and nothing changes. */
  const confirmViewer = async (): Promise<void> => {
    const viewer = await (await lateFile(() => import('./askViewer.ts'))()).askViewer(deps.request);
    if (viewer === null) return end('SESSION_ENDED');
    await updateViewer(viewer);
  };
  let confirming: Promise<void> | undefined;
  const confirmSession = async (): Promise<void> => {
    // Whoever is just claiming a link is not known to the server yet.
    if (running === null || claiming !== null) return;
    await (confirming ??= confirmViewer().finally(() => (confirming = undefined)));
  };

  /**
   * A candidate comes in:
   *   what they write is kept from now on, under the id that their account will have
   *   the link is checked and claimed, as often as it takes; refused, it is said, and what they wrote stays
   *   then they are signed in like anybody else
   */
  const enter = async (record: ClaimingRecord): Promise<void> => {
    claiming = record;
    const records = recordsOf(device);
    const viewer = claimingViewer(record);
    const claim = async (): Promise<SignedInHere> => {
      try {
        const { claimLink } = await loadClaim();
        return await claimLink(deps, device, record, askedInvitations);
      } catch (error) {
        if (running === session && isPassing(error)) show(viewer, 'starting', { code: (error as BatonError).code });
        throw error;
      }
    };
    const signIn = async (): Promise<SignedInHere> => {
      try {
        const signedIn = await persistently(claim, { report: deps.report, isOver: () => running !== session });
        const summary = summaryOfViewer(signedIn.account.viewer);
        await records.entering.write({ conversationId: record.view.conversationId });
        await records.viewer.write(summary);
        await records.claiming.remove();
        if (running === session) {
          claiming = null;
          session.local.session.identify(summary.mxid);
          show(summary, 'starting');
        }
        return signedIn;
      } catch (error) {
        if (running === session && isBatonError(error) && !isPassing(error)) {
          claiming = { ...record, refused: { code: error.code } };
          await records.claiming.write(claiming);
        }
        throw error;
      }
    };
    const session = await run(viewer, signIn);
    // Only now: who is seen to be in writes at once, and that has to be kept.
    show(viewer, record.refused ? 'failed' : 'starting');
    if (!record.refused) session.start();
  };

  const state: ClientState = {
    deps,
    status,
    askedInvitations,
    device: () => device,
    cleared: async () => void (await cleared),
    session: () => {
      if (!running) throw new BatonError('SIGNED_OUT');
      return running;
    },
    begin: async (signedIn: SignedIn) => {
      const viewer = summaryOfViewer(signedIn.account.viewer);
      await recordsOf(device).viewer.write(viewer);
      const session = await run(viewer, signedIn);
      // A page that hears of it may ask for something at once.
      show(viewer, 'starting');
      session.start();
    },
    end,
    updateViewer,
  };

  const account: AccountCommands = late(neededFile(async () => (await import('./accountCommands.ts')).makeAccountCommands(state), giveWay), {
    confirmSession,
    claimAsCandidate: makeCandidateEntrance({
      claiming: () => claiming,
      isSignedIn: () => status.current().phase === 'signed-in',
      inspectLink: (link) => account.inspectLink(link),
      enter: async (record) => {
        await stop();
        await recordsOf(device).claiming.write(record);
        await enter(record);
      },
      leave: () => end('SIGNED_OUT'),
    }),
  });
  const vault: VaultCommands = late(lateFile(async () => (await import('./vaultCommands.ts')).makeVaultCommands(state)), {});
  const exports: ExportCommands = late(lateFile(async () => (await import('./export/exportCommands.ts')).makeExportCommands(state)), { readRoom: makeRoomReader(state) });
  const kit: KitCommands = late(lateFile(async () => (await import('./kitCommands.ts')).makeKitCommands(state)), {});
  const conversations: ConversationCommands = late(neededFile(async () => (await import('./conversationCommands.ts')).makeConversationCommands(state), giveWay), { list, teamRooms });

  const records = recordsOf(device);
  const [pending, remembered] = await Promise.all([records.claiming.read(), records.viewer.read()]);
  if (pending) {
    await enter(pending);
  } else if (remembered) {
    const session = await run(remembered);
    show(remembered, 'starting');
    session.start();
    void confirmSession().catch(deps.report);
  } else {
    status.set({ phase: 'signed-out' });
  }
  void records.leftovers.read().then(async (left) => left && (await import('./forgetting.ts')).sweep(deps, () => device)).catch(deps.report);

  return { status, account, conversations, vault, kit, exports, messaging: switchable.messaging, stop };
}
