import { createHmac, randomBytes } from 'node:crypto';

/** Where a homeserver is, and what the API knows of it. */
export interface TestMatrix {
  url: string;
  serverName: string;
  asToken: string;
  jwtSecret: string;
  jwtIssuer: string;
  jwtAudience: string;
}

/** What the API does in Synapse, for tests: registers users, mints their tokens, makes rooms as the service account. */
export interface Provisioning {
  readonly matrix: TestMatrix;
  readonly serviceUserId: string;
  /** Registers a user of whom the name is a part, and returns their Matrix id. */
  user(name: string): Promise<string>;
  /** A JWT that logs this user in within a minute. */
  token(userId: string): string;
  /** An encrypted room of the service account with these users joined. */
  room(userIds: string[]): Promise<string>;
  join(roomId: string, userId: string): Promise<void>;
  invite(roomId: string, userId: string): Promise<void>;
  kick(roomId: string, userId: string): Promise<void>;
  /** Any request with the application service's token, in a user's name where one is given. */
  as<T>(method: string, path: string, body?: unknown, userId?: string): Promise<T>;
}

export async function provision(matrix: TestMatrix): Promise<Provisioning> {
  const as = async <T>(method: string, path: string, body?: unknown, userId?: string): Promise<T> => {
    const url = new URL(`${matrix.url}/_matrix/client/v3${path}`);
    if (userId !== undefined) url.searchParams.set('user_id', userId);
    const response = await fetch(url, {
      method,
      headers: { authorization: `Bearer ${matrix.asToken}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer = (await response.json()) as T;
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${JSON.stringify(answer)}`);
    return answer;
  };
  const register = async (localpart: string): Promise<string> => {
    await as('POST', '/register', { type: 'm.login.application_service', username: localpart, inhibit_login: true });
    return `@${localpart}:${matrix.serverName}`;
  };
  const serviceUserId = await register('svc').catch((error: unknown) => {
    if (String(error).includes('M_USER_IN_USE')) return `@svc:${matrix.serverName}`;
    throw error;
  });
  const room = (roomId: string): string => `/rooms/${encodeURIComponent(roomId)}`;
  const invite = async (roomId: string, userId: string): Promise<void> => void (await as('POST', `${room(roomId)}/invite`, { user_id: userId }));
  const join = async (roomId: string, userId: string): Promise<void> => {
    await invite(roomId, userId).catch(() => {});
    await as('POST', `${room(roomId)}/join`, {}, userId);
  };
  return {
    matrix, serviceUserId, invite, join, as,
    user: (name) => register(`m-${name}-${randomBytes(6).toString('hex')}`),
    token: (userId) => jwt({ sub: userId.slice(1).split(':')[0], iss: matrix.jwtIssuer, aud: matrix.jwtAudience, exp: Math.floor(Date.now() / 1000) + 60 }, matrix.jwtSecret),
    async room(userIds) {
      const { room_id: roomId } = await as<{ room_id: string }>('POST', '/createRoom', {
        preset: 'private_chat',
        initial_state: [{ type: 'm.room.encryption', state_key: '', content: { algorithm: 'm.megolm.v1.aes-sha2' } }],
      });
      for (const userId of userIds) await join(roomId, userId);
      return roomId;
    },
    kick: async (roomId, userId) => void (await as('POST', `${room(roomId)}/kick`, { user_id: userId })),
  };
}

function jwt(claims: Record<string, unknown>, secret: string): string {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const unsigned = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`;
  return `${unsigned}.${createHmac('sha256', secret).update(unsigned).digest('base64url')}`;
}
