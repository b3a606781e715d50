import { createDecipheriv, createHmac, createPrivateKey, createPublicKey, diffieHellman, hkdfSync } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { keyCanary, type Canary } from './canary.ts';

/*
 * What a homeserver keeps encrypted, opened as only the account can that has the key: the search for it has to look for
 * what is really there. Secret storage is m.secret_storage.v1.aes-hmac-sha2, the backup m.megolm_backup.v1.curve25519-aes-sha2.
 */

interface StoredSecret {
  iv: string;
  ciphertext: string;
  mac: string;
}

const secretNames = { 'm.cross_signing.master': 'master key', 'm.cross_signing.self_signing': 'self-signing key', 'm.cross_signing.user_signing': 'user-signing key' };

/**
 * The private keys that an account keeps in Matrix: its identity, the key of its backup, and of every session in that backup
 * the part that stays the same while the session's ratchet turns.
 * @param databaseFile the homeserver's SQLite database
 * @param storageKey the account's secret storage key, 32 bytes
 * @throws Error where something is missing or does not open: then it is not known what to look for
 */
export function openMatrixSecrets(databaseFile: string, userId: string, storageKey: Uint8Array): { identity: Canary[]; sessions: Canary[] } {
  const database = new DatabaseSync(databaseFile, { readOnly: true });
  try {
    const secret = (name: string): Buffer => {
      const row = database.prepare('select content from account_data where user_id = ? and account_data_type = ?').get(userId, name) as { content: string } | undefined;
      const [stored] = Object.values((JSON.parse(row?.content ?? '{}') as { encrypted?: Record<string, StoredSecret> }).encrypted ?? {});
      if (!stored) throw new Error(`${userId} keeps no ${name}.`);
      return Buffer.from(openSecret(name, stored, storageKey), 'base64');
    };
    const backupKey = secret('m.megolm_backup.v1');
    const rows = database.prepare('select session_id as id, session_data as data from e2e_room_keys where user_id = ?').all(userId) as { id: string; data: string }[];
    return {
      identity: [...Object.entries(secretNames).map(([name, spoken]) => keyCanary(spoken, secret(name))), keyCanary('backup key', backupKey)],
      sessions: rows.map(({ id, data }) => keyCanary(`session ${id}`, steadyPart(id, openSession(JSON.parse(data) as BackedUpSession, backupKey)))),
    };
  } finally {
    database.close();
  }
}

function openSecret(name: string, { iv, ciphertext, mac }: StoredSecret, storageKey: Uint8Array): string {
  const keys = Buffer.from(hkdfSync('sha256', storageKey, Buffer.alloc(32), name, 64));
  const sealed = Buffer.from(ciphertext, 'base64');
  if (!createHmac('sha256', keys.subarray(32)).update(sealed).digest().equals(Buffer.from(mac, 'base64'))) throw new Error(`${name} is sealed with another key.`);
  const decipher = createDecipheriv('aes-256-ctr', keys.subarray(0, 32), Buffer.from(iv, 'base64'));
  return Buffer.concat([decipher.update(sealed), decipher.final()]).toString('utf8');
}

interface BackedUpSession {
  ephemeral: string;
  ciphertext: string;
}

/** The session as it would be exported: version (1), index (4), ratchet (128), public key (32). */
function openSession({ ephemeral, ciphertext }: BackedUpSession, backupKey: Buffer): Buffer {
  const shared = diffieHellman({
    privateKey: createPrivateKey({ key: Buffer.concat([Buffer.from('302e020100300506032b656e04220420', 'hex'), backupKey]), format: 'der', type: 'pkcs8' }),
    publicKey: createPublicKey({ key: Buffer.concat([Buffer.from('302a300506032b656e032100', 'hex'), Buffer.from(ephemeral, 'base64')]), format: 'der', type: 'spki' }),
  });
  const keys = Buffer.from(hkdfSync('sha256', shared, Buffer.alloc(32), '', 80));
  const decipher = createDecipheriv('aes-256-cbc', keys.subarray(0, 32), keys.subarray(64));
  const opened = Buffer.concat([decipher.update(ciphertext, 'base64'), decipher.final()]).toString('utf8');
  return Buffer.from((JSON.parse(opened) as { session_key: string }).session_key, 'base64');
}

/** The first of the ratchet's four parts turns only after 16 million messages: every copy of the session has it. */
function steadyPart(sessionId: string, exported: Buffer): Buffer {
  if (exported.subarray(133).toString('base64').replace(/=+$/, '') !== sessionId) throw new Error(`The backup of session ${sessionId} holds another one.`);
  return exported.subarray(5, 37);
}
