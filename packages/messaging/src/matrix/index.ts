import { wasm } from './vendor.ts';

export { connectHomeserver } from './connect.ts';
export { wipeHomeserver } from './wipe.ts';
export { firstIndexOf } from './crypto/exportedSessions.ts';
export { syncFilter } from './sync/filter.ts';
export type { HomeserverConnection, HomeserverOptions } from './options.ts';

/** Fetches and compiles the cryptography without logging in, so that it is there when a log-in ends. */
export async function preload(): Promise<void> {
  await wasm.initAsync();
}
