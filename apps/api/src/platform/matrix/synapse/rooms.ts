import type { EncryptedEvent, RoomState } from '../MatrixAdmin.ts';
import { MatrixRefusal, unless, type MatrixClient } from './matrixClient.ts';

const path = (roomId: string, action: string): string => `_matrix/client/v3/rooms/${encodeURIComponent(roomId)}/${action}`;

/**
 * A room of the firm. Version 12: its creator, the service account, stands above everybody and can't be removed; nobody
 * else has power over anything but their own messages.
 */
export async function createRoom(request: MatrixClient, serverName: string, key: string): Promise<string> {
  const state = (type: string, content: object): object => ({ type, state_key: '', content });
  const body = {
    room_version: '12',
    preset: 'private_chat',
    visibility: 'private',
    room_alias_name: key,
    creation_content: { 'm.federate': false },
    initial_state: [
      state('m.room.encryption', { algorithm: 'm.megolm.v1.aes-sha2' }),
      state('m.room.history_visibility', { history_visibility: 'shared' }),
      state('m.room.guest_access', { guest_access: 'forbidden' }),
      state('m.room.join_rules', { join_rule: 'invite' }),
    ],
    power_level_content_override: {
      users: {}, users_default: 0, events_default: 0, state_default: 100, invite: 100, kick: 100, ban: 100, redact: 100,
      notifications: { room: 100 }, events: {},
    },
  };
  try {
    const { room_id: roomId } = await request<{ room_id: string }>({ method: 'POST', path: '_matrix/client/v3/createRoom', body });
    return roomId;
  } catch (error) {
    if (!(error instanceof MatrixRefusal) || error.code !== 'M_ROOM_IN_USE') throw error;
    const alias = encodeURIComponent(`#${key}:${serverName}`);
    const { room_id: roomId } = await request<{ room_id: string }>({ method: 'GET', path: `_matrix/client/v3/directory/room/${alias}` });
    return roomId;
  }
}

/** Invites and joins. Whoever is in already can't be invited, and stays in. */
export async function join(request: MatrixClient, roomId: string, mxid: string): Promise<void> {
  await unless(['M_FORBIDDEN'], request({ method: 'POST', path: path(roomId, 'invite'), body: { user_id: mxid } }));
  await request({ method: 'POST', path: `_matrix/client/v3/join/${encodeURIComponent(roomId)}`, body: {}, as: mxid });
}

/** Removes, then forgets in the user's name: who is only removed can still page to what came before. */
export async function remove(request: MatrixClient, roomId: string, mxid: string, reason: string): Promise<void> {
  const membership = await membershipOf(request, roomId, mxid);
  if (membership === null) return;
  if (membership !== 'leave' && membership !== 'ban') {
    await request({ method: 'POST', path: path(roomId, 'kick'), body: { user_id: mxid, reason } });
  }
  await request({ method: 'POST', path: path(roomId, 'forget'), body: {}, as: mxid });
}

/** Sets a state event in the service account's name; the homeserver makes none of a state that is so already. */
export async function setState(request: MatrixClient, roomId: string, { type, key, content }: RoomState): Promise<void> {
  await request({ method: 'PUT', path: path(roomId, `state/${encodeURIComponent(type)}/${encodeURIComponent(key)}`), body: content });
}

/** A page of a room's encrypted events, in the room's order. One that was redacted names no session any more. */
export async function encryptedEvents(request: MatrixClient, roomId: string, from: string | null): Promise<{ events: EncryptedEvent[]; next: string | null }> {
  const query = new URLSearchParams({ dir: 'f', limit: '500', filter: JSON.stringify({ types: ['m.room.encrypted'] }), ...(from !== null && { from }) });
  const { chunk, end } = await request<{ chunk: { sender: string; origin_server_ts: number; content: { session_id?: unknown } }[]; end?: string }>({
    method: 'GET', path: `${path(roomId, 'messages')}?${query.toString()}`,
  });
  const events = chunk.flatMap(({ sender, origin_server_ts: sentAt, content: { session_id: sessionId } }) =>
    typeof sessionId === 'string' && sessionId.length <= 100 ? { sessionId, sender, sentAt } : [],
  );
  return { events, next: end ?? null };
}

async function membershipOf(request: MatrixClient, roomId: string, mxid: string): Promise<string | null> {
  try {
    const member = await request<{ membership: string }>({ method: 'GET', path: path(roomId, `state/m.room.member/${encodeURIComponent(mxid)}`) });
    return member.membership;
  } catch (error) {
    if (error instanceof MatrixRefusal && error.status === 404) return null;
    throw error;
  }
}

/** Who is in the room, the service account included. */
export async function joinedMembers(request: MatrixClient, roomId: string): Promise<string[]> {
  const { joined } = await request<{ joined: Record<string, unknown> }>({ method: 'GET', path: path(roomId, 'joined_members') });
  return Object.keys(joined);
}
