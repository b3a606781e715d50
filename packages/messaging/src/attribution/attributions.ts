import type { Homeserver, Proof, RoomUpdate, Scheduler, Sealer } from '../ports.ts';
import { openForRoom, sealForRoom } from '../rooms/sealedData.ts';

/**
 * Who a Megolm session belongs to, where that was proven once: by the device that sent it (Olm, from a certified
 * identity), or by a signature. A key that comes back from a backup proves nothing of its sender, so without this memory
 * everything that another browser of the same person reads would look unproven.
 */
export interface Attributions {
  /** The homeserver, its decryptions judged by what is known of their sessions. */
  judge(homeserver: Homeserver): Homeserver;
  /** A signature proved that this session of this room is this sender's. */
  learn(roomId: string, sessionId: string, sender: string): void;
  stop(): void;
}

/** What is remembered on this device. `untold` are rooms whose newest facts the person's other devices don't have yet. */
export interface AttributionRecord {
  rooms: Record<string, Record<string, string>>;
  untold: string[];
}

export interface AttributionOptions {
  /** Where this device keeps it, sealed. */
  record: { read(): Promise<AttributionRecord | null>; write(value: AttributionRecord): Promise<void> };
  /** The account's: what opens under it was written by a device of the same person, which saw the proof. */
  sealer: Sealer;
  scheduler: Scheduler;
  report: (problem: unknown) => void;
}

const accountDataType = 'com.baton.attributions';
/** Several sessions are learnt at once when one signs in or a room is opened. */
const tellAfterMs = 1_000;
/** Newest sessions of a room that travel to the other devices: what fits an event with room to spare. */
const mostToldSessions = 500;

/** Opens what this device remembers. */
export async function openAttributions({ record, sealer, scheduler, report }: AttributionOptions): Promise<Attributions> {
  const stored = await record.read();
  const rooms = new Map(Object.entries(stored?.rooms ?? {}).map(([roomId, sessions]) => [roomId, new Map(Object.entries(sessions))]));
  const untold = new Set(stored?.untold ?? []);
  let homeserver: Homeserver | null = null;
  let cancel: (() => void) | null = null;
  const handlers = new Set<(proof: Proof) => void>();
  const say = (roomId: string, sessionId: string, sender: string): void => {
    for (const handler of handlers) handler({ sender, session: { roomId, sessionId } });
  };

  const sessionsOf = (roomId: string): Map<string, string> => {
    const known = rooms.get(roomId) ?? new Map<string, string>();
    rooms.set(roomId, known);
    return known;
  };
  const keep = (): Promise<void> =>
    record.write({ rooms: Object.fromEntries([...rooms].map(([roomId, sessions]) => [roomId, Object.fromEntries(sessions)])), untold: [...untold] });
  const tell = async (): Promise<void> => {
    for (const roomId of [...untold]) {
      const newest = Object.fromEntries([...sessionsOf(roomId)].slice(-mostToldSessions));
      untold.delete(roomId);
      await homeserver?.setRoomAccountData(roomId, accountDataType, await sealForRoom(sealer, roomId, newest)).catch((error: unknown) => {
        untold.add(roomId);
        throw error;
      });
    }
  };
  const schedule = (): void => {
    cancel ??= scheduler.after(tellAfterMs, () => {
      cancel = null;
      keep().then(tell).then(keep).catch(report);
    });
  };
  const learn = (roomId: string, sessionId: string, sender: string): void => {
    const sessions = sessionsOf(roomId);
    if (sessionId === '' || sessions.has(sessionId)) return;
    sessions.set(sessionId, sender);
    untold.add(roomId);
    schedule();
    say(roomId, sessionId, sender);
  };
  /** What the person's other devices proved. Facts that are known here stand. */
  const hear = async ({ roomId, accountData }: RoomUpdate): Promise<void> => {
    const content = accountData[accountDataType];
    const told = content && (await openForRoom<Record<string, string>>(sealer, roomId, content));
    if (!told) return;
    const sessions = sessionsOf(roomId);
    const news = Object.entries(told).filter(([sessionId]) => !sessions.has(sessionId));
    for (const [sessionId, sender] of news) sessions.set(sessionId, sender);
    if ([...sessions.keys()].some((sessionId) => !(sessionId in told))) untold.add(roomId);
    schedule();
    for (const [sessionId, sender] of news) say(roomId, sessionId, sender);
  };

  return {
    learn,
    judge: (connected) => {
      homeserver = connected;
      if (untold.size > 0) schedule();
      return {
        ...connected,
        onSync: (handler) =>
          connected.onSync(async (update) => {
            await Promise.all(update.rooms.map(hear));
            await handler(update);
          }),
        onProof: (handler) => {
          handlers.add(handler);
          const stop = connected.onProof(handler);
          return () => (handlers.delete(handler), stop());
        },
        encrypt: async (roomId, type, content) => {
          const made = await connected.encrypt(roomId, type, content);
          // One's own: nothing has to come back and be decrypted to know it.
          learn(roomId, made.sessionId, connected.userId);
          return made;
        },
        decrypt: async (event) => {
          const decryption = await connected.decrypt(event);
          if (!decryption.ok) return decryption;
          if (decryption.authenticity === 'certified') learn(event.roomId, decryption.sessionId, event.sender);
          const proven = decryption.authenticity === 'unverified' && sessionsOf(event.roomId).get(decryption.sessionId) === event.sender;
          return proven ? { ...decryption, authenticity: 'certified' } : decryption;
        },
      };
    },
    stop: () => cancel?.(),
  };
}
