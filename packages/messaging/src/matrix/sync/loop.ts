import { makeSubject, type Subject } from '@baton/base';
import type { ConnectionState } from '../../ports.ts';
import type { Transport } from '../http/transport.ts';
import { syncFilter } from './filter.ts';
import type { SyncResponse } from './response.ts';

export interface SyncLoop {
  readonly connection: Subject<ConnectionState>;
  /** Resolves with the first answer's processing, or at once when there is a token from an earlier day. */
  readonly firstSync: Promise<void>;
  start(): void;
  /** The device is no more: stops for good. */
  end(): void;
  stop(): void;
}

export interface SyncLoopPorts {
  transport: Transport;
  since(): string | null;
  /** Handles an answer to its end: what it brought is stored, and so is its token. */
  process(response: SyncResponse): Promise<void>;
}

const pollMs = 30_000;
const slackMs = 15_000;
const firstDelayMs = 500;
const longestDelayMs = 30_000;
/** What came is shown within this time: the next poll must not take the processor from that, here or at the homeserver. */
const showingMs = 10;

/**
 * The long poll. When what an answer brought is shown, and while it is still being stored, the next poll is under way
 * already, but after device messages: the homeserver keeps events as long as we like, but deletes a device message as soon as we ask for what follows it.
 * A failed answer (a full disk, say) is asked for again from the stored token.
 */
export function makeSyncLoop(ports: SyncLoopPorts): SyncLoop {
  const connection = makeSubject<ConnectionState>('starting');
  const first = Promise.withResolvers<void>();
  first.promise.catch(() => {});
  if (ports.since() !== null) first.resolve();
  let stopped = false;
  let polling = new AbortController();
  let wake: () => void = () => {};

  const poll = (since: string | null): Promise<SyncResponse> => {
    polling = new AbortController();
    // The first answer after a pause comes at once, so that `online` is known without waiting for news.
    const timeout = connection.current() === 'online' ? pollMs : 0;
    return ports.transport.request<SyncResponse>('GET', '/sync', {
      query: { filter: syncFilter(since === null), timeout: String(timeout), set_presence: 'offline', ...(since === null ? {} : { since }) },
      signal: polling.signal,
      timeoutMs: since === null ? 120_000 : timeout + slackMs,
    });
  };

  const run = async (): Promise<void> => {
    let failures = 0;
    while (!stopped) {
      try {
        let answer = poll(ports.since());
        while (!stopped) {
          const response = await answer;
          connection.set('online');
          failures = 0;
          const hasDeviceMessages = (response.to_device?.events?.length ?? 0) > 0;
          const processed = ports.process(response);
          processed.catch(() => {});
          await (hasDeviceMessages ? processed : Promise.race([processed, new Promise((resolve) => setTimeout(resolve, showingMs))]));
          if (stopped) break;
          answer = poll(response.next_batch);
          answer.catch(() => {});
          try {
            await processed;
          } catch (error) {
            polling.abort();
            throw error;
          }
          first.resolve();
        }
      } catch {
        if (stopped) return;
        connection.set('offline');
        await pause(failures++);
      }
    }
  };

  const pause = (failures: number): Promise<void> =>
    new Promise((resolve) => {
      const most = Math.min(longestDelayMs, firstDelayMs * 2 ** failures);
      const timer = setTimeout(resolve, most / 2 + (Math.random() * most) / 2);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const online = (): void => wake();
  const offline = (): void => {
    if (connection.current() === 'online') polling.abort();
  };
  const halt = (): void => {
    stopped = true;
    polling.abort();
    wake();
    globalThis.removeEventListener?.('online', online);
    globalThis.removeEventListener?.('offline', offline);
    first.reject(new Error('stopped'));
  };

  return {
    connection,
    firstSync: first.promise,
    start() {
      globalThis.addEventListener?.('online', online);
      globalThis.addEventListener?.('offline', offline);
      void run();
    },
    end() {
      connection.set('ended');
      halt();
    },
    stop: halt,
  };
}
