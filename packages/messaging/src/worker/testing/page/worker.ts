import { makeSubject } from '@baton/base';
import { openDB } from 'idb';
import type { Homeserver } from '../../../ports.ts';
import { serve } from '../../serve.ts';
import type { PageApi, StoredDevice } from './api.ts';

serve('page', async (): Promise<PageApi> => {
  const database = await openDB('device', 1, { upgrade: (db) => void db.createObjectStore('device') });
  const state = makeSubject<{ life: string; connection: string; heard: readonly string[] }>({ life: crypto.randomUUID(), connection: 'none', heard: [] });
  let homeserver: Homeserver;
  let device: StoredDevice;

  const start = async (with_: StoredDevice): Promise<{ masterKey: string }> => {
    const { connectHomeserver } = await import('../../../matrix/index.ts');
    device = with_;
    const connection = await connectHomeserver({
      ...device,
      baseUrl: location.origin,
      databasePrefix: 'page',
      directory: { certifiedMasterKeys: async (userIds) => new Map(device.certified.filter(([userId]) => userIds.includes(userId))) },
      relogin: async () => null,
    });
    ({ homeserver } = connection);
    device = { ...device, login: { userId: device.login.userId, deviceId: device.login.deviceId, accessToken: connection.accessToken } };
    await database.put('device', device, 'device');
    homeserver.connection.subscribe((connectionState) => state.update((before) => ({ ...before, connection: connectionState })));
    homeserver.onSync(async ({ rooms }) => {
      for (const event of rooms.flatMap(({ timeline }) => timeline).filter(({ type }) => type === 'm.room.encrypted')) {
        const decryption = await homeserver.decrypt(event);
        const body = decryption.ok ? `${String(decryption.content.body)} (${decryption.authenticity})` : decryption.reason;
        state.update((before) => ({ ...before, heard: [...before.heard, body] }));
      }
    });
    return connection.identified;
  };

  const stored = (await database.get('device', 'device')) as StoredDevice | undefined;
  if (stored !== undefined) await start(stored);
  return {
    state,
    start,
    async certify(userId, masterKey) {
      device = { ...device, certified: [...device.certified, [userId, masterKey]] };
      await database.put('device', device, 'device');
    },
    async say(roomId, body) {
      const { content } = await homeserver.encrypt(roomId, 'm.room.message', { msgtype: 'm.text', body });
      await homeserver.put(roomId, crypto.randomUUID(), 'm.room.encrypted', content);
    },
  };
});
