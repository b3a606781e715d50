import type { ProjectVaultView, VaultChange } from '../../../session/contract.ts';
import type { ArchivedThread, ArchiveContent } from './content.ts';
import type { ArchiveWords } from './archive.messages.ts';

/** What each line of the project's signed log did, in a sentence. `nameOf` an account. */
export function changesOf({ changes }: Pick<ProjectVaultView, 'changes'>, nameOf: (accountId: string) => string, words: ArchiveWords): ArchiveContent['changes'] {
  const list = new Intl.ListFormat(words.language, { type: 'conjunction' });
  const names = (ids: readonly string[]): string => list.format(ids.map(nameOf));
  const sentence = ({ actorId, type, came, left, from, to }: VaultChange): string => {
    const actor = actorId === null ? words.change.kit : nameOf(actorId);
    if (type === 'genesis') return words.change.genesis(actor, names(came));
    if (type === 'handover' && from !== null && to !== null) return words.change.handover(actor, nameOf(from), nameOf(to));
    if (came.length > 0 && left.length > 0) return words.change.exchanged(actor, names(came), names(left));
    if (came.length > 0) return words.change.came(actor, names(came));
    return left.length > 0 ? words.change.left(actor, names(left)) : words.change.other(actor);
  };
  return changes.map((change) => ({ at: change.at, text: sentence(change) }));
}

/** The events of a thread that its reader should not take for proven, by kind. */
export function doubtsOf({ roomId, items }: Pick<ArchivedThread, 'roomId' | 'items'>): { unreadable: { room: string; event: string }[]; unverified: { room: string; event: string }[] } {
  const named = (events: readonly (string | null)[]) => events.filter((event) => event !== null).map((event) => ({ room: roomId, event }));
  return {
    unreadable: named(items.map((item) => (item.kind === 'sealed' ? item.key : null))),
    unverified: named(items.map((item) => (item.kind === 'message' && item.authenticity !== 'certified' ? item.eventId : null))),
  };
}
