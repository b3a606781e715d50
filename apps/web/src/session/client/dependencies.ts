import type { Clock } from '@baton/base';
import type { MessageStore, Sealer } from '@baton/messaging';
import type { DeviceStore } from '@baton/vault/device';
import type { Requester } from '../../platform/graphql/request.ts';
import type { GiveWay } from './lateFiles.ts';

/** The vault, loaded when it is needed: a page that only queues a message can do without. */
export type Vault = typeof import('@baton/vault');
/** Matrix with its cryptography, loaded after the first paint. */
export type Matrix = typeof import('@baton/messaging/matrix');

/** What a client needs of the world: a worker gives it the browser's, a headless client brings its own. */
export interface ClientDependencies {
  /** Origin of Baton, without a slash at its end. */
  origin: string;
  request: Requester;
  /** Opens this device's store; after a wipe it starts afresh. */
  openDevice(): Promise<DeviceStore>;
  openMessages(name: string, sealer: Sealer): Promise<MessageStore>;
  /** Forgets a message store that nobody has open. */
  deleteMessages(name: string): Promise<void>;
  loadVault(): Promise<Vault>;
  loadMatrix(): Promise<Matrix>;
  /** Opens a stream of server-sent events; absent where messages may well come by sync alone. */
  openEventSource?(url: string): EventSource;
  /** How this device is called in lists of devices. */
  deviceName(): Promise<string>;
  clock: Clock;
  /** How a browser gets over a file that did not come; absent where all files are there. */
  giveWay?: GiveWay;
  /** Hears of problems that lose nothing. Never gets what people wrote. */
  report(problem: unknown): void;
}
