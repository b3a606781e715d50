import type { SpawnedWorker } from '../connect.ts';
import type { Channel, Environment } from '../protocol.ts';

type Listener = (event: { data: unknown }) => void;

/** One origin of a browser: pages and workers that can die, locks that are freed when they do, messages that are copied and take a task. */
export function makeFakeBrowser() {
  const channels = new Set<{ owner: Agent; name: string; listeners: Set<Listener> }>();
  const held = new Map<string, { owner: Agent; next: (() => void)[] }>();
  let delivered = 0;

  /** A page or a worker. */
  class Agent {
    alive = true;
    readonly children: Agent[] = [];
    kill(): void {
      this.alive = false;
      for (const child of this.children) child.kill();
      for (const [name, lock] of held) if (lock.owner === this) free(name);
    }
    readonly environment: Environment = {
      locks: {
        request: (name, callback) =>
          new Promise((resolve) => {
            const take = (): void => {
              if (!this.alive) return free(name, true);
              held.set(name, { owner: this, next: held.get(name)?.next ?? [] });
              void callback().then((value) => {
                if (held.get(name)?.owner === this) free(name);
                resolve(value);
              });
            };
            const lock = held.get(name);
            if (lock === undefined) take();
            else lock.next.push(take);
          }),
      },
      openChannel: (name) => {
        const end = { owner: this as Agent, name, listeners: new Set<Listener>() };
        channels.add(end);
        return {
          postMessage: (message) => {
            for (const other of channels) if (other !== end && other.name === name) post(this, other.owner, message, other.listeners);
          },
          addEventListener: (_type, listener) => void end.listeners.add(listener),
          close: () => void channels.delete(end),
        };
      },
    };
  }

  const free = (name: string, skip = false): void => {
    const lock = held.get(name);
    const next = lock?.next.shift();
    if (!skip) held.delete(name);
    if (next !== undefined) {
      held.set(name, { owner: new Agent(), next: lock?.next ?? [] });
      queueMicrotask(next);
    } else held.delete(name);
  };

  const post = (from: Agent, to: Agent, message: unknown, listeners: Set<Listener>): void => {
    const data: unknown = structuredClone(message);
    setTimeout(() => {
      if (!to.alive || !from.alive) return;
      delivered++;
      for (const listener of listeners) listener({ data });
    });
  };

  return {
    /** Opens a page. */
    openTab: () => new Agent(),
    /** Starts a worker of this page, in which `run` has the worker's own end. */
    spawn(page: Agent, run: (environment: Environment, direct: Channel, worker: Agent) => void): SpawnedWorker {
      const worker = new Agent();
      page.children.push(worker);
      const [inside, outside] = [new Set<Listener>(), new Set<Listener>()];
      setTimeout(() => {
        if (worker.alive) run(worker.environment, { postMessage: (message) => post(worker, page, message, outside), addEventListener: (_type, listener) => void inside.add(listener) }, worker);
      });
      return {
        postMessage: (message) => post(page, worker, message, inside),
        addEventListener: (_type: string, listener: Listener) => void (_type === 'message' && outside.add(listener)),
        terminate: () => worker.kill(),
      };
    },
    delivered: () => delivered,
  };
}

export type FakeAgent = ReturnType<ReturnType<typeof makeFakeBrowser>['openTab']>;
