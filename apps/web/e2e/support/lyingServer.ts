import { Agent, createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Baton's server as somebody sees it for whom it changes the API's answers. */
export interface LyingServer {
  origin: string;
  close(): Promise<void>;
}

/** What is told instead of the truth. Left out: the truth. */
export interface Lies {
  /** Of the data of each answer of the API. */
  data?(data: Record<string, unknown>): unknown;
  /** Of the events of a room that an answer of the homeserver holds, in the order in which it does. */
  events?(events: RoomEvent[]): RoomEvent[];
}

export interface RoomEvent {
  event_id: string;
  type: string;
}

interface Synced {
  rooms?: { join?: Record<string, { timeline?: { events: RoomEvent[] } }> };
}

/** Starts one on loopback before the real one. */
export async function startLyingServer(target: string, lies: Lies): Promise<LyingServer> {
  const agent = new Agent({ keepAlive: true });
  const pass = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    const { method, url = '/', headers } = incoming;
    const lie = lieOf(lies, url);
    const asked = { ...headers, host: new URL(target).host, ...(headers.origin ? { origin: target } : {}), ...(lie ? { 'accept-encoding': 'identity' } : {}) };
    const upstream = request(new URL(url, target), { method, headers: asked, agent }, (answer) => {
      if (!lie || answer.statusCode !== 200) {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
        return;
      }
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part)).on('end', () => {
        const text = JSON.stringify(lie(JSON.parse(Buffer.concat(parts).toString())));
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

/** What becomes of an answer to this request; null where it is passed on as it is. */
function lieOf({ data, events }: Lies, url: string): ((answer: unknown) => unknown) | null {
  if (data && url === '/graphql') {
    return (answer) => {
      const told = answer as { data?: Record<string, unknown> | null };
      return told.data ? { ...told, data: data(told.data) } : told;
    };
  }
  if (events && /^\/_matrix\/client\/v3\/sync\b/.test(url)) {
    return (answer) => {
      for (const { timeline } of Object.values((answer as Synced).rooms?.join ?? {})) if (timeline) timeline.events = events(timeline.events);
      return answer;
    };
  }
  if (events && /^\/_matrix\/client\/v3\/rooms\/[^/]+\/messages\b/.test(url)) return (answer) => ({ ...(answer as object), chunk: events((answer as { chunk: RoomEvent[] }).chunk) });
  return null;
}
