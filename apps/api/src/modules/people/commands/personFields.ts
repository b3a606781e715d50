import type { CreatePersonInput, HandleInput } from '../../../generated/resolvers.ts';
import { nameLine, optionalLine } from '../../../platform/errors/line.ts';
import { refuse } from '../../../platform/errors/refusal.ts';
import { sameNameKey } from '../../search/search.ts';
import { invalidHandleCode, normaliseHandle, type NormalisedHandle } from '../handles/normaliseHandle.ts';
import { maxHandles, maxTagLength, maxTags } from '../limits.ts';
import type { Tag } from '../people.ts';

/** A person's fields, checked and cleaned. */
export interface PersonFields {
  name: string;
  title: string | null;
  companyName: string | null;
  location: string | null;
  source: string | null;
  handles: (NormalisedHandle & { field: string })[];
  tags: Tag[];
}

type PersonInput = Pick<CreatePersonInput, 'name' | 'title' | 'companyName' | 'location' | 'source' | 'handles' | 'tags'>;

/** Checks what was typed. Refused: REQUIRED, TOO_LONG, NAME_NEEDS_LETTER, TOO_MANY, INVALID_EMAIL, INVALID_PHONE, INVALID_WECHAT, INVALID_LINKEDIN. */
export function personFields(input: PersonInput): PersonFields {
  const companyName = optionalLine(input.companyName, 'companyName');
  return {
    name: nameLine(input.name, 'name'),
    title: optionalLine(input.title, 'title'),
    companyName: companyName === null ? null : nameLine(companyName, 'companyName'),
    location: optionalLine(input.location, 'location'),
    source: optionalLine(input.source, 'source'),
    handles: handleFields(input.handles ?? []),
    tags: tagFields(input.tags ?? []),
  };
}

/** The same handle twice is one handle. Empty ones are left out: a form has empty rows. */
function handleFields(input: readonly HandleInput[]): PersonFields['handles'] {
  if (input.length > maxHandles) refuse('TOO_MANY', 'handles');
  const handles = new Map<string, PersonFields['handles'][number]>();
  for (const [at, { kind, raw }] of input.entries()) {
    if (raw.trim() === '') continue;
    const field = `handles.${at}.raw`;
    const handle = normaliseHandle(kind, raw) ?? refuse(invalidHandleCode[kind], field);
    const key = `${kind} ${handle.normalised}`;
    if (!handles.has(key)) handles.set(key, { ...handle, field });
  }
  return [...handles.values()];
}

function tagFields(input: readonly string[]): Tag[] {
  const tags = new Map<string, Tag>();
  for (const [at, text] of input.entries()) {
    const tag = optionalLine(text, `tags.${at}`, maxTagLength);
    const tagKey = tag === null ? '' : sameNameKey(tag);
    if (tag !== null && tagKey !== '' && !tags.has(tagKey)) tags.set(tagKey, { tag, tagKey });
  }
  if (tags.size > maxTags) refuse('TOO_MANY', 'tags');
  return [...tags.values()];
}
