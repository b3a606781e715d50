import { beforeAll, describe, expect, it } from 'vitest';
import * as vendor from './vendor.ts';

const { wasm } = vendor;
const methodsOf = (type: { prototype: object }): string[] => Object.getOwnPropertyNames(type.prototype);

/** The SDK documents none of this. When an update breaks a line here, look at what changed before mending the line. */
describe('what we take from the SDK', () => {
  beforeAll(() => wasm.initAsync());

  it('the parts around the machine have the methods that we call', () => {
    expect(methodsOf(vendor.OutgoingRequestProcessor)).toContain('makeOutgoingRequest');
    expect(methodsOf(vendor.OutgoingRequestsManager)).toEqual(expect.arrayContaining(['doProcessOutgoingRequests', 'stop']));
    expect(methodsOf(vendor.KeyClaimManager)).toEqual(expect.arrayContaining(['ensureSessionsForUsers', 'stop']));
    expect(methodsOf(vendor.CrossSigningIdentity)).toContain('bootstrapCrossSigning');
    expect(methodsOf(vendor.RustBackupManager)).toEqual(expect.arrayContaining(['requestKeyBackupVersion', 'saveBackupDecryptionKey', 'checkKeyBackupAndEnable', 'setupKeyBackup', 'maybeUploadKey', 'getServerBackupInfo', 'stop']));
    expect(methodsOf(vendor.ServerSideSecretStorageImpl)).toEqual(expect.arrayContaining(['getDefaultKeyId', 'setDefaultKeyId', 'addKey', 'getKey', 'checkKey', 'store', 'get', 'isStored']));
  });

  it('the backup’s delay is a static number that can be set', () => {
    expect(vendor.RustBackupManager).toHaveProperty('maxBackupLoopStartDelayMillis', expect.any(Number));
    expect(Object.getOwnPropertyDescriptor(vendor.RustBackupManager, 'maxBackupLoopStartDelayMillis')?.writable).toBe(true);
  });

  it('several may hear of new keys, those of our own sessions among them', async () => {
    const olm = await wasm.OlmMachine.initialize(new wasm.UserId('@a:b'), new wasm.DeviceId('D'));
    const heard: string[] = [];
    await olm.registerRoomKeyUpdatedCallback(async () => void heard.push('first'));
    await olm.registerRoomKeyUpdatedCallback(async () => void heard.push('second'));
    await olm.shareRoomKey(new wasm.RoomId('!r:b'), [new wasm.UserId('@a:b')], new wasm.EncryptionSettings());
    await expect.poll(() => heard.toSorted()).toEqual(['first', 'second']);
    olm.close();
  });

  it('decryption errors carry codes, shields too', () => {
    expect(wasm.DecryptionErrorCode).toMatchObject({ MissingRoomKey: expect.any(Number), UnknownMessageIndex: expect.any(Number), UnknownSenderDevice: expect.any(Number), UnsignedSenderDevice: expect.any(Number) });
    expect(wasm.ShieldStateCode.UnverifiedIdentity).toEqual(expect.any(Number));
    expect(wasm.TrustRequirement.CrossSignedOrLegacy).toEqual(expect.any(Number));
  });
});
