import type { Patch } from './patch.ts';

/** From a tab to the worker. `from` names the tab, for as long as its page lives. */
export type TabMessage =
  | { kind: 'attach'; from: string }
  | { kind: 'call'; from: string; id: number; path: string[]; args: unknown[] }
  /** Follows the subscribable at `path`; with `args`, the subscribables `parts` of what the function there opens. */
  | { kind: 'follow'; from: string; id: number; path: string[]; args: unknown[] | null; parts: string[] }
  | { kind: 'unfollow'; from: string; id: number };

/** From the worker to a tab, or to all of them. `life` names one run of the worker. */
export type WorkerMessage =
  | { kind: 'hello'; life: string }
  | { kind: 'failed'; error: WireError }
  | { kind: 'result'; to: string; id: number; value: unknown }
  | { kind: 'error'; to: string; id: number; error: WireError }
  | { kind: 'patch'; to: string; id: number; part: string; patch: Patch };

/** An error on its way between the worlds. */
export interface WireError {
  name: string;
  message: string;
  code?: string;
  details?: Readonly<Record<string, string | number>>;
}

/** The browser's Web Locks and BroadcastChannel, or a test's. */
export interface Environment {
  locks: { request(name: string, held: () => Promise<unknown>): Promise<unknown> };
  openChannel(name: string): Channel;
}

/** Either direction of postMessage. */
export interface Channel {
  postMessage(message: unknown): void;
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void;
  close?(): void;
}

export const browserEnvironment = (): Environment => ({
  locks: navigator.locks as unknown as Environment['locks'],
  openChannel: (name) => new BroadcastChannel(name) as unknown as Channel,
});

/** Names of the locks, so that both sides mean the same. */
export const lockNames = {
  /** Held by the tab whose worker serves. */
  leader: (name: string): string => `${name}:leader`,
  /** Held by the worker that serves: a dying one may outlive its tab by a moment. */
  serving: (name: string): string => `${name}:serving`,
  /** Held by a worker for its life, so that its tab sees it die. */
  life: (name: string, life: string): string => `${name}:life:${life}`,
  /** Held by a tab for its life, so that the worker sees it die. */
  tab: (name: string, tab: string): string => `${name}:tab:${tab}`,
};

export const forever = (): Promise<never> => new Promise(() => {});
