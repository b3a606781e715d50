import type { VaultChange } from '../../session/contract.ts';
import { formatList } from '../../platform/i18n/format.ts';
import { t } from './handover.messages.ts';

/** What a line of a project's log did, in a sentence. Reactive. `nameOf` says who an account is. */
export function changeText(change: VaultChange, nameOf: (accountId: string) => string): string {
  const actor = change.actorId === null ? t('readers.withKit') : nameOf(change.actorId);
  const [came, left] = [change.came, change.left].map((accounts) => formatList(accounts.map(nameOf))) as [string, string];
  switch (change.type) {
    case 'genesis':
      return actor === came ? t('readers.begun', actor) : t('readers.genesis', actor, came);
    case 'handover': {
      const [from, to] = [nameOf(change.from ?? ''), nameOf(change.to ?? '')];
      return change.actorId === change.from ? t('readers.self', from, to) : t('readers.handedOver', actor, from, to);
    }
    case 'roster':
      return came === '' ? t('readers.roles', actor) : t('readers.came', actor, came);
    case 'rotate':
      if (left === '') return t('readers.rotated', actor);
      return came === '' ? t('readers.leftTeam', actor, left) : t('readers.exchanged', actor, came, left);
  }
}
