import { BatonError } from '@baton/base';
import { HomeserverError, type EncryptedContent } from '../../ports.ts';
import type { RoomRecord, SyncStore } from '../sync/store.ts';
import { wasm } from '../vendor.ts';
import { messageIndexOf } from './decrypt.ts';
import type { Identities } from './identities.ts';
import type { Machine } from './machine.ts';

/** Messages on one session, unless the device is told otherwise. Each is deposited once, so fewer is dearer and more is riskier. */
const usualMessagesPerSession = 100;
const sessionLastsMs = 7 * 24 * 3_600_000;
/** How long a finished share is trusted without looking at the machine's store again. */
const shareLastsMs = 5 * 60_000;

export interface RoomEncryption {
  prepare(roomId: string): Promise<void>;
  encrypt(roomId: string, type: string, content: Record<string, unknown>): Promise<EncryptedContent>;
  /** The next message of this room goes out under a new session. */
  rotate(roomId: string): void;
}

interface Deps {
  machine: Machine;
  identities: Identities;
  store: SyncStore;
  /** Throws BatonError `GHOST_MEMBER` for somebody in the room who is not meant to read it. Resolves with the readership's name. */
  requireReaders(roomId: string, userIds: string[]): Promise<string | null>;
  /** Never gets keys: it administers the room and is not meant to read. */
  serviceUserId: string;
  /** Resolves with the room once a sync has told of it; rejects after a while. */
  roomOf(roomId: string): Promise<RoomRecord>;
  messagesPerSession: number | undefined;
  now(): number;
}

/** A share that was finished, and how far the session has come since. */
interface Share {
  stamp: string;
  readership: string | null;
  at: number;
  nextIndex: number;
}

/**
 * Encryption for exactly the people one means: every joined and invited member but the service account, and only if
 * a certificate vouches for each and each is meant to read the room: nobody writes to a ghost. One operation at a time in a room:
 *
 *   members certified, and no ghost? → devices known? → Olm channels → share the session → still certified? → send the keys → encrypt
 *
 * As long as members, devices and identities stay as they were, a message skips to the last step.
 */
export function makeRoomEncryption(deps: Deps): RoomEncryption {
  const { machine, identities, store, messagesPerSession = usualMessagesPerSession } = deps;
  const shares = new Map<string, Share>();
  const queues = new Map<string, Promise<unknown>>();
  const rotations = new Set<string>();

  const recipientsOf = (room: RoomRecord): string[] => Object.keys(room.members).filter((userId) => userId !== deps.serviceUserId).sort();
  const stampOf = (recipients: string[]): string => `${identities.version()} ${recipients.join(' ')}`;

  const requireTrusted = async (room: RoomRecord, recipients: string[]): Promise<string | null> => {
    await identities.requireCertified(recipients);
    return deps.requireReaders(room.roomId, recipients);
  };
  const invalidate = async (roomId: string): Promise<void> => {
    await machine.olm.invalidateGroupSession(new wasm.RoomId(roomId));
    shares.delete(roomId);
  };

  const share = async (room: RoomRecord): Promise<void> => {
    const recipients = recipientsOf(room);
    const known = shares.get(room.roomId);
    const expired = room.outbound !== undefined && room.outbound.since < deps.now() - sessionLastsMs;
    if (rotations.delete(room.roomId) || expired) {
      await invalidate(room.roomId);
    } else if (known !== undefined && known.stamp === stampOf(recipients) && known.nextIndex < messagesPerSession && known.at > deps.now() - shareLastsMs) {
      const readership = await requireTrusted(room, recipients);
      if (isUnder(readership, known)) {
        known.readership ??= readership;
        return;
      }
    }
    for (;;) {
      await machine.olm.updateTrackedUsers(recipients.map((userId) => new wasm.UserId(userId)));
      await requireTrusted(room, recipients);
      await machine.ensureChannels(recipients);
      const readership = await requireTrusted(room, recipients);
      if (!isUnder(readership, shares.get(room.roomId) ?? room.outbound)) await invalidate(room.roomId);
      const stamp = stampOf(recipients);
      const messages = await machine.olm.shareRoomKey(new wasm.RoomId(room.roomId), recipients.map((userId) => new wasm.UserId(userId)), settingsFor(room, messagesPerSession));
      // A device or identity that came in between must not get what was meant for its predecessor.
      if (stamp !== stampOf(recipients)) {
        await invalidate(room.roomId);
        continue;
      }
      await Promise.all(messages.map((message) => machine.requests.makeOutgoingRequest(message)));
      shares.set(room.roomId, { stamp, readership, at: deps.now(), nextIndex: 0 });
      return;
    }
  };

  const inTurn = <T>(roomId: string, work: () => Promise<T>): Promise<T> => {
    const turn = (queues.get(roomId) ?? Promise.resolve()).catch(() => {}).then(work);
    queues.set(roomId, turn);
    return turn;
  };

  const shareIn = async (roomId: string): Promise<RoomRecord> => {
    const room = await deps.roomOf(roomId);
    if (room.encryption?.algorithm !== 'm.megolm.v1.aes-sha2') throw new BatonError('ROOM_NOT_ENCRYPTED', { roomId });
    try {
      await share(room);
    } catch (error) {
      throw vendorError(error);
    }
    return room;
  };

  return {
    prepare: (roomId) => inTurn(roomId, async () => void (await shareIn(roomId))),
    rotate: (roomId) => void rotations.add(roomId),
    encrypt: (roomId, type, content) =>
      inTurn(roomId, async () => {
        const room = await shareIn(roomId);
        const wire = JSON.parse(await machine.olm.encryptRoomEvent(new wasm.RoomId(roomId), type, JSON.stringify(content))) as Record<string, unknown>;
        const sessionId = String(wire.session_id);
        const used = shares.get(roomId);
        const messageIndex = messageIndexOf(wire.ciphertext);
        if (used !== undefined) used.nextIndex = (messageIndex ?? messagesPerSession) + 1;
        const readership = used?.readership ?? null;
        if (room.outbound?.sessionId !== sessionId || room.outbound.readership !== readership) {
          const since = room.outbound?.sessionId === sessionId ? room.outbound.since : deps.now();
          room.outbound = { sessionId, since, readership };
          await store.save({}, [room]);
        }
        return { content: wire, sessionId, messageIndex };
      }),
  };
}

/** Whether a session goes on. One that was begun before there was a name for its readers may. */
const isUnder = (readership: string | null, begun: { readership: string | null } | undefined): boolean =>
  begun === undefined || (begun.readership ?? null) === null || begun.readership === readership;

function settingsFor(room: RoomRecord, messagesPerSession: number): wasm.EncryptionSettings {
  const settings = new wasm.EncryptionSettings();
  settings.algorithm = wasm.EncryptionAlgorithm.MegolmV1AesSha2;
  settings.sharingStrategy = wasm.CollectStrategy.identityBasedStrategy();
  settings.rotationPeriodMessages = BigInt(messagesPerSession);
  // Age is ours to watch: encrypting on a session that has expired since it was shared would abort the machine.
  settings.rotationPeriod = BigInt(10 * 365 * 24 * 3600) * 1_000_000n;
  const visibility = { invited: wasm.HistoryVisibility.Invited, joined: wasm.HistoryVisibility.Joined, world_readable: wasm.HistoryVisibility.WorldReadable }[room.historyVisibility];
  settings.historyVisibility = visibility ?? wasm.HistoryVisibility.Shared;
  return settings;
}

/** Requests made by the SDK's parts fail with its errors; they all mean "not sent, try again", except what we threw ourselves. */
function vendorError(error: unknown): unknown {
  const name = error instanceof Error ? error.name : '';
  if (name === 'BatonError' || name === 'HomeserverError') return error;
  return new HomeserverError({ kind: 'again', outcome: 'unsent' }, 'The keys could not be shared', { cause: error });
}
