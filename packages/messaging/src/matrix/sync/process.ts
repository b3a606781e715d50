import type { DeviceMessage, SyncUpdate } from '../../ports.ts';
import type { Machine } from '../crypto/machine.ts';
import { makeDeviceNews } from '../crypto/deviceNews.ts';
import { receiveDevicePart } from '../crypto/toDevice.ts';
import { wasm } from '../vendor.ts';
import { toSyncUpdate, type SyncResponse } from './response.ts';
import { applyRoomUpdates } from './rooms.ts';
import type { RoomRecord, SyncStore } from './store.ts';

export interface SyncHandlers {
  sync: Set<(update: SyncUpdate) => Promise<void>>;
  device: Set<(message: DeviceMessage) => void>;
}

export interface SyncProcessing {
  /** The account's data is known: from an earlier day, or from the first answer. */
  readonly accountDataKnown: Promise<void>;
  /** The core listens now: what has been waiting for it is handed over. */
  begin(): void;
  process(response: SyncResponse): Promise<void>;
  onRotate(handler: (roomId: string) => void): void;
  /** The room once a sync told of it; undefined after `timeoutMs`. */
  whenKnown(roomId: string, timeoutMs: number): Promise<RoomRecord | undefined>;
}

interface Deps {
  machine: Promise<Machine>;
  store: SyncStore;
  handlers: SyncHandlers;
  ownUserId: string;
  serviceUserId: string;
}

/**
 * One sync, in this order:
 *
 *   device messages, if any, into the machine    (a message's key may be among them)
 *   members and rooms into memory
 *   the core's handlers                          (first, so that a message is shown first)
 *   the rest of the machine's part, when there is something in it that is new
 *   rooms and token, in one transaction
 *   whatever the machine wants sent              (not waited for)
 */
export function makeSyncProcessing({ machine: opening, store, handlers, ownUserId, serviceUserId }: Deps): SyncProcessing {
  const accountDataKnown = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<void>();
  if (store.account.since !== null) accountDataKnown.resolve();
  const waiting = new Map<string, Set<(room: RoomRecord) => void>>();
  const news = makeDeviceNews();
  let rotate: (roomId: string) => void = () => {};

  const deliver = (messages: DeviceMessage[]): void => {
    for (const message of messages) for (const handler of handlers.device) handler(message);
  };

  const track = async (machine: Machine, userIds: string[]): Promise<void> => {
    const humans = userIds.filter((userId) => userId !== serviceUserId);
    if (humans.length > 0) await machine.olm.updateTrackedUsers(humans.map((userId) => new wasm.UserId(userId)));
  };

  return {
    accountDataKnown: accountDataKnown.promise,
    begin: begun.resolve,
    async process(response) {
      const update = toSyncUpdate(response);
      Object.assign(store.account.accountData, update.accountData);
      accountDataKnown.resolve();
      const [machine] = await Promise.all([opening, begun.promise]);

      const keysFirst = (response.to_device?.events?.length ?? 0) > 0;
      if (keysFirst) deliver(await receiveDevicePart(machine, response));

      const changes = applyRoomUpdates(store, update.rooms, ownUserId);
      for (const roomId of changes.rotate) rotate(roomId);
      for (const room of changes.changed) {
        for (const tell of waiting.get(room.roomId) ?? []) tell(room);
        waiting.delete(room.roomId);
      }

      await Promise.all([...handlers.sync].map((handler) => handler(update)));
      if (!keysFirst && news.isIn(response)) await receiveDevicePart(machine, response);
      news.heard(response);
      await track(machine, changes.newcomers);
      await store.save({ since: response.next_batch }, changes.changed);
      machine.flush().catch(() => {});
    },
    onRotate: (handler) => void (rotate = handler),
    whenKnown(roomId, timeoutMs) {
      const known = store.rooms.get(roomId);
      if (known !== undefined) return Promise.resolve(known);
      return new Promise((resolve) => {
        const listeners = waiting.get(roomId) ?? new Set();
        waiting.set(roomId, listeners);
        const timer = setTimeout(() => {
          listeners.delete(tell);
          resolve(undefined);
        }, timeoutMs);
        const tell = (room: RoomRecord): void => {
          clearTimeout(timer);
          resolve(room);
        };
        listeners.add(tell);
      });
    },
  };
}
