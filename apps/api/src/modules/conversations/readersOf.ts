import { eq } from 'drizzle-orm';
import type { Services } from '../../platform/graphql/context.ts';
import type { SignedInViewer } from '../../platform/session/viewer.ts';
import { conversations } from './conversations.table.ts';
import { teamsOf } from './teamRooms.ts';
import { projectMembers } from '../projects/projects.table.ts';
import { projectVaults } from '../vault/vault.table.ts';

/**
 * Accounts that take part in a room, as the viewer may know of it; nobody's where the viewer themself does not take part. Of a
 * candidate's room their firm's team and the candidate once they are in, of a team room the project's members.
 */
export async function readersOf(services: Services, viewer: SignedInViewer, roomId: string): Promise<string[]> {
  const accounts = await services.as(viewer).read(async (tx) => {
    const [conversation] = await tx.select().from(conversations).where(eq(conversations.roomId, roomId));
    if (conversation) {
      const team = (await teamsOf(tx, [conversation.id])).get(conversation.id) ?? [];
      return conversation.state === 'ENTERED' && conversation.candidateId !== null ? [...team, conversation.candidateId] : team;
    }
    const members = await tx.select({ accountId: projectMembers.accountId }).from(projectVaults)
      .innerJoin(projectMembers, eq(projectMembers.projectId, projectVaults.projectId)).where(eq(projectVaults.teamRoomId, roomId));
    return members.map(({ accountId }) => accountId);
  });
  return accounts.includes(viewer.accountId) ? accounts : [];
}
