/** What this device keeps, under a key that can't be read out. Small, and without libsodium: it may be loaded first of all. */
export type { DeviceStore } from './device/deviceStore.ts';
export { openDevice } from './device/indexedDbDevice.ts';
export { jsonRecord, type JsonRecord } from './device/records.ts';
export type { Sealer } from './device/sealer.ts';
