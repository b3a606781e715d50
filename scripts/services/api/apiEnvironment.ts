import type { Secrets } from '../secrets.ts';
import { jwtAudience, jwtIssuer } from '../synapse/configure.ts';

/**
 * The contract between whoever starts the API (`apps/api/src/main.ts`) and the API: all that it reads from its
 * environment. Nothing else of ours stands there, and nothing of this is passed on the command line.
 */
export interface ApiEnvironment {
  /** Port and address to listen on. */
  PORT: string;
  HOST: '127.0.0.1';
  /** Scheme and authority of the one address that browsers use, without a slash at the end. */
  PUBLIC_ORIGIN: string;
  /** Connection of a log-in role that owns nothing: `migrate` makes it a member of `baton_app`. */
  DATABASE_URL: string;
  /** Connection of the role that owns the tables and may create roles: for migrations only. */
  DATABASE_OWNER_URL: string;
  /** The homeserver's address on loopback. */
  MATRIX_URL: string;
  MATRIX_SERVER_NAME: string;
  /** Token of the application service, whose sender is `svc`. */
  MATRIX_AS_TOKEN: string;
  /** Shared secret that registers the first administrator, who makes `svc` one. */
  MATRIX_REGISTRATION_SECRET: string;
  /** HS256 secret, issuer and audience of the tokens with which browsers log in at the homeserver. */
  MATRIX_JWT_SECRET: string;
  MATRIX_JWT_ISSUER: string;
  MATRIX_JWT_AUDIENCE: string;
  /** Folder of the built web pages. */
  WEB_DIST: string;
  /** 32 bytes as base64url that only this installation knows. */
  SECRET_KEY: string;
  /** Addresses of a relay for calls, with commas between them, and the secret that it shares with the API; empty: there is none. */
  TURN_URL: string;
  TURN_SECRET: string;
  /** `first`: one firm on this installation; `open`: further ones may be set up. */
  SIGN_UP: 'first' | 'open';
}

/** The homeserver's part of the contract. */
export type MatrixEnvironment = Pick<
  ApiEnvironment,
  'MATRIX_URL' | 'MATRIX_SERVER_NAME' | 'MATRIX_AS_TOKEN' | 'MATRIX_REGISTRATION_SECRET' | 'MATRIX_JWT_SECRET' | 'MATRIX_JWT_ISSUER' | 'MATRIX_JWT_AUDIENCE'
>;

/** What the API has to know of a Synapse that we started ourselves. */
export function matrixEnvironment(url: string, serverName: string, secrets: Secrets): MatrixEnvironment {
  return {
    MATRIX_URL: url,
    MATRIX_SERVER_NAME: serverName,
    MATRIX_AS_TOKEN: secrets.matrixAsToken,
    MATRIX_REGISTRATION_SECRET: secrets.matrixRegistrationSecret,
    MATRIX_JWT_SECRET: secrets.matrixJwtSecret,
    MATRIX_JWT_ISSUER: jwtIssuer,
    MATRIX_JWT_AUDIENCE: jwtAudience,
  };
}
