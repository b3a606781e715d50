import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { writeFileAtomically } from './process/writeFileAtomically.ts';

/** What only this installation knows. Kept in one file of the data folder, mode 0600. */
export interface Secrets {
  postgresSuperuserPassword: string;
  postgresOwnerPassword: string;
  postgresApiPassword: string;
  matrixAsToken: string;
  matrixHsToken: string;
  matrixRegistrationSecret: string;
  matrixJwtSecret: string;
  matrixMacaroonSecret: string;
  matrixFormSecret: string;
  /** What coturn and the API share. */
  turnSecret: string;
  /** 32 bytes, base64url. */
  apiSecretKey: string;
}

const names: readonly (keyof Secrets)[] = [
  'postgresSuperuserPassword', 'postgresOwnerPassword', 'postgresApiPassword',
  'matrixAsToken', 'matrixHsToken', 'matrixRegistrationSecret', 'matrixJwtSecret', 'matrixMacaroonSecret', 'matrixFormSecret',
  'turnSecret', 'apiSecretKey',
];

/** Reads the secrets of an installation, and makes those it lacks: 32 random bytes each. */
export function readOrCreateSecrets(file: string): Secrets {
  const known = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Partial<Secrets>) : {};
  const missing = names.filter((name) => typeof known[name] !== 'string');
  const secrets = { ...known, ...Object.fromEntries(missing.map((name) => [name, randomBytes(32).toString('base64url')])) } as Secrets;
  if (missing.length > 0) writeFileAtomically(file, `${JSON.stringify(secrets, null, 2)}\n`);
  return secrets;
}
