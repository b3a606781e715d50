import { SignJWT } from 'jose';
import type { MatrixEnv } from '../../../env.ts';
import { localpartOf } from '../localpartOf.ts';
import type { MatrixAdmin } from '../MatrixAdmin.ts';
import { makeMatrixClient, unless } from './matrixClient.ts';
import { createRoom, encryptedEvents, join, joinedMembers, remove, setState } from './rooms.ts';
import { ensureServiceAccount } from './serviceAccount.ts';

/** How long a log-in token is good for, in seconds. The homeserver adds its leeway of two minutes. */
const loginLifetime = 60;

/** Synapse, through its application service and its admin API. */
export function makeSynapseAdmin(env: MatrixEnv): MatrixAdmin {
  const { serverName } = env;
  const request = makeMatrixClient(env.url, env.asToken);
  const jwtKey = new TextEncoder().encode(env.jwtSecret);
  const svc = `@svc:${serverName}`;
  const user = (mxid: string): string => encodeURIComponent(mxid);
  const setDisplayName = (mxid: string, displayName: string): Promise<unknown> =>
    request({ method: 'PUT', path: `_matrix/client/v3/profile/${user(mxid)}/displayname`, body: { displayname: displayName }, as: mxid });

  return {
    serverName,
    ensureReady: () => ensureServiceAccount(request, svc, env.registrationSecret),
    ping: async () => {
      await request({ method: 'GET', path: '_matrix/client/versions', token: null });
    },
    mxidOf: (accountId, kind) => `@${localpartOf(accountId, kind)}:${serverName}`,
    registerUser: async (mxid, displayName) => {
      const body = { type: 'm.login.application_service', username: mxid.slice(1, mxid.indexOf(':')), inhibit_login: true };
      await unless(['M_USER_IN_USE'], request({ method: 'POST', path: '_matrix/client/v3/register', body }));
      await setDisplayName(mxid, displayName);
    },
    setDisplayName: async (mxid, displayName) => {
      await setDisplayName(mxid, displayName);
    },
    mintLogin: async (mxid, deviceId) => {
      const token = await new SignJWT({}).setProtectedHeader({ alg: 'HS256' }).setSubject(mxid.slice(1, mxid.indexOf(':')))
        .setIssuer(env.jwtIssuer).setAudience(env.jwtAudience).setIssuedAt().setExpirationTime(`${loginLifetime}s`).sign(jwtKey);
      return { token, userId: mxid, deviceId };
    },
    createRoom: (key) => createRoom(request, serverName, key),
    join: (roomId, mxid) => join(request, roomId, mxid),
    remove: (roomId, mxid, reason) => remove(request, roomId, mxid, reason),
    joinedMembers: async (roomId) => (await joinedMembers(request, roomId)).filter((mxid) => mxid !== svc),
    setState: (roomId, state) => setState(request, roomId, state),
    encryptedEvents: (roomId, from) => encryptedEvents(request, roomId, from),
    devices: async (mxid) => {
      const { devices } = await request<{ devices: { device_id: string }[] }>({ method: 'GET', path: `_synapse/admin/v2/users/${user(mxid)}/devices` });
      return devices.map((device) => device.device_id);
    },
    deleteDevices: async (mxid, deviceIds) => {
      if (deviceIds.length === 0) return;
      await request({ method: 'POST', path: `_synapse/admin/v2/users/${user(mxid)}/delete_devices`, body: { devices: deviceIds } });
    },
    deactivate: async (mxid) => {
      await request({ method: 'POST', path: `_synapse/admin/v1/deactivate/${user(mxid)}`, body: { erase: false } });
    },
    masterKey: async (mxid) => {
      const answer = await request<{ master_keys?: Record<string, { keys: Record<string, string> }> }>({
        method: 'POST', path: '_matrix/client/v3/keys/query', body: { device_keys: { [mxid]: [] } }, as: mxid,
      });
      return Object.values(answer.master_keys?.[mxid]?.keys ?? {})[0] ?? null;
    },
    replaceIdentity: async (mxid, keys) => {
      await request({ method: 'POST', path: '_matrix/client/v3/keys/device_signing/upload', body: keys, as: mxid });
    },
    close: () => {},
  };
}
