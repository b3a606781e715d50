import type { Viewer } from '../../platform/session/viewer.ts';
import type { ConversationRow } from './conversations.table.ts';

/** Only whom the conversation is with enters it as the candidate, leaves it, and reads what was written before they came. */
export const isCandidateOf = (viewer: Viewer, conversation: Pick<ConversationRow, 'candidateId'>): boolean =>
  viewer.kind === 'candidate' && conversation.candidateId === viewer.accountId;

/** The firm's record stays the firm's: candidates don't see candidacy, invitation and reports. */
export const seesRecord = (viewer: Viewer): boolean => viewer.kind === 'member';

/** As long as the candidate has not come, keys are left at the link for them. */
export const takesDeposits = (conversation: Pick<ConversationRow, 'state'>): boolean =>
  conversation.state === 'INVITED' || conversation.state === 'CLAIMED';

/** Whether the candidate has ended it. */
export const isOver = (conversation: Pick<ConversationRow, 'state'>): boolean =>
  conversation.state === 'LEFT' || conversation.state === 'BLOCKED';
