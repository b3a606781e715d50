import type { ProjectLogStatement, ProjectState, RosterEntry, Signed } from '@baton/vault/verify';
import { replayOrganisationLog, replayProjectLog } from '@baton/vault/verify';
import type { TestClient } from './client.ts';
import type { TestFirm, TestPerson } from './firm.ts';
import { homeserverDone } from './matrixTasks.ts';
import * as vault from './signing.ts';
import type { TestApi } from './startTestApi.ts';

/** Somebody who signs a line, or the keeper of the recovery kit. */
export type Signer = TestPerson | vault.OrganisationRoot;

const lineDocument = (name: string, type: string): string =>
  `mutation ($input: ${type}!) { ${name}(input: $input) { project { id members { role member { id } } vault { teamRoomId } } userErrors { code field } } }`;
export const vaultDocuments = {
  append: lineDocument('appendProjectLog', 'AppendProjectLogInput'),
  handOver: lineDocument('handOverProject', 'HandOverProjectInput'),
  deposit: 'mutation ($input: DepositSessionsInput!) { depositSessions(input: $input) { deposited userErrors { code field } } }',
  check: 'mutation ($input: CheckDepositsInput!) { checkDeposits(input: $input) { checked userErrors { code field } } }',
  deposits: 'query ($id: ID!, $after: Int! = 0) { project(id: $id) { vault { deposits(after: $after, first: 100) { number roomId sessionId depositorId epoch sealed } } } }',
  coverage: 'query ($id: ID!) { project(id: $id) { vault { coverage { sessions deposited covered readAt gaps { roomId conversationId sessionId senderMxid since deposited } } } } }',
};

export const rosterOf = (leads: readonly TestPerson[], members: readonly TestPerson[] = []): RosterEntry[] => [
  ...leads.map(({ accountId }) => ({ account: accountId, role: 'lead' as const })),
  ...members.map(({ accountId }) => ({ account: accountId, role: 'member' as const })),
];

/** What lines are made of: both logs as they are in the database now. */
export async function lineContext(api: TestApi, firm: TestFirm, signer: Signer): Promise<vault.LineContext> {
  const lines = await api.sql`select entry from organisation_log where organisation_id = ${firm.organisationId} order by seq`;
  const actor = 'accountId' in signer ? { account: signer.accountId, keys: signer.keys } : { root: signer };
  return { organisation: replayOrganisationLog(lines.map((line) => line['entry'] as unknown)), actor, now: api.clock.now() };
}

/** What a project's log adds up to in the database now. */
export async function projectStateOf(api: TestApi, firm: TestFirm, projectId: string): Promise<ProjectState> {
  const lines = await api.sql`select entry from project_log where project_id = ${projectId} order by seq`;
  return replayProjectLog(lines.map((line) => line['entry'] as unknown), (await lineContext(api, firm, firm.partner)).organisation, projectId);
}

/** The first line of a project, for this roster. */
export async function genesisOf(api: TestApi, firm: TestFirm, signer: Signer, projectId: string, roster: readonly RosterEntry[]): Promise<Signed<ProjectLogStatement>> {
  return vault.makeProjectGenesis(await lineContext(api, firm, signer), projectId, roster);
}

/** Sends a line; returns the payload. */
export async function sendLine(client: TestClient, projectId: string, entry: unknown, command: 'append' | 'handOver' = 'append') {
  const answer = await client.must(vaultDocuments[command], { input: { projectId, entry } });
  return command === 'append' ? answer['appendProjectLog'] : answer['handOverProject'];
}

/** Begins a project's log in a person's name; the test fails when it is refused. Returns the team room. */
export async function beginLog(api: TestApi, firm: TestFirm, signer: TestPerson, projectId: string, roster: readonly RosterEntry[] = rosterOf([signer])): Promise<string> {
  const { project, userErrors } = await sendLine(signer.client, projectId, await genesisOf(api, firm, signer, projectId, roster));
  if (userErrors.length > 0) throw new Error(`appendProjectLog: ${JSON.stringify(userErrors)}`);
  await homeserverDone(api);
  return project.vault.teamRoomId;
}
