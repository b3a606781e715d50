import type { DeviceMessage, Homeserver, KeyDepositor } from '@baton/messaging';

/**
 * A session's key from device to device, for the moment in which a candidate comes in: a message that was encrypted
 * while they were not in the room yet, and deposited after their welcome bundle was closed, would else stay shut.
 */
const sessionKeyType = 'com.baton.session_key';

/** Hands one session to all certified devices of these users. */
export async function sendSessionKey(homeserver: Homeserver, users: string[], session: Parameters<KeyDepositor['deposit']>[0]): Promise<void> {
  await homeserver.sendToDevices(users, sessionKeyType, { room_id: session.roomId, session: await session.exportSession() });
}

/** Takes sessions that members of the same room hand over. Returns what ends it. */
export function receiveSessionKeys(homeserver: Homeserver, report: (problem: unknown) => void): () => void {
  return homeserver.onDeviceMessage((message) => {
    const exported = sessionIn(message);
    if (exported === null) return;
    const inRoom = homeserver.members(exported.roomId).some(({ userId }) => userId === message.sender);
    if (inRoom) homeserver.importSessions([exported.session]).catch(report);
  });
}

function sessionIn({ type, content }: DeviceMessage): { roomId: string; session: string } | null {
  if (type !== sessionKeyType || typeof content['room_id'] !== 'string' || typeof content['session'] !== 'string') return null;
  const roomId = content['room_id'];
  try {
    const session = JSON.parse(content['session']) as { room_id?: unknown };
    // A key for another room than the one that the sender shares with us is none of theirs to give.
    return session.room_id === roomId ? { roomId, session: content['session'] } : null;
  } catch {
    return null;
  }
}
