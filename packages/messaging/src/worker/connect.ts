import { BatonError } from '@baton/base';
import { fromWireError } from './errors.ts';
import type { Patch } from './patch.ts';
import { browserEnvironment, lockNames, type Channel, type Environment, type TabMessage, type WorkerMessage } from './protocol.ts';

/** A tab's line to the one worker of its origin. */
export interface Link {
  call(path: string[], args: unknown[]): Promise<unknown>;
  /** Follows until the returned function is called. After a change of worker `onPatch` starts again with a whole value. */
  follow(path: string[], args: unknown[] | null, parts: string[], onPatch: (part: string, patch: Patch) => void): () => void;
  close(): void;
}

/** What `spawn` makes: a Worker, or a test's. */
export interface SpawnedWorker extends Channel {
  terminate(): void;
}

const longestRestMs = 10_000;

/**
 * Connects this tab. The first tab of an origin spawns the worker and talks to it directly, the others reach it over a
 * BroadcastChannel. When the first is closed or crashes the next takes over: its calls and the others' that were not
 * answered are sent again, and what they follow goes on.
 */
export function connect(name: string, spawn: () => SpawnedWorker, environment: Environment = browserEnvironment()): Link {
  const from = crypto.randomUUID();
  const channel = environment.openChannel(name);
  const calls = new Map<number, { message: TabMessage; resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  const follows = new Map<number, { message: TabMessage; onPatch: (part: string, patch: Patch) => void }>();
  const released = Promise.withResolvers<void>();
  let nextId = 0;
  let life: string | null = null;
  let worker: SpawnedWorker | null = null;
  let failure: Error | null = null;
  let closed = false;
  /** Before it holds its lock a tab must not be heard of: the worker would take it for dead. */
  let attached = false;

  const send = (message: TabMessage): void => (worker ?? channel).postMessage(message);

  const receive = ({ data }: { data: unknown }): void => {
    const message = data as WorkerMessage;
    if (message.kind === 'hello') return greet(message.life);
    if (message.kind === 'failed') return fail(fromWireError(message.error));
    if (!('to' in message) || message.to !== from) return;
    if (message.kind === 'patch') follows.get(message.id)?.onPatch(message.part, message.patch);
    else {
      const call = calls.get(message.id);
      calls.delete(message.id);
      if (message.kind === 'result') call?.resolve(message.value);
      else call?.reject(fromWireError(message.error));
    }
  };

  const greet = (of: string): void => {
    if (!attached || of === life) return;
    life = of;
    failure = null;
    if (worker !== null) void watch(worker, of);
    for (const { message } of follows.values()) send(message);
    for (const { message } of calls.values()) send(message);
  };

  const fail = (error: Error): void => {
    failure = error;
    for (const call of calls.values()) call.reject(error);
    calls.clear();
  };

  const lead = (restMs = 250): void => {
    const spawned = spawn();
    worker = spawned;
    spawned.addEventListener('message', receive);
    // The script could not be loaded or threw while it was.
    (spawned as unknown as EventTarget).addEventListener('error', () => {
      if (worker !== spawned || life !== null) return;
      spawned.terminate();
      setTimeout(() => closed || lead(Math.min(longestRestMs, restMs * 2)), restMs);
    });
  };

  /** Spawns another when this one dies under a living tab. */
  const watch = async (watched: SpawnedWorker, of: string): Promise<void> => {
    await environment.locks.request(lockNames.life(name, of), async () => {});
    if (closed || worker !== watched) return;
    life = null;
    lead();
  };

  channel.addEventListener('message', receive);
  void environment.locks.request(lockNames.tab(name, from), async () => {
    attached = true;
    send({ kind: 'attach', from });
    void environment.locks.request(lockNames.leader(name), async () => {
      if (closed) return;
      life = null;
      lead();
      await released.promise;
    });
    await released.promise;
  });

  return {
    call(path, args) {
      if (failure !== null) return Promise.reject(failure);
      return new Promise((resolve, reject) => {
        const message: TabMessage = { kind: 'call', from, id: nextId++, path, args };
        calls.set(message.id, { message, resolve, reject });
        if (life !== null) send(message);
      });
    },
    follow(path, args, parts, onPatch) {
      const message: TabMessage = { kind: 'follow', from, id: nextId++, path, args, parts };
      follows.set(message.id, { message, onPatch });
      if (life !== null) send(message);
      return () => {
        follows.delete(message.id);
        if (life !== null) send({ kind: 'unfollow', from, id: message.id });
      };
    },
    close() {
      closed = true;
      fail(new BatonError('CLOSED'));
      worker?.terminate();
      channel.close?.();
      released.resolve();
    },
  };
}

