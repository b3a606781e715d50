import type { MemberViewer, SignedInViewer } from '../../platform/session/viewer.ts';
import type { ConversationRow } from '../conversations/conversations.table.ts';
import type { InterviewRow, ScorecardRow } from './interviews.table.ts';

/** Somebody's place in a conversation: the accounts of the firm's team in it, and its candidate. */
export interface Circle extends Pick<ConversationRow, 'candidateId' | 'state'> {
  team: readonly string[];
}

/** A call is for those who are in the conversation: the team, and the candidate once they are in the room and until they leave. A partner who only sees the project is not. */
export function takesPart(viewer: Pick<SignedInViewer, 'accountId' | 'kind'>, { team, candidateId, state }: Circle): boolean {
  return viewer.kind === 'member' ? team.includes(viewer.accountId) : candidateId === viewer.accountId && state === 'ENTERED';
}

/** Interviews are booked, moved and cancelled by whoever of the team speaks for the firm towards candidates, which a researcher does not. */
export function canBook(viewer: Pick<MemberViewer, 'accountId' | 'kind' | 'role'>, circle: Circle): boolean {
  return takesPart(viewer, circle) && viewer.role !== 'RESEARCHER';
}

/** One that was held or cancelled is over: it is not moved any more. */
export const isOver = (interview: Pick<InterviewRow, 'state'>): boolean => interview.state !== 'BOOKED';

/**
 * An interviewer's notes and scorecard are theirs alone until they submit the scorecard: nobody is led by a colleague's judgement
 * before it stands. From then on everybody on the project reads them; so they do when the interviewer is off the conversation's
 * team, by a handover or because they left the firm: nobody else could submit it. The candidate and other firms never read any of it.
 */
export function readsInterviewer(
  viewer: Pick<MemberViewer, 'accountId'>,
  { authorId, submittedAt, team }: Pick<ScorecardRow, 'authorId' | 'submittedAt'> & Pick<Circle, 'team'>,
): boolean {
  return authorId === viewer.accountId || submittedAt !== null || !team.includes(authorId);
}
