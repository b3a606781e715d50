import type { MemberViewer } from '../../platform/session/viewer.ts';
import type { NoteRow } from './people.table.ts';

/*
 * People, companies and tags belong to the whole firm: each member reads and writes them. A candidate, even when they are
 * the person, sees no record.
 */

/** A note's words are its author's. */
export function canEditNote(viewer: MemberViewer, note: Pick<NoteRow, 'authorId'>): boolean {
  return note.authorId === viewer.accountId;
}

/** A partner may take a colleague's note away, and not put words into their mouth. */
export function canDeleteNote(viewer: MemberViewer, note: Pick<NoteRow, 'authorId'>): boolean {
  return canEditNote(viewer, note) || viewer.role === 'PARTNER';
}
