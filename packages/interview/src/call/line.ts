import type { Event } from './machine/state.ts';
import type { MakeTransport, Transport, TransportEvents } from './transport.ts';

/** A transport with its jobs in order. What a closed one still says is not heard. */
export interface Line {
  readonly connection: number;
  /** Runs a job when those before it are done. One that fails is a way that failed. */
  run(job: (transport: Transport) => Promise<Event | void>): void;
  tell(text: string): boolean;
  close(): void;
}

export interface LineOptions {
  connection: number;
  relayOnly: boolean;
  makeTransport: MakeTransport;
  iceServers(): Promise<readonly RTCIceServer[]>;
  happen(event: Event): void;
  told(text: string): void;
  tracks: TransportEvents['tracks'];
  quality: TransportEvents['quality'];
  report(what: string, error?: unknown): void;
}

/** Opens a transport as soon as it is known which relays there are. */
export function openLine({ connection, relayOnly, makeTransport, iceServers, happen, report, ...hears }: LineOptions): Line {
  let alive = true;
  let transport: Transport | null = null;
  const whileAlive = <Parameters extends unknown[]>(listener: (...parameters: Parameters) => void) => (...parameters: Parameters): void => {
    if (alive) listener(...parameters);
  };
  const say = whileAlive(happen);
  const events: TransportEvents = {
    candidates: (candidates) => say({ happened: 'found', connection, candidates }),
    path: (path) => say({ happened: 'path', connection, path }),
    told: whileAlive(hears.told),
    tracks: whileAlive(hears.tracks),
    quality: whileAlive(hears.quality),
  };
  let jobs: Promise<void> = iceServers()
    .catch((error: unknown): readonly RTCIceServer[] => {
      report('no relay is known', error);
      return [];
    })
    .then((servers) => {
      if (alive) transport = makeTransport({ iceServers: servers, relayOnly }, events);
    })
    .catch((error: unknown) => failed(error));
  const failed = (error: unknown): void => {
    if (!alive) return;
    report('the connection refused', error);
    say({ happened: 'path', connection, path: 'failed' });
  };
  return {
    connection,
    run: (job) => {
      jobs = jobs
        .then(async () => {
          const event = alive && transport !== null ? await job(transport) : undefined;
          if (event !== undefined) say(event);
        })
        .catch(failed);
    },
    tell: (text) => alive && transport !== null && transport.tell(text),
    close: () => {
      alive = false;
      transport?.close();
    },
  };
}
