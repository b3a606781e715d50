import type { Subscribable } from '@baton/base';

/** What the page of the test asks of its worker: as little of messaging as shows that it runs. */
export interface PageApi {
  readonly state: Subscribable<{ life: string; connection: string; heard: readonly string[] }>;
  start(device: StoredDevice): Promise<{ masterKey: string }>;
  certify(userId: string, masterKey: string): Promise<void>;
  say(roomId: string, body: string): Promise<void>;
}

/** What a worker leaves for its successor. */
export interface StoredDevice {
  login: { userId: string; deviceId: string } & ({ token: string } | { accessToken: string });
  serviceUserId: string;
  storageKey: Uint8Array;
  secretStorageKey: Uint8Array;
  certified: [string, string][];
}
