import type { Context } from '../context.ts';
import type { Proof, StoredEvent } from '../ports.ts';
import { inRoom, type Room } from '../rooms/room.ts';
import { absorb } from './absorb.ts';
import { read } from './open.ts';

/** Who wrote may come to be known after a message was opened: from another device of this person, from the vault, or with a certificate. */
export interface Proofs {
  /** Judges again what a room's open window shows as unproven. Resolves when the outcome is stored. */
  judge(room: Room): Promise<void>;
  /** The same in all open windows, for those whom it is about. The others are judged when they are opened. */
  came(proof: Proof): void;
}

export function makeProofs(context: Context): Proofs {
  const judge = async (room: Room, isMeant: (event: StoredEvent) => boolean = () => true): Promise<void> => {
    await room.window?.reading;
    // Inside the room's queue: what is being opened just now may have been judged by what was known before.
    await inRoom(room, async () => {
      const proven = await provenByNow(context, (room.window?.events ?? []).filter(isMeant));
      if (proven.length > 0) await absorb(context, room, proven, 'unlocked', {});
    });
  };
  return {
    judge,
    came: ({ sender, session }) => {
      for (const room of context.rooms.values()) {
        if (room.window === null || (session && session.roomId !== room.id)) continue;
        const isMeant = ({ wire, decryption }: StoredEvent): boolean =>
          wire.sender === sender && (session === undefined || (decryption?.ok === true && decryption.sessionId === session.sessionId));
        judge(room, isMeant).catch(context.report);
      }
    },
  };
}

/** Those of these events that were opened without proof of who wrote them, and have one now. */
export async function provenByNow({ homeserver }: Context, events: readonly StoredEvent[]): Promise<StoredEvent[]> {
  const proven: StoredEvent[] = [];
  for (const event of events) {
    if (!homeserver || event.hidden || event.decryption?.ok !== true || event.decryption.authenticity !== 'unverified') continue;
    const decryption = await homeserver.decrypt(event.wire);
    if (decryption.ok && decryption.authenticity === 'certified') proven.push({ ...event, ...read(decryption) });
  }
  return proven;
}
