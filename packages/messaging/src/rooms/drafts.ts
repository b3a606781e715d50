import type { Context } from '../context.ts';
import type { Room } from './room.ts';

/** Unsent text, kept here at once. */
export interface Drafts {
  save(room: Room, text: string): Promise<void>;
  /** From now on `tell` hears of every draft that changes here. */
  attach(tell: (room: Room) => void): void;
}

export function makeDrafts(context: Context): Drafts {
  let tell = (_room: Room): void => {};
  return {
    save: async (room, text) => {
      if (room.record.draft === text) return;
      room.record = { ...room.record, draft: text, draftTold: false };
      context.changed(room);
      tell(room);
      await context.store.write({ rooms: [room.record] });
    },
    attach: (teller) => {
      tell = teller;
    },
  };
}
