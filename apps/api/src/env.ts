import { BatonError } from '@baton/base';

/** What the API is told by its surroundings. */
export interface Env {
  port: number;
  host: string;
  /** Scheme and authority of the one address that browsers use, without a slash at the end. */
  publicOrigin: string;
  /** Connection of the role that owns nothing. */
  databaseUrl: string;
  /** Connection of the role that owns the tables: migrations only. */
  databaseOwnerUrl: string;
  matrix: MatrixEnv;
  /** Folder of web's build; null: the API alone, for tests and development. */
  webDist: string | null;
  /** 32 bytes that only this installation knows. */
  secretKey: Uint8Array;
  /** `first`: one firm on this installation; `open`: further ones may be set up. */
  signUp: 'first' | 'open';
  /** Relay for calls; null: there is none. */
  turn: TurnEnv | null;
}

/** A TURN server that takes credentials made with a shared secret (coturn's `use-auth-secret`). */
export interface TurnEnv {
  /** As RTCPeerConnection takes them: `turn:host:port?transport=udp`. */
  urls: string[];
  secret: string;
}

/** How the API speaks with the homeserver. */
export interface MatrixEnv {
  url: string;
  serverName: string;
  asToken: string;
  registrationSecret: string;
  jwtSecret: string;
  jwtIssuer: string;
  jwtAudience: string;
}

/**
 * Reads and checks the environment: the only place that does.
 * @throws BatonError `ENVIRONMENT_INVALID` with the variable's name and what it should be.
 */
export function readEnv(source: Readonly<Record<string, string | undefined>> = process.env): Env {
  const invalid = (name: string, wanted: string): never => {
    throw new BatonError('ENVIRONMENT_INVALID', { name, wanted });
  };
  const text = (name: string, fallback?: string): string => source[name] || (fallback ?? invalid(name, 'a value'));
  const url = (name: string): string => (URL.canParse(text(name)) ? text(name) : invalid(name, 'an absolute URL'));

  const port = Number(text('PORT'));
  if (!Number.isInteger(port) || port < 0 || port > 65_535) invalid('PORT', 'a port number');
  const secretKey = Buffer.from(text('SECRET_KEY'), 'base64url');
  if (secretKey.length !== 32) invalid('SECRET_KEY', '32 bytes as base64url');
  const signUp = text('SIGN_UP', 'first');
  if (signUp !== 'first' && signUp !== 'open') return invalid('SIGN_UP', '`first` or `open`');

  return {
    port,
    host: text('HOST', '127.0.0.1'),
    publicOrigin: new URL(url('PUBLIC_ORIGIN')).origin,
    databaseUrl: url('DATABASE_URL'),
    databaseOwnerUrl: url('DATABASE_OWNER_URL'),
    matrix: {
      url: url('MATRIX_URL').replace(/\/$/, ''),
      serverName: text('MATRIX_SERVER_NAME'),
      asToken: text('MATRIX_AS_TOKEN'),
      registrationSecret: text('MATRIX_REGISTRATION_SECRET'),
      jwtSecret: text('MATRIX_JWT_SECRET'),
      jwtIssuer: text('MATRIX_JWT_ISSUER', 'baton'),
      jwtAudience: text('MATRIX_JWT_AUDIENCE', 'synapse'),
    },
    webDist: source['WEB_DIST'] || null,
    secretKey,
    signUp,
    turn: readTurn(source, invalid),
  };
}

const turnUrl = /^turns?:([a-z0-9.-]+|\[[0-9a-f:]+\])(:\d{1,5})?(\?transport=(udp|tcp))?$/i;

function readTurn(source: Readonly<Record<string, string | undefined>>, invalid: (name: string, wanted: string) => never): TurnEnv | null {
  const { TURN_URL: url, TURN_SECRET: secret } = source;
  if (!url && !secret) return null;
  const urls = (url ?? '').split(/[\s,]+/).filter((each) => each !== '');
  if (urls.length === 0 || !urls.every((each) => turnUrl.test(each))) return invalid('TURN_URL', 'one or more addresses like turn:turn.example.com:3478?transport=udp, with commas between them');
  if (!secret || secret.length < 16) return invalid('TURN_SECRET', 'the secret that the TURN server shares with Baton, of 16 characters at least');
  return { urls, secret };
}
