import { and, desc, eq, inArray, type SQL } from 'drizzle-orm';
import type { Tx } from '../../platform/database/database.ts';
import { member, signedIn, type ApiContext } from '../../platform/graphql/context.ts';
import { conversationById } from '../conversations/conversations.ts';
import { projectMembers, projects } from '../projects/projects.table.ts';
import { mayFollowLog } from './vault.policy.ts';
import { handoverPlans, projectVaults, type PlanRow, type VaultRow } from './vault.table.ts';

/** A project's team room, as its list shows it. */
export interface TeamRoomRow {
  projectId: string;
  projectName: string;
  roomId: string;
}

/** The vaults of these projects, as far as the transaction's viewer sees them. */
export async function vaultsOf(tx: Tx, projectIds: readonly string[]): Promise<VaultRow[]> {
  return projectIds.length === 0 ? [] : tx.select().from(projectVaults).where(inArray(projectVaults.projectId, [...projectIds]));
}

/** The handovers of these projects that wait, as far as the transaction's viewer sees them. */
export async function plansOf(tx: Tx, projectIds: readonly string[]): Promise<PlanRow[]> {
  return projectIds.length === 0 ? [] : tx.select().from(handoverPlans).where(inArray(handoverPlans.projectId, [...projectIds]));
}

/** Team rooms of the projects that the viewer is on, newest project first. Members. */
export async function teamRooms(ctx: ApiContext): Promise<TeamRoomRow[]> {
  const viewer = member(ctx);
  return ctx.read((tx) =>
    tx.select({ projectId: projects.id, projectName: projects.name, roomId: projectVaults.teamRoomId }).from(projectVaults)
      .innerJoin(projects, eq(projects.id, projectVaults.projectId))
      .innerJoin(projectMembers, and(eq(projectMembers.projectId, projects.id), eq(projectMembers.accountId, viewer.accountId)))
      .orderBy(desc(projects.createdAt), desc(projects.id)),
  );
}

/** The vault of a conversation's project, for whoever writes in the conversation; null when the viewer may not know of it. */
export async function vaultOfConversation(ctx: ApiContext, conversationId: string): Promise<VaultRow | null> {
  const viewer = signedIn(ctx);
  const conversation = await conversationById(ctx, conversationId);
  if (!conversation || !mayFollowLog(viewer, conversation)) return null;
  // As nobody: a candidate sees the log of a project whose record they don't see.
  const [vault] = await ctx.services.system.read((tx) => vaultsOf(tx, [conversation.projectId]));
  return vault ?? null;
}

/** Condition that a column names a project that the viewer is on. */
export function onRoster(tx: Tx, accountId: string, projectId: Parameters<typeof inArray>[0]): SQL {
  return inArray(projectId, tx.select({ id: projectMembers.projectId }).from(projectMembers).where(eq(projectMembers.accountId, accountId)));
}
