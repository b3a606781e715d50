import type { TrustDirectory } from '@baton/vault';
import type { ConversationList } from './conversationList.ts';
import type { CandidateVault } from './vault/candidateVault.ts';

/**
 * Who is just entering a conversation will write in it: its project's log and the team are asked for, and checked, while Matrix gets
 * ready. Resolves with the team's Matrix ids.
 */
export async function lookAhead(deps: { conversations: ConversationList; behind: CandidateVault; trust: TrustDirectory }, conversationId: string): Promise<string[]> {
  const { conversations, behind, trust } = deps;
  behind.ofConversation(conversationId).then((log) => log?.refresh()).catch(() => {});
  const team = await new Promise<string[]>((resolve) => {
    const look = (): void => {
      const found = conversations.byId(conversationId)?.team;
      if (found === undefined) return;
      unfollow();
      resolve(found.map(({ mxid }) => mxid));
    };
    const unfollow = conversations.changes.subscribe(look);
    look();
  });
  trust.refresh(team).catch(() => {});
  return team;
}
