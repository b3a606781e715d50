import { isId, type Id, type IdKind } from '@baton/base';
import { cleanText } from './line.ts';
import { refuse } from './refusal.ts';

/** The text, clean; refused with REQUIRED or TOO_LONG. */
export function requiredText(text: string, field: string, maxLength = 200): string {
  const clean = cleanText(text);
  if (clean === '') refuse('REQUIRED', field);
  if (clean.length > maxLength) refuse('TOO_LONG', field);
  return clean;
}

/** The text, clean, null when nothing is left; refused with TOO_LONG. */
export function optionalText(text: string | null | undefined, field: string, maxLength = 200): string | null {
  const clean = cleanText(text ?? '');
  if (clean.length > maxLength) refuse('TOO_LONG', field);
  return clean === '' ? null : clean;
}

/** The id, if it is a well-formed one of this kind; refused with INVALID_ID. Ids made by clients come in here. */
export function clientId<K extends IdKind>(kind: K, id: string, field: string): Id<K> {
  return isId(kind, id) ? id : refuse('INVALID_ID', field);
}

/** An e-mail address as accounts keep it, lower case; refused with INVALID_EMAIL. */
export function emailAddress(text: string, field: string): string {
  const address = text.trim().toLowerCase();
  if (address.length > 254 || !/^[^\s@<>"]+@[^\s@<>"]+$/.test(address)) refuse('INVALID_EMAIL', field);
  return address;
}

/** A plain date like `2026-11-30`, null when none is given; refused with INVALID_DATE. */
export function optionalDate(date: string | null | undefined, field: string): string | null {
  if (date === null || date === undefined || date === '') return null;
  const at = /^\d{4}-\d{2}-\d{2}$/.test(date) ? new Date(`${date}T00:00:00Z`) : null;
  // A 31st of February would be taken for a day in March.
  return at !== null && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(date) && !date.startsWith('0000') ? date : refuse('INVALID_DATE', field);
}

/** A number of things to return; refused outside 1 to `max`. */
export function pageSize(first: number, field: string, max = 200): number {
  return first >= 1 && first <= max ? first : refuse('OUT_OF_RANGE', field);
}
