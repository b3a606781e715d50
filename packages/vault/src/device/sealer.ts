import { BatonError } from '@baton/base';

/** Seals bytes so that only this device (or this account) opens them. What opens was sealed here and is unchanged. */
export interface Sealer {
  seal(plain: Uint8Array): Promise<Uint8Array>;
  /** Throws DEVICE_SEAL_BROKEN where the bytes were not sealed by this key, or were changed. */
  open(sealed: Uint8Array): Promise<Uint8Array>;
}

const version = 1;
const ivLength = 12;

/** Makes the key that keeps a device's secrets. Not even this page can read its bytes. */
export async function makeDeviceKey(): Promise<CryptoKey> {
  return await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

/** AES-256-GCM: `1 ‖ IV (12 bytes, random) ‖ ciphertext and tag`. `context` is authenticated: a row can't be passed off as another's. */
export function makeSealer(key: CryptoKey, context = ''): Sealer {
  const additionalData = new TextEncoder().encode(context);
  return {
    seal: async (plain) => {
      const iv = crypto.getRandomValues(new Uint8Array(ivLength));
      const body = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, key, Uint8Array.from(plain));
      const sealed = new Uint8Array(1 + ivLength + body.byteLength);
      sealed[0] = version;
      sealed.set(iv, 1);
      sealed.set(new Uint8Array(body), 1 + ivLength);
      return sealed;
    },
    open: async (sealed) => {
      if (sealed[0] !== version || sealed.length < 1 + ivLength + 16) throw new BatonError('DEVICE_SEAL_BROKEN');
      const iv = Uint8Array.from(sealed.subarray(1, 1 + ivLength));
      const body = Uint8Array.from(sealed.subarray(1 + ivLength));
      try {
        return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData }, key, body));
      } catch (error) {
        throw new BatonError('DEVICE_SEAL_BROKEN', {}, { cause: error });
      }
    },
  };
}
