import { refuse } from './refusal.ts';

/** Direction overrides and invisible characters can make one name look like another; joiners belong to scripts and emoji. */
const invisible = /(?![\u200c\u200d])\p{Cf}/gu;

/** A text that PostgreSQL takes, composed and trimmed: without zero bytes and halves of characters. Line breaks stay. */
export function cleanText(text: string): string {
  return text.toWellFormed().normalize('NFC').replaceAll('\0', '').trim();
}

/** A text as one clean line: composed, without control and invisible characters, runs of spaces as one. PostgreSQL takes it. */
export function cleanLine(text: string): string {
  return text.toWellFormed().normalize('NFC').replace(invisible, '').replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
}

/** Whether a name says anything: at least one letter or digit of any script. */
export const hasLetter = (text: string): boolean => /[\p{L}\p{N}]/u.test(text);

/** A name on one line; refused with REQUIRED, TOO_LONG or NAME_NEEDS_LETTER. */
export function nameLine(text: string, field: string, maxLength = 200): string {
  const line = cleanLine(text);
  if (line === '') refuse('REQUIRED', field);
  if (line.length > maxLength) refuse('TOO_LONG', field);
  return hasLetter(line) ? line : refuse('NAME_NEEDS_LETTER', field);
}

/** A line, null when nothing is left; refused with TOO_LONG. */
export function optionalLine(text: string | null | undefined, field: string, maxLength = 200): string | null {
  const line = cleanLine(text ?? '');
  if (line.length > maxLength) refuse('TOO_LONG', field);
  return line === '' ? null : line;
}
