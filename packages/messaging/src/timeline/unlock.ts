import type { Context } from '../context.ts';
import type { Homeserver, StoredEvent } from '../ports.ts';
import { backoff } from '../outbox/backoff.ts';
import { inRoom, type Room } from '../rooms/room.ts';
import { absorb } from './absorb.ts';
import { isUndecrypted, read } from './open.ts';

/** Asks for keys that are missing, and decrypts when they are here. */
export interface Unlocking {
  /** These sessions' keys arrived: tries what could not be read without. */
  keysArrived(keys: readonly { roomId: string; sessionId: string }[]): void;
  /** Asks the key backup for what could not be read in this room; only after that it may be shown as sealed. */
  askBackup(room: Room): void;
  /** Asks it at once, and resolves when what came is decrypted and stored. Throws what the homeserver's port throws. */
  askNow(room: Room): Promise<void>;
  stop(): void;
}

/** Rooms that ask in the same moment ask together. */
const gatherMs = 20;
/** Rooms in which what was shut is opened at the same time: one waits for the database while another computes. More would only make all of them late. */
const roomsAtOnce = 3;
/** What is opened and shown in one go, the newest first: a long thread is read before all of it is open. */
const openedAtOnce = 60;
/**
 * A key that is not in the backup may be on its way there: the device that has it uploads when it is online. So the
 * backup is asked again, ever less often, and then only when the room is opened or the connection comes back.
 */
const againMs = [1_500, 5_000, 20_000, 60_000, 300_000];

export function makeUnlocking(context: Context, afterwards: (room: Room) => void): Unlocking {
  const asking = new Set<Room>();
  let cancel: (() => void) | null = null;
  let failures = 0;
  const asked = new Map<Room, number>();
  const endings = new Set<() => void>();
  /** Sessions whose keys came, in rooms whose turn has not come yet. */
  const due = new Map<Room, Set<string>>();
  let opening = 0;

  /** Later, if something is still shut by then. */
  const askAgain = (room: Room): void => {
    const times = asked.get(room) ?? 0;
    const rest = againMs[times];
    if (rest === undefined) return;
    asked.set(room, times + 1);
    const end = context.scheduler.after(rest, () => {
      endings.delete(end);
      if ((room.undecrypted?.size ?? 0) > 0) askBackup(room);
      else asked.delete(room);
    });
    endings.add(end);
  };

  const retry = async (room: Room, isWorthIt: (event: StoredEvent) => boolean = () => true): Promise<void> => {
    const tried = new Set<string>();
    const openSome = async (): Promise<boolean> => {
      const { homeserver } = context;
      const waiting = [...(await undecryptedOf(context, room)).values()].filter((event) => !tried.has(event.eventId) && isWorthIt(event));
      if (!homeserver || context.stopped || waiting.length === 0) return false;
      const opened: StoredEvent[] = [];
      for (const event of waiting.sort((a, b) => b.position - a.position).slice(0, openedAtOnce)) {
        tried.add(event.eventId);
        const decryption = await homeserver.decrypt(event.wire);
        if (decryption.ok) opened.push({ ...event, ...read(decryption) });
      }
      if (opened.length > 0) await absorb(context, room, opened, 'unlocked', {});
      return waiting.length > openedAtOnce;
    };
    while (await inRoom(room, openSome));
    afterwards(room);
  };

  /** Asks for these rooms and opens what it can; only then what stays shut may be shown as sealed. */
  const askFor = async (homeserver: Homeserver, rooms: readonly Room[]): Promise<void> => {
    const before = new Map<Room, string[]>();
    for (const room of rooms) before.set(room, [...(await inRoom(room, () => undecryptedOf(context, room))).keys()]);
    await homeserver.fetchBackedUpKeys(rooms.map((room) => room.id));
    for (const room of rooms) {
      await retry(room);
      for (const eventId of before.get(room) ?? []) room.asked.add(eventId);
      context.changed(room);
    }
  };

  const ask = async (): Promise<void> => {
    cancel = null;
    const { homeserver } = context;
    const rooms = [...asking];
    if (!homeserver || context.stopped || rooms.length === 0) return;
    asking.clear();
    try {
      await askFor(homeserver, rooms);
      failures = 0;
      for (const room of rooms) if ((room.undecrypted?.size ?? 0) > 0) askAgain(room);
    } catch {
      failures += 1;
      for (const room of rooms) asking.add(room);
      cancel ??= context.scheduler.after(backoff(failures, context.random), () => void ask());
    }
  };

  /** Those that somebody looks at go first, then those whose keys came first. */
  const openNext = (): void => {
    while (opening < roomsAtOnce) {
      const [room, sessions] = [...due].find(([{ window }]) => window !== null) ?? [...due][0] ?? [];
      if (!room) return;
      due.delete(room);
      opening += 1;
      void retry(room, (event) => sessions?.has(sessionOf(event) ?? '') === true).catch(context.report).finally(() => {
        opening -= 1;
        openNext();
      });
    }
  };

  const askBackup = (room: Room): void => {
    asking.add(room);
    cancel ??= context.scheduler.after(gatherMs, () => void ask());
  };

  return {
    keysArrived: (keys) => {
      for (const { roomId, sessionId } of keys) {
        const room = context.rooms.get(roomId);
        if (room) due.set(room, (due.get(room) ?? new Set()).add(sessionId));
      }
      openNext();
    },
    askBackup,
    askNow: async (room) => {
      const { homeserver } = context;
      if (homeserver && (await inRoom(room, () => undecryptedOf(context, room))).size > 0) await askFor(homeserver, [room]);
    },
    stop: () => {
      cancel?.();
      for (const end of endings) end();
    },
  };
}

/** What could not be read in a room, from the store at first. Call it inside the room's queue: what arrives meanwhile would be missed. */
export async function undecryptedOf(context: Context, room: Room): Promise<Map<string, StoredEvent>> {
  if (!room.undecrypted) {
    const stored = await context.store.undecrypted(room.id);
    room.undecrypted ??= new Map(stored.filter(isUndecrypted).map((event) => [event.eventId, event]));
  }
  return room.undecrypted;
}

function sessionOf(event: StoredEvent): string | null {
  return event.decryption?.ok === false ? event.decryption.sessionId : null;
}
