import { deleteDB } from 'idb';
import { syncDatabase } from './sync/store.ts';

/** Deletes everything that a device keeps of Matrix: sign-out. Caller invariant: its homeserver was stopped. */
export async function wipeHomeserver(databasePrefix: string): Promise<void> {
  await Promise.all([deleteDB(syncDatabase(databasePrefix)), deleteDB(`${databasePrefix}::matrix-sdk-crypto`), deleteDB(`${databasePrefix}::matrix-sdk-crypto-meta`)]);
}
