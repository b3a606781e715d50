import type { HandleInput, HandleKind, PersonRecordFragment } from '../../../generated/graphql.ts';

export const handleKinds: readonly HandleKind[] = ['EMAIL', 'PHONE', 'WECHAT', 'LINKEDIN'];

/** A record while it is being edited. One empty handle of each kind waits to be filled. */
export interface PersonDraft {
  name: string;
  title: string;
  companyName: string;
  location: string;
  source: string;
  handles: HandleInput[];
  tags: string[];
}

/** The record as a draft; without one an empty draft. */
export function draftOf(person?: PersonRecordFragment): PersonDraft {
  const handles = person?.handles.map(({ kind, raw }) => ({ kind, raw })) ?? [];
  const missing = handleKinds.filter((kind) => !handles.some((handle) => handle.kind === kind));
  return {
    name: person?.name ?? '',
    title: person?.title ?? '',
    companyName: person?.company?.name ?? '',
    location: person?.location ?? '',
    source: person?.source ?? '',
    handles: [...handles, ...missing.map((kind) => ({ kind, raw: '' }))].sort((a, b) => handleKinds.indexOf(a.kind) - handleKinds.indexOf(b.kind)),
    tags: [...(person?.tags ?? [])],
  };
}

/** What is sent: empty fields as null, empty handles left out. */
export function inputOf(draft: PersonDraft): Omit<PersonDraft, 'title' | 'companyName' | 'location' | 'source'> & Record<'title' | 'companyName' | 'location' | 'source', string | null> {
  const text = (value: string): string | null => value.trim() || null;
  return {
    name: draft.name.trim(),
    title: text(draft.title),
    companyName: text(draft.companyName),
    location: text(draft.location),
    source: text(draft.source),
    handles: draft.handles.filter(({ raw }) => raw.trim() !== ''),
    tags: draft.tags,
  };
}

/** Position of a sent handle in the draft: errors name places in what was sent. */
export function draftIndexOf(draft: PersonDraft, sentIndex: number): number {
  const filled = draft.handles.flatMap(({ raw }, index) => (raw.trim() === '' ? [] : [index]));
  return filled[sentIndex] ?? -1;
}
