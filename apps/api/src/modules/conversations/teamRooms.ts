import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import { asNobody, type Tx, type Unit } from '../../platform/database/database.ts';
import type { Services } from '../../platform/graphql/context.ts';
import type { MatrixTask } from '../../platform/matrix/tasks/matrixTasks.table.ts';
import { orderMatrixTasks } from '../../platform/matrix/tasks/matrixTasks.ts';
import { accounts } from '../accounts/accounts.table.ts';
import { projectMembers } from '../projects/projects.table.ts';
import { conversations, type ConversationRow } from './conversations.table.ts';

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
 * After a project's members have changed: whoever came joins the rooms of its conversations, whoever went leaves them, and
 * a conversation whose owner went is looked after by the project's lead. Call it in the transaction of the change.
 * @param changed accounts that came or went
 */
export async function syncProjectTeam(services: Services, tx: Tx, unit: Unit, projectId: string, changed: readonly string[]): Promise<void> {
  if (changed.length === 0) return;
  // As nobody: a member who takes themself off a project sees none of its conversations from then on.
  await asNobody(tx, async () => {
    const rows = await tx.select().from(conversations).where(eq(conversations.projectId, projectId));
    await handOwnershipOver(tx, rows, changed);
    await orderMemberships(tx, rows, changed);
    follow(services, unit, rows);
  });
}

/** After an account has left the firm: it leaves the rooms of all its conversations. In the transaction of the change. */
export async function removeFromRooms(services: Services, tx: Tx, unit: Unit, accountId: string): Promise<void> {
  // As nobody: the project's rooms are the project's, not the acting partner's.
  await asNobody(tx, async () => {
    const rows = await tx.selectDistinct({ conversation: conversations }).from(conversations)
      .leftJoin(projectMembers, eq(projectMembers.projectId, conversations.projectId))
      .where(sql`${projectMembers.accountId} = ${accountId} or ${conversations.ownerId} = ${accountId}`);
    const left = rows.map((row) => row.conversation);
    await handOwnershipOver(tx, left, [accountId]);
    await orderMemberships(tx, left, [accountId]);
    follow(services, unit, left);
  });
}

/** Joins the whole team, whoever is in already. */
export async function orderTeam(tx: Tx, conversation: ConversationRow): Promise<void> {
  const team = (await teamsOf(tx, [conversation.id])).get(conversation.id) ?? [];
  await orderMemberships(tx, [conversation], team);
}

async function orderMemberships(tx: Tx, rows: readonly ConversationRow[], accountIds: readonly string[]): Promise<void> {
  if (rows.length === 0 || accountIds.length === 0) return;
  const people = await tx.select({ id: accounts.id, mxid: accounts.mxid }).from(accounts).where(inArray(accounts.id, [...accountIds]));
  const teams = await teamsOf(tx, rows.map((row) => row.id));
  const tasks = rows.flatMap(({ id, roomId }) =>
    people.map(({ id: accountId, mxid }): MatrixTask =>
      teams.get(id)?.includes(accountId) ? { kind: 'join', roomId, mxid } : { kind: 'remove', roomId, mxid, reason: 'no longer on the project' },
    ),
  );
  await orderMatrixTasks(tx, tasks);
}

async function handOwnershipOver(tx: Tx, rows: readonly ConversationRow[], changed: readonly string[]): Promise<void> {
  const teams = await teamsOf(tx, rows.map((row) => row.id));
  for (const row of rows) {
    if (!changed.includes(row.ownerId) || teams.get(row.id)?.includes(row.ownerId)) continue;
    const [lead] = await tx.select({ id: projectMembers.accountId }).from(projectMembers)
      .innerJoin(accounts, eq(accounts.id, projectMembers.accountId))
      .where(and(eq(projectMembers.projectId, row.projectId), eq(projectMembers.role, 'LEAD'), sql`${accounts.endedAt} is null`))
      .orderBy(asc(projectMembers.joinedAt), asc(projectMembers.accountId)).limit(1);
    if (lead) await tx.update(conversations).set({ ownerId: lead.id }).where(eq(conversations.id, row.id));
  }
}

function follow(services: Services, unit: Unit, rows: readonly ConversationRow[]): void {
  if (rows.length === 0) return;
  unit.afterCommit(() => services.matrixTasks.run());
  unit.afterCommit(() => rows.forEach(({ id, organisationId }) => services.changes.publish({ topic: 'CONVERSATION', id, organisationId })));
}
