import type { MessageStore, OwnedSession } from '@baton/messaging';
import type { ClientRecords, UnsentRecord } from './records.ts';

/**
 * When a session is ended from afar its keys go, and with them everything sealed under them. A person's own words that
 * had not gone out are carried over: kept under the device's next key, and queued again when the same person comes back.
 */
export async function collectUnsent(accountId: string, store: MessageStore): Promise<UnsentRecord | null> {
  const [rows, rooms] = await Promise.all([store.outboxRows(), store.rooms()]);
  const messages = rows
    .filter(({ state, wire }) => state === 'queued' || (state === 'parked' && !wire?.maybeSent) || state === 'encrypted')
    .map(({ mid, roomId, content }) => ({ mid, roomId, content }));
  const drafts = rooms.filter(({ draft }) => draft !== '').map(({ roomId, draft }) => ({ roomId, text: draft }));
  return messages.length + drafts.length === 0 ? null : { accountId, messages, drafts };
}

/** Queues again what was carried over, in order; somebody else's is forgotten. */
export async function restoreUnsent(accountId: string, record: ClientRecords['unsent'], session: OwnedSession): Promise<void> {
  const unsent = await record.read();
  if (unsent?.accountId === accountId) {
    for (const { roomId, content, mid } of unsent.messages) await session.send(roomId, content, mid);
    for (const { roomId, text } of unsent.drafts) await session.saveDraft(roomId, text);
  }
  if (unsent) await record.remove();
}
