import type { ReceivedEvent, SignalChannel } from '../call/ports.ts';

/** An event of the room on its way to one device. */
export interface Delivery {
  to: string;
  event: ReceivedEvent;
}

export interface TestRoom {
  readonly roomId: string;
  /** The channel of one of a person's devices. */
  channel(device: string, userId: string): SignalChannel;
  /** Ends a device's channel, as closing its page does. */
  disconnect(device: string): void;
  /** What is on its way; whoever takes something out has to deliver it, or to lose it. */
  readonly underway: Delivery[];
  deliver(delivery: Delivery): void;
  /** Puts something into the room in the name of somebody. */
  inject(event: Omit<ReceivedEvent, 'roomId'>): void;
  /** Somebody leaves the room. */
  leave(userId: string): void;
  /** Everything that was sent, in order. */
  readonly sent: readonly { sender: string; device: string; type: string; content: Record<string, unknown> }[];
  readonly texts: readonly { sender: string; text: string }[];
}

/** A thread in memory. Its events wait in `underway`, until the test delivers them, in whatever order, twice or never. */
export function makeTestRoom(): TestRoom {
  const roomId = '!thread:test';
  const devices = new Map<string, { userId: string; received: Set<(event: ReceivedEvent) => void>; left: Set<(roomId: string, userId: string) => void> }>();
  const underway: Delivery[] = [];
  const sent: { sender: string; device: string; type: string; content: Record<string, unknown> }[] = [];
  const texts: { sender: string; text: string }[] = [];
  const gone = new Set<string>();
  const post = (event: ReceivedEvent): void => {
    for (const to of devices.keys()) underway.push({ to, event });
  };
  return {
    roomId,
    underway,
    sent,
    texts,
    channel: (device, userId) => {
      const here = { userId, received: new Set<(event: ReceivedEvent) => void>(), left: new Set<(roomId: string, userId: string) => void>() };
      devices.set(device, here);
      return {
        send: async (to, type, content) => {
          if (to !== roomId) throw new Error(`no room ${to}`);
          sent.push({ sender: userId, device, type, content });
          post({ roomId, sender: userId, certified: true, joined: !gone.has(userId), type, content: structuredClone(content), ageMs: null });
        },
        write: async (_, text) => void texts.push({ sender: userId, text }),
        onReceived: (handler) => {
          here.received.add(handler);
          return () => here.received.delete(handler);
        },
        onLeft: (handler) => {
          here.left.add(handler);
          return () => here.left.delete(handler);
        },
      };
    },
    disconnect: (device) => void devices.delete(device),
    deliver: ({ to, event }) => {
      for (const handler of devices.get(to)?.received ?? []) handler({ ...event, joined: event.joined && !gone.has(event.sender) });
    },
    inject: (event) => post({ roomId, ...event }),
    leave: (userId) => {
      gone.add(userId);
      for (const { left } of devices.values()) for (const handler of left) handler(roomId, userId);
    },
  };
}
