import { HomeserverError, type DeviceMessage } from '../../ports.ts';
import type { Transport } from '../http/transport.ts';
import type { RawToDevice, SyncResponse } from '../sync/response.ts';
import { wasm } from '../vendor.ts';
import type { Identities } from './identities.ts';
import type { Machine } from './machine.ts';

/**
 * Hands the crypto part of a sync to the machine and returns what others' devices said to us. What came in clear, or
 * could not be decrypted, is dropped: anybody may send that in anybody's name.
 */
export async function receiveDevicePart(machine: Machine, response: SyncResponse): Promise<DeviceMessage[]> {
  const [first = [], ...later] = turnsOf(response.to_device?.events ?? []);
  const messages = await receive(
    machine,
    first,
    new wasm.DeviceLists(response.device_lists?.changed?.map((userId) => new wasm.UserId(userId)), response.device_lists?.left?.map((userId) => new wasm.UserId(userId))),
    response,
  );
  for (const events of later) messages.push(...(await receive(machine, events, new wasm.DeviceLists(), {})));
  return messages;
}

/**
 * The events in turns in which each sending device speaks once, in its order. The machine compares a session that arrives with what
 * it has stored, not with another copy in the same turn: a sender that shared a session at index 0 and again at
 * index 1 would leave us with the worse of the two, and its first message shut for good.
 */
export function turnsOf(events: readonly RawToDevice[]): RawToDevice[][] {
  const turns: RawToDevice[][] = [];
  const spoken = new Map<string, number>();
  for (const event of events) {
    const sender = `${event.sender} ${String(event.content['sender_key'])}`;
    const turn = spoken.get(sender) ?? 0;
    spoken.set(sender, turn + 1);
    (turns[turn] ??= []).push(event);
  }
  return turns;
}

async function receive(machine: Machine, events: readonly RawToDevice[], changed: wasm.DeviceLists, counts: Pick<SyncResponse, 'device_one_time_keys_count' | 'device_unused_fallback_key_types'>): Promise<DeviceMessage[]> {
  const processed = await machine.olm.receiveSyncChanges(
    JSON.stringify(events),
    changed,
    new Map(Object.entries(counts.device_one_time_keys_count ?? {})),
    counts.device_unused_fallback_key_types === undefined ? undefined : new Set(counts.device_unused_fallback_key_types),
  );
  const messages: DeviceMessage[] = [];
  for (const event of processed) {
    if (!(event instanceof wasm.DecryptedToDeviceEvent)) continue;
    const { type, content } = JSON.parse(event.rawEvent) as { type: string; content: Record<string, unknown> };
    const senderDevice = event.encryptionInfo.senderDevice?.toString();
    if (type.startsWith('m.') || senderDevice === undefined) continue;
    messages.push({ sender: event.encryptionInfo.sender.toString(), senderDevice, type, content });
  }
  return messages;
}

/** Encrypts to the signed devices of the certified ones among these users. */
export function makeSendToDevices(machine: Machine, transport: Transport, identities: Identities): (userIds: string[], type: string, content: Record<string, unknown>) => Promise<void> {
  return async (userIds, type, content) => {
    const certified: string[] = [];
    for (const userId of userIds) if (await identities.isCertified(userId)) certified.push(userId);
    if (certified.length === 0) return;
    await machine.ensureChannels(certified).catch((cause: unknown) => {
      throw new HomeserverError({ kind: 'again', outcome: 'unsent' }, 'No channel to the devices', { cause });
    });
    const messages: Record<string, Record<string, unknown>> = {};
    for (const userId of certified) {
      const devices = await machine.olm.getUserDevices(new wasm.UserId(userId));
      for (const device of devices.devices()) {
        const isSelf = device.deviceId.toString() === machine.olm.deviceId.toString() && userId === machine.olm.userId.toString();
        // A dehydrated device reads nothing but keys, and whoever wakes it would have to wade through the rest.
        if (isSelf || device.isDehydrated || !device.isCrossSignedByOwner()) continue;
        try {
          (messages[userId] ??= {})[device.deviceId.toString()] = JSON.parse(await device.encryptToDeviceEvent(type, content));
        } catch {
          // A device that has run out of one-time keys can't be reached now; the others can.
        }
      }
    }
    if (Object.keys(messages).length === 0) return;
    await transport.request('PUT', `/sendToDevice/m.room.encrypted/${crypto.randomUUID()}`, { body: { messages } });
  };
}
