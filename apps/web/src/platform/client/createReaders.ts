import { createEffect, createMemo, createSignal, on, type Accessor } from 'solid-js';
import type { ConversationSummary } from '../../session/contract.ts';
import { fromSubscribable } from '../subscribable/fromSubscribable.ts';
import { useClient } from './clientContext.ts';

/** Who of the firm can read a conversation. */
export interface Readers {
  /** Of those whose names the conversation gives. */
  names: string[];
  count: number;
  /** By the project's log, whose signatures were checked here; else it is what the server said. */
  signed: boolean;
}

/** Follows who can read: by the project's signed roster as soon as it is at hand, before that and offline as last known. */
export function createReaders(conversation: Accessor<ConversationSummary | undefined>): Accessor<Readers> {
  const { vault, messaging } = useClient();
  const connection = fromSubscribable(messaging.connection);
  const [roster, setRoster] = createSignal<{ conversationId: string; accountIds: string[] } | null>(null);
  const team = () => conversation()?.team ?? [];
  // The team follows the roster: when it changed, so did that.
  const asked = createMemo(() => [conversation()?.conversationId, ...team().map(({ accountId }) => accountId)].join());
  createEffect(
    on([asked, connection], () => {
      const conversationId = conversation()?.conversationId;
      if (conversationId === undefined) return;
      vault.readers(conversationId).then(
        (readers) => setRoster(readers && { conversationId, accountIds: readers.team.map(({ accountId }) => accountId) }),
        () => undefined,
      );
    }),
  );
  return () => {
    const signed = roster()?.conversationId === conversation()?.conversationId ? roster() : null;
    const accountIds = signed?.accountIds ?? team().map(({ accountId }) => accountId);
    const names = accountIds.flatMap((id) => team().find(({ accountId }) => accountId === id)?.name ?? []);
    return { names, count: accountIds.length, signed: signed != null };
  };
}
