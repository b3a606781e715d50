import { randomBytes } from 'node:crypto';
import type { MatrixEnvironment } from '../../services/api/apiEnvironment.ts';

/** A user of the homeserver with a device, and nothing of ours about them. */
export interface PlainUser {
  userId: string;
  token: string;
}

/** Makes a room with two users in it at the homeserver itself: what the floor of a latency is measured with. */
export async function makePlainRoom(matrix: MatrixEnvironment): Promise<{ roomId: string; users: [PlainUser, PlainUser] }> {
  const call = async <T>(token: string, method: string, path: string, body: object): Promise<T> => {
    const response = await fetch(`${matrix.MATRIX_URL}/_matrix/client/v3/${path}`, { method, headers: { authorization: `Bearer ${token}` }, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`${method} ${path.split('?')[0]}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  };
  const makeUser = async (): Promise<PlainUser> => {
    const username = `m-${randomBytes(16).toString('hex')}`;
    const { user_id: userId, access_token: token } = await call<{ user_id: string; access_token: string }>(matrix.MATRIX_AS_TOKEN, 'POST', 'register', {
      type: 'm.login.application_service', username,
    });
    return { userId, token };
  };
  const users: [PlainUser, PlainUser] = [await makeUser(), await makeUser()];
  const { room_id: roomId } = await call<{ room_id: string }>(users[0].token, 'POST', 'createRoom', { preset: 'private_chat', invite: [users[1].userId] });
  await call(users[1].token, 'POST', `rooms/${encodeURIComponent(roomId)}/join`, {});
  return { roomId, users };
}
