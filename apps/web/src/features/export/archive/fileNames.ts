const longest = 40;

const joined = (words: readonly string[] | null): string => [...(words ?? []).join('-')].slice(0, longest).join('').replace(/-+$/, '');

/**
 * Where the thread with this number (from 1) stands, without an ending: the number, and what of the name is letters and digits of
 * ASCII. Some programs that unpack an archive spell other letters in their own way, and then no file would be where the manifest
 * has it; so a name can be no path either, no device of Windows' and nothing a shell would read.
 */
export function threadPath(number: number, name: string): string {
  const part = joined(name.normalize('NFKD').replace(/\p{M}/gu, '').match(/[A-Za-z0-9]+/g));
  return `threads/${String(number).padStart(3, '0')}${part === '' ? '' : `-${part}`}`;
}

/** The archive's own name, in letters of any script. `exportedAt` as ISO 8601. */
export function archiveName(project: string, exportedAt: string): string {
  return `${joined(project.normalize('NFC').match(/[\p{L}\p{M}\p{N}]+/gu)) || 'Baton'}-${exportedAt.slice(0, 10)}.zip`;
}
