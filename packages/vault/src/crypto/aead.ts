import { toUtf8 } from './bytes.ts';
import { canonicalJson } from './canonical.ts';
import { sodium } from './sodium.ts';

/** What XChaCha20-Poly1305 made: a 24-byte random nonce, and the ciphertext with its tag. */
export interface Encrypted {
  nonce: Uint8Array;
  ciphertext: Uint8Array;
}

/** Encrypts under a 32-byte key. `context` is authenticated as canonical JSON: the same object must be given to decrypt. */
export function encrypt(key: Uint8Array, plain: Uint8Array, context: object): Encrypted {
  const s = sodium();
  const nonce = s.randombytes_buf(s.crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);
  const ciphertext = s.crypto_aead_xchacha20poly1305_ietf_encrypt(plain, toUtf8(canonicalJson(context)), null, nonce, key);
  return { nonce, ciphertext };
}

/** The plaintext, or null for another key, another context or changed bytes. */
export function decrypt(key: Uint8Array, encrypted: Encrypted, context: object): Uint8Array | null {
  try {
    return sodium().crypto_aead_xchacha20poly1305_ietf_decrypt(
      null, encrypted.ciphertext, toUtf8(canonicalJson(context)), encrypted.nonce, key,
    );
  } catch {
    return null;
  }
}
