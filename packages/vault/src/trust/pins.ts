import type { DeviceStore } from '../device/deviceStore.ts';
import { jsonRecord } from '../device/records.ts';
import { refusal } from '../errors.ts';
import type { VerifiedIdentity } from '../verification/identity.ts';

/** The newest identity that this device has verified of each account. Only ever moves forward. */
export interface Pins {
  byMxid(mxid: string): VerifiedIdentity | undefined;
  /** Takes a verified identity. Throws REPLACED_IDENTITY and SEQUENCE_TOO_LOW where it contradicts what was seen before. */
  pin(identity: VerifiedIdentity): Promise<void>;
}

/** Reads the pins of a device. */
export async function openPins(device: DeviceStore): Promise<Pins> {
  const record = jsonRecord<Record<string, VerifiedIdentity>>(device, 'identity-pins');
  const pins = new Map(Object.entries((await record.read()) ?? {}));
  const mxids = new Map([...pins.values()].map((identity) => [identity.mxid, identity]));
  return {
    byMxid: (mxid) => mxids.get(mxid),
    pin: async (identity) => {
      const before = pins.get(identity.account);
      if (before !== undefined) requireForward(before, identity);
      pins.set(identity.account, identity);
      mxids.set(identity.mxid, identity);
      if (before?.sequence !== identity.sequence || before.role !== identity.role) await record.write(Object.fromEntries(pins));
    },
  };
}

function requireForward(before: VerifiedIdentity, now: VerifiedIdentity): void {
  const sameKeys = before.signingKey === now.signingKey && before.boxKey === now.boxKey && before.mxid === now.mxid;
  if (!sameKeys) throw refusal('REPLACED_IDENTITY');
  if (now.sequence < before.sequence) throw refusal('SEQUENCE_TOO_LOW');
  // Two certificates with one number: one of them was hidden from somebody.
  if (now.sequence === before.sequence && now.matrixMasterKey !== before.matrixMasterKey) throw refusal('REPLACED_IDENTITY');
}
