import { makeSession, type OwnedSession } from '../makeSession.ts';
import { online } from '../online.ts';
import type { Gossip, Homeserver, KeyDepositor, Sealer, StoreChanges } from '../ports.ts';
import type { ReadSharingRecord } from '../receipts/sharing.ts';
import { makeMemoryStore } from './memoryStore.ts';
import { makeModelHomeserver, type ModelDevice, type ModelWorld } from './modelHomeserver.ts';
import type { Stage } from './stage.ts';

/** A page of a device: the session in it can be killed at any point where it waits, and its disk stays. */
export interface ModelPageHandle {
  /** Null until the local store was read. */
  session: OwnedSession | null;
  isAlive(): boolean;
  kill(): void;
}

export interface ModelPageOptions {
  world: ModelWorld;
  stage: Stage;
  random: () => number;
  sideOf: (userId: string) => string;
  awaitsOtherSide?: (roomId: string) => boolean;
  /** Without it the page goes online at once. */
  stayOffline?: boolean;
  depositor?: KeyDepositor;
  gossip?: Gossip;
  /** What the device remembers of read receipts; without it they are shown. */
  readReceipts?: ReadSharingRecord;
  admit?: (changes: StoreChanges) => void;
  /** Changes the homeserver that the session sees. */
  wrap?: (homeserver: Homeserver) => Homeserver;
  report?: (problem: unknown) => void;
  /** Runs when the session is there. */
  onReady?: (session: OwnedSession) => void;
}

/** A sealer for worlds in which nothing has to be secret. */
export const clearSealer: Sealer = { seal: async (bytes) => bytes, open: async (bytes) => bytes };

/** FNV-1a, short and without waiting for another thread: that would not be the stage's turn. */
export function modelDigest(text: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return (hash >>> 0).toString(16);
}

/** Opens a page on a device. Everything in it takes its turns on the stage. */
export function openModelPage(device: ModelDevice, options: ModelPageOptions): ModelPageHandle {
  const { world, stage, random, sideOf, wrap = (homeserver) => homeserver } = options;
  let alive = true;
  const never = new Promise<void>(() => undefined);
  const pause = async (): Promise<void> => {
    if (!alive) await never;
    await stage.pause();
    if (!alive) await never;
  };
  const scheduler = {
    now: () => stage.scheduler.now() + device.clockOffset,
    after: (delayMs: number, task: () => void) => stage.scheduler.after(delayMs, () => alive && task()),
  };
  const page: ModelPageHandle = {
    session: null,
    isAlive: () => alive,
    kill: () => {
      alive = false;
      page.session?.stop();
    },
  };
  const opening = makeSession({
    store: makeMemoryStore({ disk: device.disk, pause, ...(options.admit && { admit: options.admit }) }),
    depositor: options.depositor ?? { deposit: () => pause() },
    accountDataSealer: clearSealer,
    sideOf,
    ...(options.gossip && { gossip: options.gossip }),
    ...(options.awaitsOtherSide && { awaitsOtherSide: options.awaitsOtherSide }),
    ...(options.readReceipts && { readReceipts: options.readReceipts }),
    userId: device.userId,
    scheduler,
    random,
    digest: async (text) => modelDigest(text),
    report: options.report ?? (() => undefined),
  });
  void opening.then((session) => {
    page.session = session;
    if (options.stayOffline !== true) session.attach(wrap(makeModelHomeserver(world, device, { pause, isAlive: () => alive, after: scheduler.after })), online);
    options.onReady?.(session);
  });
  return page;
}
