import type { Subscribable } from '@baton/base';
import { toWireError } from './errors.ts';
import { diff } from './patch.ts';
import { browserEnvironment, forever, lockNames, type Channel, type Environment, type TabMessage, type WorkerMessage } from './protocol.ts';

interface Tab {
  reply: (message: WorkerMessage) => void;
  follows: Map<number, () => void>;
  /** Calls of this tab that were seen, by id, in the order in which they came. */
  calls: Map<number, Promise<WorkerMessage>>;
}

/** Finished calls that are remembered for each tab, so that one sent again is answered and not executed. */
const rememberedCalls = 200;

/**
 * Serves an object to all tabs of this origin, from the worker that runs this. Commands are its functions that return a
 * promise; subscribables, and functions that open `{ …subscribables, close() }`, are followed. `makeApi` runs when no
 * other worker serves under this name any more, and tabs wait for it: let it read the local state first.
 */
export function serve(name: string, makeApi: () => Promise<object>, environment: Environment = browserEnvironment(), direct: Channel = self as unknown as Channel): void {
  const life = crypto.randomUUID();
  const channel = environment.openChannel(name);
  const tabs = new Map<string, Tab>();
  let api: object | null = null;

  const receive = (data: unknown, reply: Tab['reply']): void => {
    const message = data as TabMessage;
    if (api === null || message.from === undefined) return;
    const tab = tabs.get(message.from) ?? arrive(message.from);
    tab.reply = reply;
    if (message.kind === 'attach') reply({ kind: 'hello', life });
    else if (message.kind === 'call') answer(tab, message, api);
    else if (message.kind === 'follow') {
      if (!tab.follows.has(message.id)) tab.follows.set(message.id, follow(tab, message, api));
    } else {
      tab.follows.get(message.id)?.();
      tab.follows.delete(message.id);
    }
  };

  const arrive = (from: string): Tab => {
    const tab: Tab = { reply: () => {}, follows: new Map(), calls: new Map() };
    tabs.set(from, tab);
    // Ours as soon as the tab is gone, however it went.
    void environment.locks.request(lockNames.tab(name, from), async () => {
      for (const stop of tab.follows.values()) stop();
      tabs.delete(from);
    });
    return tab;
  };

  channel.addEventListener('message', ({ data }) => receive(data, (message) => channel.postMessage(message)));
  direct.addEventListener('message', ({ data }) => receive(data, (message) => direct.postMessage(message)));
  const announce = (message: WorkerMessage): void => {
    direct.postMessage(message);
    channel.postMessage(message);
  };
  void environment.locks.request(lockNames.life(name, life), forever);
  void environment.locks.request(lockNames.serving(name), async () => {
    try {
      api = await makeApi();
      announce({ kind: 'hello', life });
    } catch (error) {
      announce({ kind: 'failed', error: toWireError(error) });
    }
    await forever();
  });
}

function answer(tab: Tab, call: TabMessage & { kind: 'call' }, api: object): void {
  let outcome = tab.calls.get(call.id);
  if (outcome === undefined) {
    outcome = execute(api, call);
    tab.calls.set(call.id, outcome);
    if (tab.calls.size > rememberedCalls) tab.calls.delete(tab.calls.keys().next().value ?? -1);
  }
  void outcome.then((message) => {
    try {
      tab.reply(message);
    } catch (error) {
      tab.reply({ kind: 'error', to: call.from, id: call.id, error: toWireError(error) });
    }
  });
}

async function execute(api: object, call: TabMessage & { kind: 'call' }): Promise<WorkerMessage> {
  try {
    return { kind: 'result', to: call.from, id: call.id, value: await invoke(api, call.path, call.args) };
  } catch (error) {
    return { kind: 'error', to: call.from, id: call.id, error: toWireError(error) };
  }
}

/** Follows what the message names; returns what ends it. Values that change several times in one task cross once. */
function follow(tab: Tab, { from, id, path, args, parts }: TabMessage & { kind: 'follow' }, api: object): () => void {
  const opened = (args === null ? { '': at(api, path) } : invoke(api, path, args)) as Record<string, unknown> & { close?: () => void };
  const stops = parts.map((part) => {
    const source = opened[part] as Subscribable<unknown>;
    let sent: unknown;
    let due = false;
    const send = (): void => {
      due = false;
      const value = source.current();
      const patch = sent === undefined ? { value } : diff(sent, value);
      sent = value;
      if (patch !== null && value !== undefined) tab.reply({ kind: 'patch', to: from, id, part, patch });
    };
    send();
    return source.subscribe(() => {
      if (due) return;
      due = true;
      queueMicrotask(send);
    });
  });
  return () => {
    for (const stop of stops) stop();
    opened.close?.();
  };
}

function at(api: object, path: string[]): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], api);
}

function invoke(api: object, path: string[], args: unknown[]): unknown {
  const owner = at(api, path.slice(0, -1)) as Record<string, (...args: unknown[]) => unknown>;
  const name = path.at(-1) ?? '';
  if (typeof owner[name] !== 'function') throw new TypeError(`Nothing to call at ${path.join('.')}`);
  return owner[name](...args);
}
