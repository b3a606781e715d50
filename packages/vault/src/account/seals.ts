import type { Sealer } from '../device/sealer.ts';
import { decrypt, encrypt } from '../crypto/aead.ts';
import { concat } from '../crypto/bytes.ts';
import { refusal } from '../errors.ts';
import type { AccountKeys } from './account.ts';

const context = { domain: 'baton/v1/account-data' };

/** Seals what the account keeps on the server for itself, such as drafts in Matrix account data: `nonce (24 bytes) ‖ ciphertext`. */
export function makeAccountDataSealer(keys: AccountKeys): Sealer {
  return {
    seal: async (plain) => {
      const { nonce, ciphertext } = encrypt(keys.accountDataKey, plain, context);
      return concat(nonce, ciphertext);
    },
    open: async (sealed) => {
      const plain = decrypt(keys.accountDataKey, { nonce: sealed.subarray(0, 24), ciphertext: sealed.subarray(24) }, context);
      if (plain === null) throw refusal('DEVICE_SEAL_BROKEN');
      return plain;
    },
  };
}
