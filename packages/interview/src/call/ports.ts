/*
 * What a call needs of the world, beside a transport.
 */

/** An event of a thread that may be a signal. Each is given once, as it is new; after a reload also the invitations that are still open. */
export interface ReceivedEvent {
  roomId: string;
  sender: string;
  /** A certified device of the sender encrypted it. */
  certified: boolean;
  /** The sender is in the room now. */
  joined: boolean;
  type: string;
  content: unknown;
  /** `unsigned.age`, in ms, where the server says it. */
  ageMs: number | null;
}

/** Carries signals as encrypted events of a thread, to every certified device in it. */
export interface SignalChannel {
  send(roomId: string, type: string, content: Record<string, unknown>): Promise<void>;
  /** An ordinary message into the thread. */
  write(roomId: string, text: string): Promise<void>;
  onReceived(handler: (event: ReceivedEvent) => void): () => void;
  onLeft(handler: (roomId: string, userId: string) => void): () => void;
}

/** A clock that nobody sets, and its timers, in ms. */
export interface SteadyClock {
  now(): number;
  after(delayMs: number, task: () => void): () => void;
}

/** What outlives a reload of this page, and no other page can read. */
export interface Keeper {
  read(): string | null;
  write(text: string | null): void;
}
