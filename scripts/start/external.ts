import { Refusal } from '../bootstrap/refusal.mjs';
import type { MatrixEnvironment } from '../services/api/apiEnvironment.ts';

type Variables = Readonly<Record<string, string | undefined>>;

/** A database of one's own, when the environment names one; DATABASE_OWNER_URL is for migrations. @throws Refusal */
export function externalDatabase(variables: Variables): { url: string; ownerUrl: string } | undefined {
  const url = variables['DATABASE_URL'];
  if (!url) return undefined;
  const ownerUrl = variables['DATABASE_OWNER_URL'];
  if (!ownerUrl) throw new Refusal('DATABASE_URL is set but DATABASE_OWNER_URL is not: set both, or neither to use the PostgreSQL that Baton brings.');
  return { url, ownerUrl };
}

const required = ['MATRIX_SERVER_NAME', 'MATRIX_AS_TOKEN', 'MATRIX_REGISTRATION_SECRET', 'MATRIX_JWT_SECRET'] as const;

/** A homeserver of one's own, when the environment names one. @throws Refusal */
export function externalMatrix(variables: Variables): MatrixEnvironment | undefined {
  const url = variables['MATRIX_URL'];
  if (!url) return undefined;
  const missing = required.filter((name) => !variables[name]);
  if (missing.length > 0) throw new Refusal(`MATRIX_URL is set but ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} not: set all of them, or none to use the Synapse that Baton brings.`);
  const value = (name: (typeof required)[number]) => variables[name] ?? '';
  return {
    MATRIX_URL: url,
    MATRIX_SERVER_NAME: value('MATRIX_SERVER_NAME'),
    MATRIX_AS_TOKEN: value('MATRIX_AS_TOKEN'),
    MATRIX_REGISTRATION_SECRET: value('MATRIX_REGISTRATION_SECRET'),
    MATRIX_JWT_SECRET: value('MATRIX_JWT_SECRET'),
    MATRIX_JWT_ISSUER: variables['MATRIX_JWT_ISSUER'] ?? 'baton',
    MATRIX_JWT_AUDIENCE: variables['MATRIX_JWT_AUDIENCE'] ?? 'synapse',
  };
}
