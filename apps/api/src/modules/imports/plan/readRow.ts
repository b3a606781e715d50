import { createHash } from 'node:crypto';
import type { HandleKind, ImportRowInput } from '../../../generated/resolvers.ts';
import { cleanLine, cleanText, hasLetter } from '../../../platform/errors/line.ts';
import { invalidHandleCode, maxTagLength, maxTags, normaliseHandle, type NormalisedHandle, type Tag } from '../../people/people.ts';
import { sameNameKey } from '../../search/search.ts';
import type { RowRemark } from './rowResult.ts';

/** A row of a file, cleaned; `name` is null when the row is refused for what it says itself. */
export interface ReadRow {
  line: number;
  name: string | null;
  title: string | null;
  companyName: string | null;
  location: string | null;
  handles: NormalisedHandle[];
  tags: Tag[];
  note: string | null;
  /** By which the row is known at the next import; null when its handles do that. */
  importKey: string | null;
  remarks: RowRemark[];
}

const handleFields = [
  ['EMAIL', 'email'],
  ['PHONE', 'phone'],
  ['WECHAT', 'wechat'],
  ['LINKEDIN', 'linkedin'],
] as const satisfies readonly (readonly [HandleKind, keyof ImportRowInput])[];

/** A spreadsheet would calculate it. Here it is text; whoever exports it again has to neutralise it. */
const looksLikeFormula = (cell: string): boolean => /^\s*(?:[=@]|[+-]\S)/.test(cell);

/** `-`, `--`, `/`: how people write that there is nothing. */
const saysNothing = (cell: string): boolean => /^[-–—_/.\s]*$/.test(cell);

/** Reads a row. A bad cell that the row can do without is left out with a remark. */
export function readRow(row: ImportRowInput): ReadRow {
  const remarks: RowRemark[] = [];
  const remark = (code: RowRemark['code'], field: string): null => {
    remarks.push({ code, field });
    return null;
  };
  const cell = (field: 'title' | 'companyName' | 'location' | 'externalId', max = 200): string | null => {
    const line = cleanLine(row[field] ?? '');
    if (saysNothing(line)) return null;
    if (line.length > max) return remark('TOO_LONG', field);
    if (looksLikeFormula(line)) remark('FORMULA_CELL', field);
    return line;
  };

  const name = readName(row.name ?? '', remark);
  const title = cell('title');
  const company = cell('companyName');
  const companyName = company === null || hasLetter(company) ? company : remark('NAME_NEEDS_LETTER', 'companyName');
  const location = cell('location');
  const handles = readHandles(row, remark);
  const tags = readTags(row.tags ?? [], remark);
  const note = readNote(row.note ?? '', remark);
  const externalId = cell('externalId');
  const importKey = externalId !== null ? `id:${externalId}` : handles.length > 0 ? null : rowKey([name, title, companyName, location]);
  return { line: row.line, name, title, companyName, location, handles, tags, note, importKey, remarks };
}

type Remark = (code: RowRemark['code'], field: string) => null;

function readName(text: string, remark: Remark): string | null {
  const name = cleanLine(text);
  if (name === '') return remark('REQUIRED', 'name');
  if (name.length > 200) return remark('TOO_LONG', 'name');
  if (!hasLetter(name)) return remark('NAME_NEEDS_LETTER', 'name');
  if (looksLikeFormula(name)) remark('FORMULA_CELL', 'name');
  return name;
}

/** A cell may hold several: `138…; 139…`. */
function readHandles(row: ImportRowInput, remark: Remark): NormalisedHandle[] {
  const handles = new Map<string, NormalisedHandle>();
  for (const [kind, field] of handleFields) {
    const text = cleanLine(row[field] ?? '');
    if (saysNothing(text)) continue;
    const whole = normaliseHandle(kind, text);
    const found = whole ? [whole] : text.split(/[;；,，、|]|\s\/\s/).filter((part) => part.trim() !== '').map((part) => normaliseHandle(kind, part));
    if (found.includes(null)) remark(invalidHandleCode[kind], field);
    for (const handle of found) if (handle) handles.set(`${kind} ${handle.normalised}`, handle);
  }
  return [...handles.values()];
}

function readTags(texts: readonly string[], remark: Remark): Tag[] {
  const tags = new Map<string, Tag>();
  for (const text of texts) {
    const tag = cleanLine(text);
    const tagKey = sameNameKey(tag);
    if (saysNothing(tag) || tagKey === '') continue;
    if (tag.length > maxTagLength) remark('TOO_LONG', 'tags');
    else if (tags.size === maxTags) remark('TOO_MANY', 'tags');
    else if (!tags.has(tagKey)) {
      if (looksLikeFormula(tag)) remark('FORMULA_CELL', 'tags');
      tags.set(tagKey, { tag, tagKey });
    }
  }
  return [...tags.values()];
}

function readNote(text: string, remark: Remark): string | null {
  const note = cleanText(text);
  if (saysNothing(note)) return null;
  if (note.length > 20_000) return remark('TOO_LONG', 'note');
  if (looksLikeFormula(note)) remark('FORMULA_CELL', 'note');
  return note;
}

/** A row without id and handle is the same row when all of this is the same. */
function rowKey(cells: readonly (string | null)[]): string {
  return `row:${createHash('sha256').update(JSON.stringify(cells.map((cell) => sameNameKey(cell ?? '')))).digest('base64url')}`;
}
