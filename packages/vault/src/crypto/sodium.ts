import libsodium from 'libsodium-wrappers';

export type Sodium = typeof libsodium;

let loaded = false;

/** Loads libsodium's WebAssembly. Await it once before anything else of the vault; later calls cost nothing. */
export async function ready(): Promise<void> {
  await libsodium.ready;
  loaded = true;
}

/** The loaded library. Throws a plain error (a bug, not a refusal) when nobody awaited `ready()`. */
export function sodium(): Sodium {
  if (!loaded) throw new Error('vault: await ready() first');
  return libsodium;
}
