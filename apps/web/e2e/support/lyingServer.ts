import { Agent, createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Baton's server as somebody sees it for whom it changes the API's answers. */
export interface LyingServer {
  origin: string;
  close(): Promise<void>;
}

/** Starts one on loopback before the real one. `alter` gets the data of each answer of the API, and gives what is told instead. */
export async function startLyingServer(target: string, alter: (data: Record<string, unknown>) => unknown): Promise<LyingServer> {
  const agent = new Agent({ keepAlive: true });
  const pass = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    const { method, url = '/', headers } = incoming;
    const isApi = url === '/graphql';
    const asked = { ...headers, host: new URL(target).host, ...(headers.origin ? { origin: target } : {}), ...(isApi ? { 'accept-encoding': 'identity' } : {}) };
    const upstream = request(new URL(url, target), { method, headers: asked, agent }, (answer) => {
      if (!isApi) {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
        return;
      }
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part)).on('end', () => {
        const told = JSON.parse(Buffer.concat(parts).toString()) as { data?: Record<string, unknown> | null };
        const text = JSON.stringify(told.data ? { ...told, data: alter(told.data) } : told);
        const { 'content-length': _, 'transfer-encoding': __, ...rest } = answer.headers;
        outgoing.writeHead(answer.statusCode ?? 502, rest).end(text);
      });
    });
    upstream.on('error', () => incoming.socket.destroy());
    outgoing.on('close', () => upstream.destroy());
    incoming.pipe(upstream);
  };
  const server = createServer(pass);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      agent.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
