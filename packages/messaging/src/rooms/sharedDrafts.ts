import type { Context } from '../context.ts';
import type { Room } from './room.ts';
import { openForRoom, sealForRoom } from './sealedData.ts';

/** Room account data with what is written and not sent. */
export const draftType = 'com.baton.draft';

const debounceMs = 1500;

/** Unsent text on the person's other devices, a moment later than here. */
export interface SharedDrafts {
  /** A draft was changed here. */
  changed(room: Room): void;
  /** Takes what another device saved, unless something newer was typed here. Runs inside the room's queue. */
  take(room: Room, content: Record<string, unknown>): Promise<void>;
  /** Tells the other devices what they could not be told. */
  tellAll(): void;
  stop(): void;
}

export function makeSharedDrafts(context: Context): SharedDrafts {
  const timers = new Map<Room, () => void>();

  const tell = async (room: Room): Promise<void> => {
    const { draft, draftTold } = room.record;
    if (!context.homeserver || context.stopped || draftTold || room.record.membership !== 'join') return;
    const content = await sealForRoom(context.accountDataSealer, room.id, { draft });
    await context.homeserver.setRoomAccountData(room.id, draftType, content);
    if (room.record.draft !== draft) return;
    room.record = { ...room.record, draftTold: true };
    await context.store.write({ rooms: [room.record] });
  };

  /** A failure is made good when the connection comes back. */
  const plan = (room: Room, delayMs: number): void => {
    timers.get(room)?.();
    timers.set(room, context.scheduler.after(delayMs, () => {
      timers.delete(room);
      tell(room).catch(() => undefined);
    }));
  };

  return {
    changed: (room) => plan(room, debounceMs),
    take: async (room, content) => {
      const opened = await openForRoom<{ draft: string }>(context.accountDataSealer, room.id, content);
      if (typeof opened?.draft !== 'string' || !room.record.draftTold || opened.draft === room.record.draft) return;
      room.record = { ...room.record, draft: opened.draft };
      context.changed(room);
      await context.store.write({ rooms: [room.record] });
    },
    tellAll: () => {
      for (const room of context.rooms.values()) if (!room.record.draftTold) plan(room, 0);
    },
    stop: () => {
      for (const cancel of timers.values()) cancel();
    },
  };
}
