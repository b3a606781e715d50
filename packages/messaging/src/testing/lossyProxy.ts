import { Agent, createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A proxy before a homeserver that loses answers, as a bad network does: the homeserver has done what it was asked. */
export interface LossyProxy {
  url: string;
  /** Answers that were lost so far. */
  lost(): number;
  close(): Promise<void>;
}

/** Starts one on loopback. `loses` says, for each request, whether its answer gets lost. */
export async function startLossyProxy(target: string, loses: (method: string, path: string) => boolean): Promise<LossyProxy> {
  const agent = new Agent({ keepAlive: true });
  let count = 0;

  const pass = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    const { method = 'GET', url = '/', headers } = incoming;
    const upstream = request(new URL(url, target), { method, headers: { ...headers, host: new URL(target).host }, agent }, (answer) => {
      if (loses(method, url)) {
        count += 1;
        // Read to its end first: only then it is certain that the homeserver had finished.
        answer.resume().on('end', () => incoming.socket.destroy());
        return;
      }
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    upstream.on('error', () => incoming.socket.destroy());
    outgoing.on('close', () => upstream.destroy());
    incoming.pipe(upstream);
  };

  const server = createServer(pass);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    lost: () => count,
    close: async () => {
      agent.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
