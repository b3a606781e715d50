import type { BookInterviewInput } from '../../../generated/resolvers.ts';
import { createOnce } from '../../../platform/database/createOnce.ts';
import { deny, refuse } from '../../../platform/errors/refusal.ts';
import { clientId } from '../../../platform/errors/validate.ts';
import { member, type ApiContext } from '../../../platform/graphql/context.ts';
import { record } from '../../audit/audit.ts';
import { isOver as isConversationOver } from '../../conversations/conversations.policy.ts';
import { lockConversation } from '../../conversations/conversations.ts';
import { projectById } from '../../projects/projects.ts';
import { circleOf, interviewById } from '../interviews.ts';
import { canBook } from '../interviews.policy.ts';
import { interviews, type InterviewRow } from '../interviews.table.ts';
import { interviewFields } from './interviewFields.ts';
import { tellParticipants } from './tellOfInterview.ts';

const usualMinutes = 30;

/**
 * Books an interview with a conversation's candidate, for now unless a time is named; one who has not come yet finds it. Sent
 * twice, it is booked once, and stays as it was moved meanwhile.
 * Refused: CONVERSATION_OVER, PROJECT_ARCHIVED, ID_TAKEN, INVALID_ID, and what its fields are refused for.
 */
export async function bookInterview(ctx: ApiContext, input: BookInterviewInput): Promise<InterviewRow> {
  const viewer = member(ctx);
  const id = clientId('interview', input.id, 'id');
  return createOnce(ctx, id, async (tx, unit) => {
    const conversation = await lockConversation(tx, input.conversationId, 'share');
    const circle = await circleOf(tx, conversation);
    if (!canBook(viewer, circle)) deny('FORBIDDEN');
    const known = await interviewById(tx, viewer, id);
    if (known) return known.conversationId === conversation.id ? known : refuse('ID_TAKEN', 'id');
    if (isConversationOver(conversation)) refuse('CONVERSATION_OVER', 'conversationId');
    if ((await projectById(tx, viewer, conversation.projectId)).archivedAt !== null) refuse('PROJECT_ARCHIVED');

    const now = ctx.services.clock.now();
    const { kind, minutes, startsAt, topic, hostId } = input;
    const given = { kind, minutes: minutes ?? usualMinutes, startsAt: startsAt ?? new Date(now), topic: topic ?? conversation.about, hostId: hostId ?? viewer.accountId };
    const fields = interviewFields(given, circle, now);
    const { organisationId, projectId } = conversation;
    const [interview] = await tx.insert(interviews)
      .values({ id, organisationId, projectId, conversationId: conversation.id, ...fields, bookedBy: viewer.accountId, bookedAt: new Date(now) })
      .returning();
    record(unit, viewer, 'INTERVIEW_BOOKED', conversation.id);
    tellParticipants(ctx, unit, interview as InterviewRow);
    return interview as InterviewRow;
  });
}
