import type { SyncResponse } from '../sync/response.ts';

/**
 * Knows whether a sync says anything new to the machine: messages to this device, changed device lists, other key counts
 * than it heard last. Handing it a sync costs it a dozen milliseconds (it opens its account and stores it again), and
 * most syncs say nothing to it.
 */
export interface DeviceNews {
  isIn(response: SyncResponse): boolean;
  /** The machine has taken it in. */
  heard(response: SyncResponse): void;
}

export function makeDeviceNews(): DeviceNews {
  let lastHeard: string | null = null;
  return {
    isIn: (response) => (response.to_device?.events?.length ?? 0) > 0 || hasChangedDevices(response) || countsOf(response) !== lastHeard,
    heard: (response) => void (lastHeard = countsOf(response)),
  };
}

function hasChangedDevices({ device_lists: lists }: SyncResponse): boolean {
  return (lists?.changed?.length ?? 0) + (lists?.left?.length ?? 0) > 0;
}

function countsOf(response: SyncResponse): string {
  const counts = Object.entries(response.device_one_time_keys_count ?? {}).sort();
  return JSON.stringify([counts, response.device_unused_fallback_key_types ?? null]);
}
