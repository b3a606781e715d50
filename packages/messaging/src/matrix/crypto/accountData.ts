import type { Transport } from '../http/transport.ts';
import type { SyncStore } from '../sync/store.ts';
import { TypedEventEmitter, type AccountDataClient } from '../vendor.ts';

type Content = Record<string, unknown>;

/** The account data that secret storage lives in. */
export type SecretAccountData = AccountDataClient & {
  /** Resolves when the server has everything that was set; rejects when it refused or missed something. */
  flushed(): Promise<void>;
};

/**
 * Reads what sync brought, and writes behind: setting up an account sets half a dozen entries one after the other, and
 * on a phone's network each would cost a round trip. Whoever needs them on the server waits for `flushed`.
 */
export function makeAccountData(store: SyncStore, transport: Transport, userId: string, firstSync: Promise<void>): SecretAccountData {
  const pending = new Set<Promise<void>>();
  const put = async (type: string, content: Content): Promise<void> => {
    try {
      await transport.request('PUT', `/user/${encodeURIComponent(userId)}/account_data/${encodeURIComponent(type)}`, { body: content });
    } catch (error) {
      delete store.account.accountData[type];
      throw error;
    }
  };
  return Object.assign(new TypedEventEmitter(), {
    async getAccountDataFromServer(type: string): Promise<Content | null> {
      await firstSync;
      const content = store.account.accountData[type];
      return content === undefined || Object.keys(content).length === 0 ? null : content;
    },
    async setAccountData(type: string, content: Content): Promise<Record<string, never>> {
      await firstSync;
      store.account.accountData[type] = content;
      const writing = put(type, content);
      pending.add(writing);
      writing.catch(() => {});
      return {};
    },
    async flushed() {
      const writes = [...pending];
      for (const write of writes) pending.delete(write);
      await Promise.all(writes);
    },
  }) as unknown as SecretAccountData;
}
