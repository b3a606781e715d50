import { eq } from 'drizzle-orm';
import type { SaveInterviewNoteInput } from '../../../generated/resolvers.ts';
import { createOnce } from '../../../platform/database/createOnce.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { deny, refuse } from '../../../platform/errors/refusal.ts';
import { clientId, optionalText, requiredText } from '../../../platform/errors/validate.ts';
import { member, type ApiContext } from '../../../platform/graphql/context.ts';
import type { MemberViewer } from '../../../platform/session/viewer.ts';
import { interviewForTeam } from '../interviews.ts';
import { interviewNotes, type InterviewNoteRow } from '../interviews.table.ts';
import { callSeconds } from './interviewFields.ts';
import { tellTeam } from './tellOfInterview.ts';

/**
 * Keeps a note of the viewer's as it stands now. One that was deleted does not come back: then null.
 * Refused: INVALID_ID, ID_TAKEN, REQUIRED, TOO_LONG, OUT_OF_RANGE.
 */
export async function saveInterviewNote(ctx: ApiContext, input: SaveInterviewNoteInput): Promise<InterviewNoteRow | null> {
  const viewer = member(ctx);
  const id = clientId('interviewNote', input.id, 'id');
  const body = requiredText(input.body, 'body', 4000);
  const callId = optionalText(input.callId, 'callId', 100);
  const atSeconds = typeof input.atSeconds === 'number' ? callSeconds(input.atSeconds, 'atSeconds') : null;
  return createOnce(ctx, id, async (tx, unit) => {
    const { interview } = await interviewForTeam(tx, viewer, input.interviewId);
    const { organisationId, projectId } = interview;
    const known = await ownNote(tx, viewer, id);
    if (known && known.interviewId !== interview.id) refuse('ID_TAKEN', 'id');
    if (known?.deletedAt) return null;
    tellTeam(ctx, unit, interview);
    const [note] = known
      ? await tx.update(interviewNotes).set({ body, callId, atSeconds }).where(eq(interviewNotes.id, id)).returning()
      : await tx.insert(interviewNotes)
        .values({ id, organisationId, projectId, interviewId: interview.id, authorId: viewer.accountId, callId, atSeconds, body, writtenAt: new Date(ctx.services.clock.now()) })
        .returning();
    return note as InterviewNoteRow;
  });
}

/** Takes a note of the viewer's away, text included. A second time it is gone still. A colleague's is as if there were none. */
export async function deleteInterviewNote(ctx: ApiContext, id: string): Promise<void> {
  const viewer = member(ctx);
  await ctx.write(async (tx, unit) => {
    const known = (await ownNote(tx, viewer, id)) ?? deny('NOT_FOUND');
    const { interview } = await interviewForTeam(tx, viewer, known.interviewId);
    await tx.update(interviewNotes).set({ body: '-', deletedAt: new Date(ctx.services.clock.now()) }).where(eq(interviewNotes.id, id));
    tellTeam(ctx, unit, interview);
  });
}

/** Deleted ones too. */
async function ownNote(tx: Tx, viewer: MemberViewer, id: string): Promise<InterviewNoteRow | undefined> {
  const [note] = await tx.select().from(interviewNotes).where(eq(interviewNotes.id, id));
  return note?.authorId === viewer.accountId ? note : undefined;
}
