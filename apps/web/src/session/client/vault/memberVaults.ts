import { isBatonError, type Clock } from '@baton/base';
import type { Attributions, Homeserver, KeyDepositor, MessageStore, Scheduler } from '@baton/messaging';
import type { OpenedAccount, OrganisationLog, ProjectLog, TrustDirectory, VaultDepositor } from '@baton/vault';
import type { DeviceStore, JsonRecord } from '@baton/vault/device';
import type { TeamRoomAnswer, VaultServer } from '../../server/vaultServer.ts';
import type { ConversationList } from '../conversationList.ts';
import type { Vault } from '../dependencies.ts';
import { beginInstead } from './beginInstead.ts';
import { carryOutPlans } from './carryOutPlans.ts';
import { mendGaps } from './mendGaps.ts';
import { makeProjectVaults, type ProjectVaults } from './projectVaults.ts';
import { makeVaultReader, type VaultProgress } from './readVaults.ts';
import { renewPlan, renewPlansOf } from './renewPlans.ts';

interface Dependencies {
  vault: Vault;
  server: VaultServer;
  device: DeviceStore;
  account: OpenedAccount;
  organisationLog: OrganisationLog;
  trust: TrustDirectory;
  conversations: ConversationList;
  homeserver: Homeserver;
  attributions: Attributions;
  store: Pick<MessageStore, 'undecrypted'>;
  progress: JsonRecord<Record<string, VaultProgress>>;
  scheduler: Scheduler;
  clock: Clock;
  report(problem: unknown): void;
}

/** What a member's device does with the vaults of their projects, all by itself. */
export interface MemberVaults {
  readonly projects: ProjectVaults;
  /** The firm's log: who works here. */
  readonly organisationLog: OrganisationLog;
  readonly depositor: KeyDepositor;
  /** The log behind a room, begun if the viewer may; null for a room of no project and one without a vault. */
  logOf(roomId: string): Promise<ProjectLog | null>;
  /** The same as it is: nothing is begun. */
  heardLogOf(roomId: string): Promise<ProjectLog | null>;
  /** Gives sessions that this device received to their project's vault. */
  share: VaultDepositor['share'];
  /** Something changed in a project's log or vault; null: anything may have, somewhere. */
  changed(projectId: string | null): Promise<void>;
  /** Sees to it that a project has a log, and says who has it, to hand it over: its predecessor, or the viewer in their place. */
  beginInstead(projectId: string, from: string): Promise<string>;
  /** Hands over what was planned for colleagues who have signed in by now. */
  carryOutPlans(): Promise<void>;
  /** Plans a waiting handover in the viewer's name. */
  renewPlan(projectId: string): Promise<void>;
  /** The same with all that a colleague planned whose account is about to end. */
  renewPlansOf(leaver: string): Promise<void>;
  /** Reads everything, and from then on looks for gaps from time to time. */
  start(): void;
  /** The viewer has come into these rooms: a project that this device can't open yet is read, should no hint have told of it. */
  roomsCame(roomIds: readonly string[]): void;
  stop(): void;
}

/** Between two looks for gaps, in milliseconds; spread, so that a team's devices don't all do it at once. */
const mendEveryMs = 5 * 60_000;
const mendSpreadMs = 30_000;
/** Rooms of one handover come one after the other, and the hint of it usually before them: so long it is waited for, in milliseconds. */
const gatherMs = 1_500;

export function makeMemberVaults(deps: Dependencies): MemberVaults {
  const { vault, server, account, conversations, homeserver, clock, report } = deps;
  const projects = makeProjectVaults(deps);
  const reader = makeVaultReader({ ...deps, vaults: projects });
  let teamRooms: readonly TeamRoomAnswer[] = [];
  let stopped = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let started = false;
  let gathering: ReturnType<typeof setTimeout> | undefined;
  const came = new Set<string>();

  const projectOf = async (roomId: string): Promise<string | null> => {
    const known = conversations.byRoom(roomId)?.candidacy?.project.id ?? teamRooms.find((room) => room.roomId === roomId)?.projectId;
    if (known !== undefined) return known;
    teamRooms = await server.teamRooms();
    return teamRooms.find((room) => room.roomId === roomId)?.projectId ?? null;
  };
  const logOf = async (roomId: string): Promise<ProjectLog | null> => {
    const projectId = await projectOf(roomId);
    return projectId === null ? null : projects.ensure(projectId);
  };
  const heardLogOf = async (roomId: string): Promise<ProjectLog | null> => {
    const projectId = await projectOf(roomId);
    return projectId === null ? null : projects.log(projectId);
  };
  const depositor = vault.makeVaultDepositor({ account, server, vaultOf: logOf });
  const mine = async (): Promise<string[]> =>
    (await server.projects()).filter(({ members }) => members.some(({ member }) => member.id === account.secrets.account)).map(({ id }) => id);
  /** One project after the other: what is being read now is not slowed down by the rest. */
  const each = async (work: (projectId: string) => Promise<unknown>): Promise<void> => {
    for (const projectId of await mine()) if (!stopped) await work(projectId).catch((error: unknown) => void (isBatonError(error, 'NOT_FOUND') || report(error)));
  };
  const carryOut = (): Promise<void> => carryOutPlans({ ...deps, projects });
  const takeOut = (projectId: string): Promise<void> => projects.takeOutDeparted(projectId).catch(report);
  /** Before, by what this device remembers, and after, by what it has read: whoever has left goes before the rest is looked at. */
  const read = async (projectId: string): Promise<void> => {
    const log = await projects.log(projectId);
    const before = log.current()?.epochs.length;
    await takeOut(projectId);
    await reader.read(projectId);
    await takeOut(projectId);
    // What was not deposited while somebody held the key who has left, is now.
    if (before !== undefined && log.current()?.epochs.length !== before) schedule(0);
  };
  const readAll = async (): Promise<void> => {
    await deps.organisationLog.refresh().catch(report);
    await each(read);
  };
  const mend = async (): Promise<void> => {
    await carryOut();
    await each(async (projectId) => {
      // Who has left may have become known in another way than by a hint.
      await takeOut(projectId);
      await mendGaps({ server, depositor, homeserver, clock }, projectId);
    });
    schedule(mendEveryMs);
  };
  const readNewcomers = async (): Promise<void> => {
    gathering = undefined;
    const rooms = [...came];
    came.clear();
    for (const projectId of new Set(await Promise.all(rooms.map(projectOf)))) {
      if (projectId !== null && !stopped && (await projects.open(projectId)) === null) await read(projectId);
    }
  };
  const schedule = (delayMs: number): void => {
    clearTimeout(timer);
    if (!stopped) timer = setTimeout(() => void mend().catch((error: unknown) => (report(error), schedule(mendEveryMs))), delayMs + Math.random() * mendSpreadMs);
  };

  return {
    projects,
    organisationLog: deps.organisationLog,
    depositor: { deposit: (session) => depositor.deposit(session) },
    logOf,
    heardLogOf,
    share: depositor.share,
    beginInstead: (projectId, from) => beginInstead({ ...deps, projects }, projectId, from),
    carryOutPlans: carryOut,
    renewPlan: (projectId) => renewPlan({ ...deps, projects }, projectId),
    renewPlansOf: (leaver) => renewPlansOf({ ...deps, projects }, leaver),
    changed: (projectId) => (projectId === null ? readAll() : read(projectId)),
    roomsCame: (roomIds) => {
      // What is there at the start is read anyway.
      if (!started || stopped) return;
      for (const roomId of roomIds) came.add(roomId);
      if (came.size > 0) gathering ??= setTimeout(() => void readNewcomers().catch(report), gatherMs);
    },
    start: () => {
      started = true;
      void readAll().catch(report);
      schedule(0);
    },
    stop: () => {
      stopped = true;
      reader.stop();
      clearTimeout(timer);
      clearTimeout(gathering);
    },
  };
}
