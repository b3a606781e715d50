import type { Viewer } from '../../platform/session/viewer.ts';
import type { ConversationRow } from '../conversations/conversations.table.ts';
import { isCandidateOf, isOver } from '../conversations/conversations.policy.ts';
import type { SeenProject } from '../projects/projects.table.ts';

/** Who may read a deposit, say what is in it, and leave their own: the roster. A partner who is not in it could open none. */
export const isOnProject = (project: Pick<SeenProject, 'viewerRole'>): boolean => project.viewerRole !== null;

/** A candidate needs the project's log as long as they write: who has left the conversation is told nothing more of the team. */
export const mayFollowLog = (viewer: Viewer, conversation: Pick<ConversationRow, 'candidateId' | 'state'>): boolean =>
  viewer.kind === 'member' || (isCandidateOf(viewer, conversation) && !isOver(conversation));
