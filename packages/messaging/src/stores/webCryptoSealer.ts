import type { Sealer } from '../ports.ts';

const nonceBytes = 12;

/** Seals with AES-256-GCM under a key that may be non-extractable: nonce, then ciphertext and tag. */
export function makeWebCryptoSealer(key: CryptoKey): Sealer {
  return {
    seal: async (plain) => {
      const nonce = crypto.getRandomValues(new Uint8Array(nonceBytes));
      const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce }, key, new Uint8Array(plain));
      const joined = new Uint8Array(nonceBytes + sealed.byteLength);
      joined.set(nonce);
      joined.set(new Uint8Array(sealed), nonceBytes);
      return joined;
    },
    open: async (sealed) => {
      const bytes = new Uint8Array(sealed);
      return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv: bytes.slice(0, nonceBytes) }, key, bytes.slice(nonceBytes)));
    },
  };
}
