import { BatonError } from '@baton/base';
import { wasm } from '../vendor.ts';
import type { Machine } from './machine.ts';

const crossSigningSecrets = ['m.cross_signing.master', 'm.cross_signing.self_signing', 'm.cross_signing.user_signing'] as const;
const backupSecret = 'm.megolm_backup.v1';

/** The bare public master key of our own identity, or null while this device knows none. */
export async function ownMasterKey(machine: Machine): Promise<string | null> {
  const identity = await machine.olm.getIdentity(machine.olm.userId);
  if (identity === undefined) return null;
  try {
    return masterKeyOf(identity);
  } finally {
    identity.free();
  }
}

/** The bare key out of a signed key object. */
export function masterKeyOf(identity: wasm.OwnUserIdentity | wasm.OtherUserIdentity): string {
  return Object.values((JSON.parse(identity.masterKey) as { keys: Record<string, string> }).keys)[0] ?? '';
}

/**
 * Gives this device its place in the account's identity, without asking anybody anything.
 * - First device: makes the three cross-signing keys. They go to secret storage before the public halves are published,
 *   so a page closed half-way leaves nothing that can't be taken up again.
 * - Further device: imports them and signs itself.
 * Returns the public master key; `made` hears it before it is published, where this device makes it. Throws BatonError
 * `IDENTITY_LOST` when the account has an identity whose keys neither this device nor secret storage can produce: only the API
 * can reset that.
 */
export async function joinIdentity(machine: Machine, secretStorageKey: Uint8Array, { firstDevice, made }: { firstDevice: boolean | undefined; made(masterKey: string): void }): Promise<string> {
  const { olm, crossSigning, secretStorage } = machine;
  const status = await olm.crossSigningStatus();
  const complete = status.hasMaster && status.hasSelfSigning && status.hasUserSigning;
  const stored = await isStored(machine, crossSigningSecrets);
  // Importing needs the public halves, and so does finding out whether there are any. The hint spares asking, but it
  // is not believed against what secret storage holds: fresh keys would overwrite that.
  const isFirst = firstDevice === true && !complete && !stored;
  if (!complete && !isFirst) await queryKeys(machine, [olm.userId.toString()]);
  // The machine would wait for its own questions, under way since the first sync.
  const published = isFirst ? null : await ownMasterKey(machine);

  await ensureSecretStorageKey(machine, secretStorageKey, complete || published === null);
  if (!complete && published !== null && !stored) throw new BatonError('IDENTITY_LOST');
  // Keys that were stored by a device which closed before it published them are nobody's yet.
  if (!complete && published === null) return makeIdentity(machine, made);
  await crossSigning.bootstrapCrossSigning({});
  await machine.accountData.flushed();
  if (complete) await publishAgain(machine);

  const masterKey = await ownMasterKey(machine);
  if (masterKey === null || !(await secretStorage.getDefaultKeyId())) throw new BatonError('IDENTITY_LOST');
  return masterKey;
}

/** Makes the cross-signing keys, stores them and publishes them: what the SDK does one after the other, as far as the homeserver allows at once. */
async function makeIdentity({ olm, secretStorage, accountData, requests }: Machine, made: (masterKey: string) => void): Promise<string> {
  const { uploadKeysRequest, uploadSigningKeysRequest, uploadSignaturesRequest } = await olm.bootstrapCrossSigning(true);
  const { master_key: master } = JSON.parse(uploadSigningKeysRequest.body) as { master_key: { keys: Record<string, string> } };
  const masterKey = Object.values(master.keys)[0] ?? '';
  made(masterKey);
  const publishesDevice = uploadKeysRequest && requests.makeOutgoingRequest(uploadKeysRequest);
  publishesDevice?.catch(() => {});
  const secrets = await olm.exportCrossSigningKeys();
  const halves = [secrets?.masterKey, secrets?.self_signing_key, secrets?.userSigningKey];
  for (const [index, name] of crossSigningSecrets.entries()) {
    const half = halves[index];
    if (half === undefined) throw new Error('The keys that were just made are not there');
    await secretStorage.store(name, half);
  }
  await accountData.flushed();
  await Promise.all([publishesDevice, requests.makeOutgoingRequest(uploadSigningKeysRequest)]);
  await requests.makeOutgoingRequest(uploadSignaturesRequest);
  return masterKey;
}

/** A device that made the keys and closed before all of it was up publishes them again; the server ignores what it has. */
async function publishAgain(machine: Machine): Promise<void> {
  const [userId, deviceId] = [machine.olm.userId.toString(), machine.olm.deviceId.toString()];
  // Asked past the machine: what the server does not know, the machine keeps for true.
  const known = await machine.transport.request<{
    master_keys?: Record<string, unknown>;
    device_keys?: Record<string, Record<string, { signatures?: Record<string, Record<string, string>> }>>;
  }>('POST', '/keys/query', { body: { device_keys: { [userId]: [deviceId] } } });
  const signatures = Object.keys(known.device_keys?.[userId]?.[deviceId]?.signatures?.[userId] ?? {});
  if (known.master_keys?.[userId] !== undefined && signatures.some((key) => key !== `ed25519:${deviceId}`)) return;
  const again = await machine.olm.bootstrapCrossSigning(false);
  for (const request of [again.uploadKeysRequest, again.uploadSigningKeysRequest, again.uploadSignaturesRequest]) {
    if (request) await machine.requests.makeOutgoingRequest(request as wasm.SignatureUploadRequest);
  }
}

/** Makes secret storage usable with our key; replaces a foreign key only where the secrets are at hand to be stored anew. */
async function ensureSecretStorageKey(machine: Machine, key: Uint8Array, mayReplace: boolean): Promise<void> {
  const { secretStorage } = machine;
  const current = await secretStorage.getKey();
  if (current !== null && (await secretStorage.checkKey(key as Uint8Array<ArrayBuffer>, current[1]))) return;
  if (current !== null && !mayReplace) throw new BatonError('IDENTITY_LOST');
  const added = await secretStorage.addKey('m.secret_storage.v1.aes-hmac-sha2', { key: key as Uint8Array<ArrayBuffer> });
  await secretStorage.setDefaultKeyId(added.keyId);
}

async function isStored(machine: Machine, names: readonly (typeof crossSigningSecrets[number] | typeof backupSecret)[]): Promise<boolean> {
  const keyId = await machine.secretStorage.getDefaultKeyId();
  if (keyId === null) return false;
  for (const name of names) if ((await machine.secretStorage.isStored(name))?.[keyId] === undefined) return false;
  return true;
}

/**
 * Turns the key backup on: takes its key from secret storage, or makes a backup where there is none that we can open.
 * Can run beside `joinIdentity` on a further device. Resolves when keys can be fetched and are being uploaded.
 */
export async function joinBackup(machine: Machine): Promise<void> {
  const { backup, olm, secretStorage } = machine;
  const info = await backup.requestKeyBackupVersion();
  if (info?.version !== undefined) {
    const secret = (await olm.getBackupKeys()).decryptionKeyBase64 ?? (await secretStorage.get(backupSecret).catch(() => undefined));
    if (secret !== undefined) {
      const key = wasm.BackupDecryptionKey.fromBase64(secret);
      if (key.megolmV1PublicKey.publicKeyBase64 === (info.auth_data as { public_key?: string }).public_key) {
        await backup.saveBackupDecryptionKey(key, info.version);
        await backup.checkKeyBackupAndEnable(true);
        return;
      }
    }
  }
  await newBackup(machine);
}

async function newBackup({ accountData, backup, olm, secretStorage }: Machine): Promise<void> {
  const created = await backup.setupKeyBackup(async (authData) => {
    // Canonical JSON of an object with one key is its ordinary JSON.
    const signatures = await olm.sign(JSON.stringify({ public_key: (authData as { public_key: string }).public_key }));
    Object.assign(authData, { signatures: JSON.parse(signatures.asJSON()) });
  });
  await secretStorage.store(backupSecret, created.decryptionKey.toBase64());
  await accountData.flushed();
}

/** Looks whether all four secrets are in secret storage, and stores those that are missing. Throws when one can't be had. */
export async function assertSecretsStored(machine: Machine): Promise<void> {
  if (await isStored(machine, [...crossSigningSecrets, backupSecret])) return;
  const backupKey = (await machine.olm.getBackupKeys()).decryptionKeyBase64;
  if (backupKey !== undefined) await machine.secretStorage.store(backupSecret, backupKey);
  await machine.crossSigning.bootstrapCrossSigning({});
  await machine.accountData.flushed();
  if (!(await isStored(machine, [...crossSigningSecrets, backupSecret]))) throw new BatonError('IDENTITY_LOST');
}

/** Fetches devices and identities of these users now. */
export async function queryKeys(machine: Machine, userIds: string[]): Promise<void> {
  await machine.requests.makeOutgoingRequest(machine.olm.queryKeysForUsers(userIds.map((userId) => new wasm.UserId(userId))));
}
