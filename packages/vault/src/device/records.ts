import type { DeviceStore } from './deviceStore.ts';

/** A sealed record that holds JSON. What opens was written by this very application, so it is not checked again. */
export interface JsonRecord<T> {
  read(): Promise<T | null>;
  write(value: T): Promise<void>;
  remove(): Promise<void>;
}

/** Names a JSON record of a device. A new shape takes a new name. */
export function jsonRecord<T>(device: DeviceStore, name: string): JsonRecord<T> {
  return {
    read: async () => {
      const bytes = await device.read(name);
      return bytes === null ? null : (JSON.parse(new TextDecoder().decode(bytes)) as T);
    },
    write: (value) => device.write(name, new TextEncoder().encode(JSON.stringify(value))),
    remove: () => device.remove(name),
  };
}
