import { makeSubject, type Subscribable } from '@baton/base';
import type { JsonRecord } from '@baton/vault/device';
import type { ConversationSummary } from '../contract.ts';
import type { ConversationAnswer, ConversationServer } from '../server/conversationServer.ts';
import { summaryOf } from '../summaries.ts';
import { openKeptList, type KeptList } from './keptList.ts';

/** The viewer's conversations as last known on this device. */
export interface ConversationList extends Pick<KeptList<ConversationAnswer>, 'changes' | 'refresh'> {
  readonly summaries: Subscribable<readonly ConversationSummary[]>;
  /** With the invitation's statement and sealed secret, which no page sees. */
  byId(conversationId: string): ConversationAnswer | undefined;
  byRoom(roomId: string): ConversationAnswer | undefined;
  /** Takes the answer of a command. */
  take(conversation: ConversationAnswer): void;
}

export async function openConversationList(server: Pick<ConversationServer, 'list'>, record: JsonRecord<ConversationAnswer[]>, report: (problem: unknown) => void): Promise<ConversationList> {
  const { changes, set, refresh } = await openKeptList(server.list, record, report);
  const made = new WeakMap<ConversationAnswer, ConversationSummary>();
  const summarize = (conversation: ConversationAnswer): ConversationSummary => {
    const summary = made.get(conversation) ?? summaryOf(conversation);
    made.set(conversation, summary);
    return summary;
  };
  const summaries = makeSubject<readonly ConversationSummary[]>(changes.current().map(summarize));
  changes.subscribe((next) => summaries.set(next.map(summarize)));
  return {
    summaries,
    changes,
    byId: (conversationId) => changes.current().find(({ id }) => id === conversationId),
    byRoom: (roomId) => changes.current().find((conversation) => conversation.roomId === roomId),
    take: (conversation) => set([conversation, ...changes.current().filter(({ id }) => id !== conversation.id)]),
    refresh,
  };
}
