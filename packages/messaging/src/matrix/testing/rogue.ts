import { randomBytes } from 'node:crypto';
import { logIn } from '../http/login.ts';
import { wasm } from '../vendor.ts';
import type { TestWorld } from './device.ts';

/** A device that somebody with power over the homeserver made in a user's name: real keys, but nobody's signature. */
export interface Rogue {
  readonly deviceId: string;
  /** Encrypts for every device of these users, signed or not, and sends. Returns the event's id. */
  say(roomId: string, userIds: string[], body: string): Promise<string>;
  /** Puts an identity of its own in the place of the user's. */
  replaceIdentity(): Promise<void>;
}

export async function makeRogue(world: TestWorld, userId: string): Promise<Rogue> {
  const { matrix, as, token } = world.provisioning;
  const deviceId = `R${randomBytes(5).toString('hex').toUpperCase()}`;
  const { accessToken } = await logIn(matrix.url, { token: token(userId), deviceId });
  await wasm.initAsync();
  const olm = await wasm.OlmMachine.initialize(new wasm.UserId(userId), new wasm.DeviceId(deviceId));

  const post = async (method: string, path: string, body: string): Promise<string> => {
    const response = await fetch(`${matrix.url}/_matrix/client/v3${path}`, { method, body, headers: { authorization: `Bearer ${accessToken}` } });
    if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
    return response.text();
  };
  const send = async (request: wasm.KeysUploadRequest | wasm.KeysQueryRequest | wasm.KeysClaimRequest | wasm.ToDeviceRequest): Promise<void> => {
    const answer =
      request instanceof wasm.ToDeviceRequest
        ? await post('PUT', `/sendToDevice/${request.event_type}/${request.txn_id}`, request.body)
        : await post('POST', request instanceof wasm.KeysUploadRequest ? '/keys/upload' : request instanceof wasm.KeysQueryRequest ? '/keys/query' : '/keys/claim', request.body);
    if (request.id !== undefined) await olm.markRequestAsSent(request.id, request.type, answer);
  };
  const flush = async (): Promise<void> => {
    for (const request of await olm.outgoingRequests()) await send(request as wasm.KeysQueryRequest);
  };
  await flush();

  return {
    deviceId,
    async say(roomId, userIds, body) {
      const users = (): wasm.UserId[] => userIds.map((id) => new wasm.UserId(id));
      await olm.updateTrackedUsers(users());
      await flush();
      const claim = await olm.getMissingSessions(users());
      if (claim !== null) await send(claim);
      const settings = new wasm.EncryptionSettings();
      settings.sharingStrategy = wasm.CollectStrategy.allDevices();
      for (const request of await olm.shareRoomKey(new wasm.RoomId(roomId), users(), settings)) await send(request);
      const content = await olm.encryptRoomEvent(new wasm.RoomId(roomId), 'm.room.message', JSON.stringify({ msgtype: 'm.text', body }));
      return (JSON.parse(await post('PUT', `/rooms/${encodeURIComponent(roomId)}/send/m.room.encrypted/${randomBytes(8).toString('hex')}`, content)) as { event_id: string }).event_id;
    },
    async replaceIdentity() {
      const { uploadSigningKeysRequest } = await olm.bootstrapCrossSigning(true);
      await as('POST', '/keys/device_signing/upload', JSON.parse(uploadSigningKeysRequest.body), userId);
    },
  };
}
