import type { Gossip, Homeserver, KeyDepositor, MessageStore, Scheduler, Sealer } from './ports.ts';
import type { Room } from './rooms/room.ts';

/** What every part of a session works with. Made once, by `makeSession`. */
export interface Context {
  readonly store: MessageStore;
  readonly depositor: KeyDepositor;
  readonly gossip: Gossip;
  readonly accountDataSealer: Sealer;
  readonly scheduler: Scheduler;
  readonly random: () => number;
  /** A hash of a text, in a form that fits JSON. */
  readonly digest: (text: string) => Promise<string>;
  /** The side somebody stands on in a conversation; '' for who does not count, such as the service account. */
  readonly sideOf: (userId: string) => string;
  /** Whether somebody of another side is to come into this room, if nobody has yet. */
  readonly awaitsOtherSide: (roomId: string) => boolean;
  /** Takes what nobody asked for but somebody should hear of. Never contains what people wrote. */
  readonly report: (problem: unknown) => void;
  readonly rooms: Map<string, Room>;
  /** Null until there is one: everything that is already here can be read and written before. */
  homeserver: Homeserver | null;
  userId: string;
  /** Who hears how far we have read; `unknown` until a new device has asked what the person wants. */
  reading: 'shared' | 'private' | 'unknown';
  stopped: boolean;
  /** The room of this id, through its placeholder's name too. Made when it is new. */
  room(roomId: string): Room;
  /** Views of this room must be told, at the end of this turn. */
  changed(room: Room): void;
}
