import type { Context } from '../context.ts';
import type { Room } from './room.ts';

/** Tells the others in a room that one writes, or has stopped. */
export interface TypingNotices {
  /** Resolves when it is told or, for `false`, noted. Nobody minds when it fails. */
  tell(room: Room, typing: boolean): Promise<void>;
  stop(): void;
}

/**
 * One stops writing by sending. Said at that moment, it would wake both sides' long polls just before the message, which
 * then waits for them: it is said when the message is through.
 */
const restMs = 500;

export function makeTypingNotices(context: Context): TypingNotices {
  const resting = new Map<Room, () => void>();

  const say = async (room: Room, typing: boolean): Promise<void> => {
    resting.get(room)?.();
    resting.delete(room);
    if (context.stopped || room.record.membership !== 'join') return;
    await context.homeserver?.sendTyping(room.id, typing).catch(() => undefined);
  };

  return {
    tell: async (room, typing) => {
      if (typing) {
        // The server tells the others of changes only, and they took the message for the end of the writing.
        if (resting.has(room)) await say(room, false);
        await say(room, true);
      } else if (!resting.has(room)) {
        resting.set(room, context.scheduler.after(restMs, () => void say(room, false)));
      }
    },
    stop: () => {
      for (const cancel of resting.values()) cancel();
    },
  };
}
