import { hexOfUuid, isHexOfUuid } from './uuid.ts';

/**
 * One prefix per kind of thing. An id names its kind wherever it is met, in a log, a URL or a signed statement,
 * and is the primary key in PostgreSQL as it stands: there is no second, inner form of it.
 */
export const idPrefixes = {
  organisation: 'org',
  account: 'acc',
  session: 'ses',
  invitation: 'inv',
  conversation: 'con',
  person: 'per',
  handle: 'hdl',
  company: 'cmp',
  project: 'prj',
  stage: 'stg',
  candidacy: 'cdy',
  stageEvent: 'sev',
  promise: 'prm',
  criterion: 'crt',
  interview: 'itv',
  interviewNote: 'ivn',
  note: 'nte',
  import: 'imp',
} as const;

/** A kind of thing that carries an id. */
export type IdKind = keyof typeof idPrefixes;

/** `per_018f2b3c…`: the kind's prefix and 32 hex digits of a UUIDv7, so that ids sort by the time they were made. */
export type Id<K extends IdKind = IdKind> = `${(typeof idPrefixes)[K]}_${string}`;

/** Makes a fresh id of a kind. Clients make ids too: a command that is sent twice then names the same thing twice. */
export function newId<K extends IdKind>(kind: K): Id<K> {
  return `${idPrefixes[kind]}_${hexOfUuid()}` as Id<K>;
}

/** Whether a text is a well-formed id of this kind. */
export function isId<K extends IdKind>(kind: K, text: string): text is Id<K> {
  const [prefix, hex, ...rest] = text.split('_');
  return prefix === idPrefixes[kind] && hex !== undefined && rest.length === 0 && isHexOfUuid(hex);
}

/** The kind that an id's prefix names, or undefined when it names none. */
export function kindOf(id: string): IdKind | undefined {
  const prefix = id.split('_', 1)[0];
  return (Object.keys(idPrefixes) as IdKind[]).find((kind) => idPrefixes[kind] === prefix && isId(kind, id));
}

/** A bare UUIDv7, for what is numbered but has no kind of its own: a message on its way out. */
export function newUuid(): string {
  return hexOfUuid().replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
