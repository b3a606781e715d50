import { newId } from '@baton/base';
import { makeVaultDepositor, type VaultDepositor } from '../flows/depositSessions.ts';
import { readDeposits, type ReadDeposits } from '../flows/readDeposits.ts';
import type { DepositableSession } from '../flows/welcome.ts';
import { openOrganisationLogView, type OrganisationLogView } from '../log/client.ts';
import { replayOrganisationLog } from '../log/replay.ts';
import { openProjectLog, type ProjectLog } from '../project/client.ts';
import { makeProjectGenesis, type LineContext, type ProjectActor } from '../project/line.ts';
import { openEpochs, type OpenedEpochs } from '../project/openEpochs.ts';
import type { OrganisationState } from '../log/state.ts';
import type { ProjectState } from '../project/state.ts';
import type { DeviceStore } from '../device/deviceStore.ts';
import type { OrganisationRoot } from '../organisation/root.ts';
import { makeMemoryProjectServer, type MemoryProjectServer, type VaultServer } from './memoryProjectServer.ts';
import type { TestFirm, TestPerson } from './testFirm.ts';
import { makeTestSession } from './testSession.ts';

export const testRoom = '!room:baton.test';

/** What a client of the vault can do, on one device of one person. */
export interface VaultClient {
  person: TestPerson;
  server: VaultServer;
  log: ProjectLog;
  depositor: VaultDepositor;
  /** What a line of this person's is made with, by the organisation's log as given. */
  context(organisation: OrganisationState): LineContext;
  epochs(): OpenedEpochs;
  /** All deposits of the project, as this person reads them. `senders` by session id, as the room shows them. */
  read(senders?: Readonly<Record<string, string>>): Promise<ReadDeposits>;
}

export interface TestProject {
  project: string;
  server: MemoryProjectServer;
  /** Another device of a person, by default on the one where they have their account. With `server` a lying one. */
  client(person: TestPerson, options?: { device?: DeviceStore; server?: Partial<VaultServer> }): Promise<VaultClient>;
}

/** A project whose first roster are these people; the first of them leads it and begins it. */
export async function makeTestProject(firm: TestFirm, [lead, ...others]: readonly [TestPerson, ...TestPerson[]], project: string = newId('project')): Promise<TestProject> {
  const organisation = async (): Promise<OrganisationState> => replayOrganisationLog(await firm.server.organisationLog(-1));
  const server = makeMemoryProjectServer(organisation);

  const client: TestProject['client'] = async (person, { device = person.device, server: lies = {} } = {}) => {
    const mine: VaultServer = { ...server.as(idOf(person)), ...lies };
    const { root } = person.account.secrets;
    const organisationLog: OrganisationLogView = person.log !== null && device === person.device ? person.log : await openOrganisationLogView({ server: firm.server, device, root });
    const log = await openProjectLog({ server: mine, device, organisationLog, project });
    const depositor = makeVaultDepositor({ account: person.account, server: mine, vaultOf: async (roomId) => (roomId === testRoom ? log : null) });
    const epochs = (): OpenedEpochs => openEpochs(log.current() as ProjectState, { id: idOf(person), box: person.account.keys.box });
    return {
      person, server: mine, log, depositor, epochs,
      context: (known) => contextOf(firm, person, known),
      read: async (senders = {}) => {
        const state = (await log.refresh()) as ProjectState;
        const known = organisationLog.current() as OrganisationState;
        const deps = { account: person.account, trust: person.trust, senderOf: (_: string, session: string) => senders[session] };
        return await readDeposits(deps, { state, organisation: known, keys: epochs().keys }, await mine.deposits(project, 0));
      },
    };
  };

  const first = await client(lead);
  const roster = [{ account: idOf(lead), role: 'lead' as const }, ...others.map((person) => ({ account: idOf(person), role: 'member' as const }))];
  await first.log.append((_, known) => makeProjectGenesis(first.context(known), project, roster));
  return { project, server, client };
}

export const idOf = (person: TestPerson): string => person.account.secrets.account;

/** What a line of this person's, or of the recovery kit's keeper, is made with. */
export function contextOf(firm: TestFirm, who: TestPerson | OrganisationRoot, organisation: OrganisationState): LineContext {
  const actor: ProjectActor = 'account' in who ? { account: idOf(who), keys: who.account.keys } : { root: who };
  return { organisation, actor, now: firm.clock.now() };
}

/** The test session of this name, as a client has it in the test project's room. */
export function depositable(name: string, options: Parameters<typeof makeTestSession>[2] = {}): DepositableSession {
  const { session, exported } = makeTestSession(testRoom, name, options);
  return { roomId: testRoom, sessionId: session, exportSession: async () => exported };
}
