const longest = 40;

/**
 * A person's name as part of a file's name: letters and digits of any script, all else becomes one `-`. So it can be no path, no
 * device of Windows' and nothing a shell would read. Never empty.
 */
export function namePart(name: string): string {
  const words = name.normalize('NFC').match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  return [...words.join('-')].slice(0, longest).join('').replace(/-+$/, '') || 'x';
}

/** Where the thread with this number (from 1) stands, without an ending. */
export const threadPath = (number: number, name: string): string => `threads/${String(number).padStart(3, '0')}-${namePart(name)}`;

/** The archive's own name. `exportedAt` as ISO 8601. */
export const archiveName = (project: string, exportedAt: string): string => `${namePart(project)}-${exportedAt.slice(0, 10)}.zip`;
