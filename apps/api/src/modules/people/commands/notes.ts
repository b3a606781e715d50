import { and, eq, isNull, sql } from 'drizzle-orm';
import type { AddNoteInput, UpdateNoteInput } from '../../../generated/resolvers.ts';
import { createOnce } from '../../../platform/database/createOnce.ts';
import type { Tx, Unit } from '../../../platform/database/database.ts';
import { cleanText } from '../../../platform/errors/line.ts';
import { deny, refuse } from '../../../platform/errors/refusal.ts';
import { clientId } from '../../../platform/errors/validate.ts';
import { member, type ApiContext } from '../../../platform/graphql/context.ts';
import type { MemberViewer } from '../../../platform/session/viewer.ts';
import { personById } from '../people.ts';
import { canDeleteNote, canEditNote } from '../people.policy.ts';
import { notes, type NoteRow, type PersonRow } from '../people.table.ts';

/** What a command on a note answers: the person it is on, and the note, null when it is no more. */
export interface NoteOutcome {
  person: PersonRow;
  note: NoteRow | null;
}

const maxBody = 20_000;

/** Refused with REQUIRED or TOO_LONG. Line breaks stay. */
function noteBody(text: string): string {
  const body = cleanText(text);
  if (body === '') refuse('REQUIRED', 'body');
  return body.length > maxBody ? refuse('TOO_LONG', 'body') : body;
}

/** Writes a note on a person. Sent twice, it writes once. Refused: REQUIRED, TOO_LONG, ID_TAKEN. */
export async function addNote(ctx: ApiContext, input: AddNoteInput): Promise<NoteOutcome> {
  const viewer = member(ctx);
  const id = clientId('note', input.id, 'id');
  const body = noteBody(input.body);
  return createOnce(ctx, id, async (tx, unit) => {
    const person = (await personById(tx, viewer, input.personId)) ?? deny('NOT_FOUND');
    const known = await anyNote(tx, viewer, id);
    if (known && known.personId !== person.id) refuse('ID_TAKEN', 'id');
    if (known) return { person, note: known.deletedAt === null ? known : null };
    const [note] = await tx
      .insert(notes)
      .values({ id, organisationId: viewer.organisationId, personId: person.id, body, authorId: viewer.accountId })
      .returning();
    tell(ctx, unit, person);
    return { person, note: note as NoteRow };
  });
}

/** Rewrites the viewer's own note. Refused: REQUIRED, TOO_LONG. */
export async function updateNote(ctx: ApiContext, input: UpdateNoteInput): Promise<NoteOutcome> {
  const viewer = member(ctx);
  const body = noteBody(input.body);
  return ctx.write(async (tx, unit) => {
    const current = await anyNote(tx, viewer, input.id);
    if (!current || current.deletedAt !== null) return deny('NOT_FOUND');
    if (!canEditNote(viewer, current)) deny('FORBIDDEN');
    const person = (await personById(tx, viewer, current.personId)) ?? deny('NOT_FOUND');
    if (current.body === body) return { person, note: current };
    const [note] = await tx.update(notes).set({ body, updatedAt: sql`now()` }).where(and(eq(notes.id, current.id), isNull(notes.deletedAt))).returning();
    // Deleted just now.
    if (!note) return deny('NOT_FOUND');
    tell(ctx, unit, person);
    return { person, note };
  });
}

/** Takes a note away, text included. A second time it is gone still. */
export async function deleteNote(ctx: ApiContext, id: string): Promise<NoteOutcome> {
  const viewer = member(ctx);
  return ctx.write(async (tx, unit) => {
    const current = await anyNote(tx, viewer, id);
    if (!current) return deny('NOT_FOUND');
    if (!canDeleteNote(viewer, current)) deny('FORBIDDEN');
    const person = (await personById(tx, viewer, current.personId)) ?? deny('NOT_FOUND');
    if (current.deletedAt === null) {
      await tx.update(notes).set({ body: '-', deletedAt: sql`now()` }).where(eq(notes.id, id));
      tell(ctx, unit, person);
    }
    return { person, note: null };
  });
}

/** Deleted ones too. */
async function anyNote(tx: Tx, viewer: MemberViewer, id: string): Promise<NoteRow | undefined> {
  const [note] = await tx.select().from(notes).where(and(eq(notes.organisationId, viewer.organisationId), eq(notes.id, id)));
  return note;
}

function tell(ctx: ApiContext, unit: Unit, person: PersonRow): void {
  unit.afterCommit(() => ctx.services.changes.publish({ topic: 'PERSON', id: person.id, organisationId: person.organisationId }));
}
