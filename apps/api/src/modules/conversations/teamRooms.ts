import { and, asc, desc, eq, inArray, isNotNull, isNull, max, or, sql } from 'drizzle-orm';
import { asNobody, type Tx, type Unit } from '../../platform/database/database.ts';
import type { Services } from '../../platform/graphql/context.ts';
import type { MatrixTask } from '../../platform/matrix/tasks/matrixTasks.table.ts';
import { orderMatrixTasks } from '../../platform/matrix/tasks/matrixTasks.ts';
import { accounts } from '../accounts/accounts.table.ts';
import { projectMembers } from '../projects/projects.table.ts';
import { projectVaults, vaultDeposits } from '../vault/vault.table.ts';
import { conversations, type ConversationRow } from './conversations.table.ts';

/** A room of a project, and the accounts of the firm that belong in it. */
interface ProjectRoom {
  roomId: string;
  team: readonly string[];
}

/** How a project's members have changed. */
export interface TeamChange {
  /** Accounts that came or went. */
  changed: readonly string[] | 'everybody';
  /** Whose threads become whose, and the line of the project's log that says so. */
  handover: { from: string; to: string; seq: number } | null;
}

/** Accounts of the firm that take part in each of these conversations, as far as the transaction's viewer sees them. */
export async function teamsOf(tx: Tx, conversationIds: readonly string[]): Promise<Map<string, string[]>> {
  const teams = new Map<string, string[]>(conversationIds.map((id) => [id, []]));
  if (conversationIds.length === 0) return teams;
  const ids = sql.join(conversationIds.map((id) => sql`${id}`), sql`, `);
  const rows = await tx.execute<{ conversation_id: string; account_id: string }>(sql`select conversation_id, account_id from app_team(array[${ids}]) order by account_id`);
  for (const row of rows) teams.get(row.conversation_id)?.push(row.account_id);
  return teams;
}

/**
 * After a project's members have changed: whoever went leaves its rooms, whoever came joins them, and a conversation whose
 * owner went is looked after by the successor, or else by the project's lead. Call it in the transaction of the change.
 */
export async function syncProjectTeam(services: Services, tx: Tx, unit: Unit, projectId: string, { changed, handover }: TeamChange): Promise<void> {
  if (changed.length === 0) return;
  // As nobody: a member who takes themself off a project sees none of its conversations from then on.
  await asNobody(tx, async () => {
    if (handover) await giveOn(tx, projectId, handover);
    const rows = await newestFirst(tx, projectId);
    const people = changed === 'everybody' ? await everybodyIn(tx, projectId, rows) : changed;
    await handOwnershipOver(tx, rows, people);
    await orderMemberships(tx, await roomsOf(tx, rows, [projectId]), people);
    if (handover) await orderMatrixTasks(tx, rows.map(({ roomId }) => tellOf(roomId, handover.seq)));
    follow(services, unit, rows);
  });
}

/** What a predecessor looks after, or did when their account ended. */
async function giveOn(tx: Tx, projectId: string, { from, to }: { from: string; to: string }): Promise<void> {
  await tx.update(conversations).set({ ownerId: to, leftBy: null })
    .where(and(eq(conversations.projectId, projectId), or(eq(conversations.ownerId, from), eq(conversations.leftBy, from))));
}

/** After an account has left the firm: it leaves the rooms of all its projects. In the transaction of the change. */
export async function removeFromRooms(services: Services, tx: Tx, unit: Unit, accountId: string): Promise<void> {
  // As nobody: the project's rooms are the project's, not the acting partner's.
  await asNobody(tx, async () => {
    const rows = await tx.selectDistinct({ conversation: conversations }).from(conversations)
      .leftJoin(projectMembers, eq(projectMembers.projectId, conversations.projectId))
      .where(sql`${projectMembers.accountId} = ${accountId} or ${conversations.ownerId} = ${accountId}`);
    const left = rows.map((row) => row.conversation);
    const projects = await tx.select({ id: projectMembers.projectId, organisationId: projectMembers.organisationId }).from(projectMembers).where(eq(projectMembers.accountId, accountId));
    // Who is left on it hears at once: a handover may wait for their word now.
    unit.afterCommit(() => projects.forEach((project) => services.changes.publish({ topic: 'PROJECT', ...project })));
    await handOwnershipOver(tx, left, [accountId]);
    await orderMemberships(tx, await roomsOf(tx, left, projects.map(({ id }) => id)), [accountId]);
    follow(services, unit, left);
  });
}

/**
 * Joins the whole team of a new conversation, whoever is in already.
 * @param present Matrix ids of colleagues who are in: one who has gone from the project since then leaves, its owner too
 */
export async function orderTeam(tx: Tx, conversation: ConversationRow, present: readonly string[]): Promise<void> {
  const { id, roomId, ownerId } = conversation;
  await handOwnershipOver(tx, [conversation], [ownerId]);
  const team = (await teamsOf(tx, [id])).get(id) ?? [];
  const early = await tx.select({ id: accounts.id }).from(accounts).where(inArray(accounts.mxid, [...present]));
  await orderMemberships(tx, [{ roomId, team }], [...new Set([...team, ...early.map((each) => each.id)])]);
}

/** The members' accounts, and those of whoever looks after a conversation without being one. */
async function everybodyIn(tx: Tx, projectId: string, rows: readonly ConversationRow[]): Promise<string[]> {
  const members = await tx.select({ id: projectMembers.accountId }).from(projectMembers).where(eq(projectMembers.projectId, projectId));
  return [...new Set([...members.map(({ id }) => id), ...rows.map(({ ownerId }) => ownerId)])];
}

/** These conversations' rooms in their order, and the projects' team rooms behind the first of them: who comes begins to read there. */
async function roomsOf(tx: Tx, rows: readonly ConversationRow[], projectIds: readonly string[]): Promise<ProjectRoom[]> {
  const teams = await teamsOf(tx, rows.map((row) => row.id));
  const members = projectIds.length === 0 ? [] : await tx.select({ roomId: projectVaults.teamRoomId, accountId: accounts.id }).from(projectVaults)
    .leftJoin(projectMembers, eq(projectMembers.projectId, projectVaults.projectId))
    .leftJoin(accounts, and(eq(accounts.id, projectMembers.accountId), isNull(accounts.endedAt)))
    .where(inArray(projectVaults.projectId, [...projectIds]));
  const teamRooms = [...Map.groupBy(members, (row) => row.roomId)].map(([roomId, list]) => ({ roomId, team: list.flatMap((row) => row.accountId ?? []) }));
  const [first, ...others] = rows.map(({ id, roomId }) => ({ roomId, team: teams.get(id) ?? [] }));
  return [...(first ? [first] : []), ...teamRooms, ...others];
}

/** A project's conversations, those first under whose room a session was deposited last: there somebody wrote. */
async function newestFirst(tx: Tx, projectId: string): Promise<ConversationRow[]> {
  const newest = tx.select({ roomId: vaultDeposits.roomId, number: max(vaultDeposits.number).as('newest') }).from(vaultDeposits)
    .where(eq(vaultDeposits.projectId, projectId)).groupBy(vaultDeposits.roomId).as('newest_deposits');
  const rows = await tx.select({ conversation: conversations }).from(conversations).leftJoin(newest, eq(newest.roomId, conversations.roomId))
    .where(eq(conversations.projectId, projectId)).orderBy(sql`${newest.number} desc nulls last`, desc(conversations.createdAt));
  return rows.map((row) => row.conversation);
}

/**
 * Who comes, comes first, and into the rooms in their order: a thread without anybody to answer in it is the candidate's loss, and
 * whoever goes has no key of the new epoch and gets none.
 */
async function orderMemberships(tx: Tx, rooms: readonly ProjectRoom[], accountIds: readonly string[]): Promise<void> {
  if (rooms.length === 0 || accountIds.length === 0) return;
  const people = await tx.select({ id: accounts.id, mxid: accounts.mxid }).from(accounts).where(inArray(accounts.id, [...accountIds]));
  const pairs = rooms.flatMap(({ roomId, team }) => people.map(({ id, mxid }) => ({ roomId, mxid, stays: team.includes(id) })));
  const removals = pairs.filter(({ stays }) => !stays).map(({ roomId, mxid }): MatrixTask => ({ kind: 'remove', roomId, mxid, reason: 'no longer on the project' }));
  const joins = pairs.filter(({ stays }) => stays).map(({ roomId, mxid }): MatrixTask => ({ kind: 'join', roomId, mxid }));
  await orderMatrixTasks(tx, [...joins, ...removals]);
}

/** What the candidate's client shows as a line of the thread: who came and who went stands in the project's log. */
const tellOf = (roomId: string, seq: number): MatrixTask => ({ kind: 'set-state', roomId, type: 'com.baton.handover', key: String(seq), content: { seq } });

async function handOwnershipOver(tx: Tx, rows: readonly ConversationRow[], changed: readonly string[]): Promise<void> {
  const teams = await teamsOf(tx, rows.map((row) => row.id));
  for (const row of rows) {
    if (!changed.includes(row.ownerId) || teams.get(row.id)?.includes(row.ownerId)) continue;
    const [lead] = await tx.select({ id: projectMembers.accountId }).from(projectMembers)
      .innerJoin(accounts, eq(accounts.id, projectMembers.accountId))
      .where(and(eq(projectMembers.projectId, row.projectId), eq(projectMembers.role, 'LEAD'), isNull(accounts.endedAt)))
      .orderBy(asc(projectMembers.joinedAt), asc(projectMembers.accountId)).limit(1);
    if (!lead) continue;
    const [ended] = await tx.select({ id: accounts.id }).from(accounts).where(and(eq(accounts.id, row.ownerId), isNotNull(accounts.endedAt)));
    await tx.update(conversations).set({ ownerId: lead.id, leftBy: row.leftBy ?? ended?.id ?? null }).where(eq(conversations.id, row.id));
  }
}

/** Nobody waits for the homeserver: the rooms of a large project take seconds. */
function follow(services: Services, unit: Unit, rows: readonly ConversationRow[]): void {
  unit.afterCommit(() => void services.matrixTasks.run());
  unit.afterCommit(() => rows.forEach(({ id, organisationId }) => services.changes.publish({ topic: 'CONVERSATION', id, organisationId })));
}
