import type { OwnedSession } from '../makeSession.ts';
import type { MessageItem, TimelineItem } from '../session.ts';
import { makeModelDevice, type ModelDevice, type ModelWorld, type PutFate } from './modelHomeserver.ts';
import { openModelPage, type ModelPageHandle, type ModelPageOptions } from './modelPage.ts';
import { makeModelServer, type ModelServer } from './modelServer.ts';
import { makeStage, type Stage } from './stage.ts';

/** Somebody with a device and a page on it. */
export interface Actor {
  device: ModelDevice;
  session: OwnedSession;
  /** What this person sees of a room; the view stays open until the page is killed. */
  sees(roomId?: string): readonly TimelineItem[];
  /** The messages among it, as text and status. */
  reads(roomId?: string): string[];
  kill(): void;
}

/** A small world for one test: a recruiter, a candidate, room '!room' with both in it; everything in a fixed order. */
export interface Scene {
  stage: Stage;
  server: ModelServer;
  world: ModelWorld;
  /** What happens to the next PUTs. */
  fates: PutFate[];
  /** Keys of new sessions reach the others this way. */
  keys: { fate: 'at-once' | 'late' | 'backup' };
  receipts: { device: string; roomId: string; eventId: string }[];
  /** Starts a page, and waits until it is there. The same device can be opened again after a kill. */
  open(userId: string, options?: Partial<ModelPageOptions> & { device?: ModelDevice; deviceId?: string }): Promise<Actor>;
  settle(): Promise<void>;
}

export const room = '!room';

export function makeScene(members: string[] = ['@svc', '@recruiter', '@candidate']): Scene {
  const stage = makeStage(() => 0);
  const server = makeModelServer(stage.scheduler.now);
  server.createRoom(room, members);
  const scene: Scene = {
    stage, server,
    world: {
      server, devices: [], backup: new Set(),
      putFate: () => scene.fates.shift() ?? 'ok',
      keyFate: () => scene.keys.fate,
      isDown: () => false,
      onReceipt: (device, roomId, eventId) => scene.receipts.push({ device: device.deviceId, roomId, eventId }),
    },
    fates: [],
    keys: { fate: 'at-once' },
    receipts: [],
    open: async (userId, { device: known, deviceId, ...options } = {}) => {
      const device = known ?? makeModelDevice(userId, deviceId ?? `${userId.slice(1)}-device`);
      if (!scene.world.devices.includes(device)) scene.world.devices.push(device);
      const page = openModelPage(device, { world: scene.world, stage, random: () => 0.5, sideOf: sideOf, ...options });
      await stage.settle();
      const actor = makeActor(device, page);
      await stage.settle();
      return actor;
    },
    settle: () => stage.settle(),
  };
  return scene;
}

/** '@recruiter' and '@recruiter2' are the firm, '@svc' does not count. */
function sideOf(userId: string): string {
  return userId === '@svc' ? '' : userId.startsWith('@recruiter') ? 'firm' : 'candidate';
}

function makeActor(device: ModelDevice, page: ModelPageHandle): Actor {
  const session = page.session as OwnedSession;
  const views = new Map<string, ReturnType<OwnedSession['openTimeline']>>();
  const sees = (roomId = room): readonly TimelineItem[] => {
    const view = views.get(roomId) ?? session.openTimeline(roomId);
    views.set(roomId, view);
    return view.state.current().items;
  };
  sees();
  return {
    device,
    session,
    sees,
    reads: (roomId) => sees(roomId).filter((item): item is MessageItem => item.kind === 'message').map(({ body, status }) => (status === null ? body : `${body} (${status})`)),
    kill: page.kill,
  };
}
