import type { Tx } from '../../../platform/database/database.ts';
import { refuse } from '../../../platform/errors/refusal.ts';
import type { MemberViewer } from '../../../platform/session/viewer.ts';
import { inWritingOrder, ownedHandles, peopleByIds } from '../people.ts';
import { personHandles } from '../people.table.ts';
import type { PersonFields } from './personFields.ts';

/** Refuses with DUPLICATE_HANDLE, with the people found, when somebody else than `personId` has one of the handles. */
export async function refuseDuplicates(tx: Tx, viewer: MemberViewer, personId: string, handles: PersonFields['handles']): Promise<void> {
  const others = (await ownedHandles(tx, viewer, handles)).filter((row) => row.personId !== personId);
  if (others.length === 0) return;
  const duplicates = await peopleByIds(tx, viewer, [...new Set(others.map((row) => row.personId))]);
  const first = handles.find(({ kind, normalised }) => others.some((row) => row.kind === kind && row.normalised === normalised));
  refuse('DUPLICATE_HANDLE', first?.field ?? 'handles', { duplicates });
}

/** Gives a person these handles. Refused with DUPLICATE_HANDLE when a colleague gave one to somebody else just now. */
export async function insertHandles(tx: Tx, viewer: MemberViewer, personId: string, handles: PersonFields['handles']): Promise<void> {
  if (handles.length === 0) return;
  const rows = handles.map(({ kind, raw, normalised }, position) => ({ organisationId: viewer.organisationId, personId, kind, raw, normalised, position }));
  const inserted = await tx
    .insert(personHandles)
    .values(inWritingOrder(rows))
    .onConflictDoNothing({ target: [personHandles.organisationId, personHandles.kind, personHandles.normalised] })
    .returning({ normalised: personHandles.normalised });
  if (inserted.length < rows.length) await refuseDuplicates(tx, viewer, personId, handles);
}
