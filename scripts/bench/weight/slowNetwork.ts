import { connect, createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

export interface SlowNetwork {
  port: number;
  close(): void;
}

/**
 * A line of so many bits a second in each direction and so many milliseconds there and back, in front of a port on
 * loopback. It carries TCP: pages, workers and sockets alike share it, whatever the browser's own emulation reaches. A
 * connection costs one round trip before its first byte.
 */
export async function startSlowNetwork(targetPort: number, line: { bitsPerSecond: number; roundTripMs: number }): Promise<SlowNetwork> {
  const sockets = new Set<Socket>();
  const up = makeLane(line.bitsPerSecond);
  const down = makeLane(line.bitsPerSecond);
  const server = createServer({ noDelay: true }, (client) => {
    const target = connect({ port: targetPort, host: '127.0.0.1', noDelay: true });
    for (const socket of [client, target]) {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
    }
    // Whoever breaks off, breaks off with both.
    client.on('error', () => target.destroy());
    target.on('error', () => client.destroy());
    carry(client, target, up, line.roundTripMs / 2, line.roundTripMs);
    carry(target, client, down, line.roundTripMs / 2, 0);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** One direction of the line: when so many bytes have been sent, if they queue behind what is being sent already. */
function makeLane(bitsPerSecond: number): (bytes: number) => number {
  let freeAt = 0;
  return (bytes) => {
    freeAt = Math.max(freeAt, performance.now()) + (bytes * 8_000) / bitsPerSecond;
    return freeAt;
  };
}

/** What one packet carries: connections take turns on the line by it. */
const packetBytes = 1_460;
/** How much of one connection may be under way. */
const windowBytes = 256 * 1024;

function carry(from: Socket, to: Socket, lane: (bytes: number) => number, delayMs: number, handshakeMs: number): void {
  const opensAt = performance.now() + handshakeMs;
  /** In the order in which it was sent; null is the end. */
  const underWay: { arrivesAt: number; packet: Buffer | null }[] = [];
  let bytes = 0;
  let timer: NodeJS.Timeout | null = null;
  const send = (sentAt: number, packet: Buffer | null): void => {
    underWay.push({ arrivesAt: Math.max(underWay.at(-1)?.arrivesAt ?? 0, Math.max(opensAt, sentAt) + delayMs), packet });
    timer ??= setTimeout(arrive, 0);
  };
  const arrive = (): void => {
    while (underWay[0] && underWay[0].arrivesAt <= performance.now()) {
      const { packet } = underWay.shift()!;
      if (packet === null) to.end();
      else to.write(packet);
      bytes -= packet?.length ?? 0;
    }
    if (bytes < windowBytes) from.resume();
    timer = underWay[0] ? setTimeout(arrive, Math.max(0, underWay[0].arrivesAt - performance.now())) : null;
  };
  from.on('data', (data: Buffer) => {
    for (let start = 0; start < data.length; start += packetBytes) {
      const packet = data.subarray(start, start + packetBytes);
      bytes += packet.length;
      send(lane(packet.length), packet);
    }
    if (bytes >= windowBytes) from.pause();
  });
  from.on('end', () => send(performance.now(), null));
}
