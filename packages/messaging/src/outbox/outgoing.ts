import type { OutboxWire } from '../ports.ts';
import type { Room } from '../rooms/room.ts';

/** What the outbox keeps beside the rows, for as long as the page lives. */
export interface DispatchState {
  /** Resolves when the row is stored as queued; absent once it is. */
  stored: Map<string, Promise<void>>;
  /** Rows that may have reached the server already, in this life of the page or an earlier one. */
  maybeSent: Set<string>;
  /** Sessions whose keys are known to be deposited. */
  deposited: Set<string>;
}

/** Our counter moves on with a message that the server has. */
export function noteOutgoing(room: Room, { device, n, hash }: Pick<OutboxWire, 'device' | 'n' | 'hash'>): void {
  const { outgoing } = room.record;
  if (outgoing?.device === device && outgoing.n >= n) return;
  room.record = { ...room.record, outgoing: { device, n, hash } };
}
