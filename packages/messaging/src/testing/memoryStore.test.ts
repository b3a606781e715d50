import { describeMessageStore } from './messageStoreContract.ts';
import { makeMemoryDisk, makeMemoryStore } from './memoryStore.ts';

describeMessageStore('The memory store', async () => {
  const disk = makeMemoryDisk();
  return { store: makeMemoryStore({ disk }), reopen: async () => makeMemoryStore({ disk }), dispose: async () => undefined };
});
