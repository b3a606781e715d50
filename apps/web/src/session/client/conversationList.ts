import { makeSubject, type Subscribable } from '@baton/base';
import type { JsonRecord } from '@baton/vault/device';
import type { ConversationSummary } from '../contract.ts';
import type { ConversationAnswer, ConversationServer } from '../server/conversationServer.ts';
import { summaryOf } from '../summaries.ts';

/** The viewer's conversations as last known on this device. */
export interface ConversationList {
  readonly summaries: Subscribable<readonly ConversationSummary[]>;
  /** With the invitation's statement and sealed secret, which no page sees. */
  byId(conversationId: string): ConversationAnswer | undefined;
  byRoom(roomId: string): ConversationAnswer | undefined;
  /** Asks the API; calls that come meanwhile share one further answer. */
  refresh(): Promise<void>;
  /** Takes the answer of a command. */
  take(conversation: ConversationAnswer): void;
  readonly changes: Subscribable<readonly ConversationAnswer[]>;
}

export async function openConversationList(server: Pick<ConversationServer, 'list'>, record: JsonRecord<ConversationAnswer[]>, report: (problem: unknown) => void): Promise<ConversationList> {
  const changes = makeSubject<readonly ConversationAnswer[]>((await record.read()) ?? []);
  const summaries = makeSubject<readonly ConversationSummary[]>(changes.current().map(summaryOf));
  const set = (next: ConversationAnswer[]): void => {
    if (JSON.stringify(next) === JSON.stringify(changes.current())) return;
    changes.set(next);
    summaries.set(next.map(summaryOf));
    record.write(next).catch(report);
  };
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;
  const ask = async (): Promise<void> => set(await server.list());
  return {
    summaries,
    changes,
    byId: (conversationId) => changes.current().find(({ id }) => id === conversationId),
    byRoom: (roomId) => changes.current().find((conversation) => conversation.roomId === roomId),
    take: (conversation) => set([conversation, ...changes.current().filter(({ id }) => id !== conversation.id)]),
    refresh: () => {
      if (running === null) {
        running = ask().finally(() => (running = null));
        return running;
      }
      // What is being answered now may be older than what the caller heard of.
      next ??= running.catch(() => {}).then(() => {
        next = null;
        running = ask().finally(() => (running = null));
        return running;
      });
      return next;
    },
  };
}
