import type { Clock } from '@baton/base';
import type { DeviceStore } from '../device/deviceStore.ts';
import type { AccountServer } from './server.ts';

/** What the account flows need of the world. */
export interface FlowDependencies {
  server: AccountServer;
  device: DeviceStore;
  clock: Clock;
  /** For the list of signed-in browsers, for example `Chrome on Windows`. */
  deviceName: string;
}
