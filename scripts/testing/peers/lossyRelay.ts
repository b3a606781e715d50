import { createSocket, type Socket } from 'node:dgram';

/** What a relay does to packets, the same in both directions. */
export interface Conditions {
  /** Share that is lost, 0 to 1, each packet by its own luck. */
  loss: number;
  /** How long each is on its way, in milliseconds: half of the round trip. */
  delayMs: number;
}

/** The two ends of a relay. */
export type Side = 'a' | 'b';

/** Passes UDP packets between two programs of this machine, and loses and delays them as it is told. */
export interface LossyRelay {
  /** Where the other side reaches this one, which itself listens at `port` of 127.0.0.1. */
  reach(side: Side, port: number): number;
  set(conditions: Conditions): void;
  close(): void;
}

export async function startLossyRelay(): Promise<LossyRelay> {
  let conditions: Conditions = { loss: 0, delayMs: 0 };
  /** The socket that stands for each side towards the other, and where that side itself listens. */
  const sockets: Record<Side, Socket> = { a: await bound(), b: await bound() };
  const ports: Partial<Record<Side, number>> = {};
  let closed = false;

  // What comes in at the socket that stands for one side is meant for it, and was sent by the other.
  for (const [to, from] of [['a', 'b'], ['b', 'a']] as const) {
    sockets[to].on('message', (packet) => {
      if (Math.random() < conditions.loss) return;
      const pass = (): void => {
        const port = ports[to];
        if (!closed && port !== undefined) sockets[from].send(packet, port, '127.0.0.1');
      };
      if (conditions.delayMs > 0) setTimeout(pass, conditions.delayMs);
      else pass();
    });
  }

  return {
    reach(side, port) {
      ports[side] = port;
      return sockets[side].address().port;
    },
    set(next) {
      conditions = next;
    },
    close() {
      closed = true;
      for (const socket of Object.values(sockets)) socket.close();
    },
  };
}

function bound(): Promise<Socket> {
  const socket = createSocket('udp4');
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.bind(0, '127.0.0.1', () => resolve(socket));
  });
}
