import type { Sealer } from './sealer.ts';

/** What stays on this device between visits: a few named records, sealed, and a sealer for others who keep rows of their own. */
export interface DeviceStore {
  /** For rows that others keep, under the same device key. */
  readonly sealer: Sealer;
  /** The record's bytes, or null. Throws DEVICE_SEAL_BROKEN, and SIGNED_OUT after `wipe`. */
  read(name: string): Promise<Uint8Array | null>;
  /** Durable when it resolves. Throws SIGNED_OUT after `wipe`. */
  write(name: string, plain: Uint8Array): Promise<void>;
  remove(name: string): Promise<void>;
  /**
   * Sign-out: the records and the key are gone, and with the key everything that was ever sealed under it. This object, and
   * every other one that is open on the same database, can't be used any more; the next one opened starts afresh.
   */
  wipe(): Promise<void>;
  /** Lets the database go. */
  close(): void;
}
