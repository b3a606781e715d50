import { isBatonError } from '@baton/base';
import { fromBase64, fromJsonBytes } from '../encoding.ts';
import type { OwnedSession } from '../makeSession.ts';
import type { MessageItem, TimelineState } from '../session.ts';
import { checkDelivery, type DeviceView, type ReceiptRecord, type SendRecord } from './checker.ts';
import { makeModelDevice, type ModelDevice, type ModelWorld, type PutFate } from './modelHomeserver.ts';
import { deviceView } from './deviceView.ts';
import { openModelPage, type ModelPageHandle } from './modelPage.ts';
import { makeModelServer } from './modelServer.ts';
import { makeStage } from './stage.ts';

/** One thing that is done to the world. Devices 0 and 1 are the recruiter's, 2 is the candidate's. */
export type Command =
  | { do: 'send'; device: number; room: number; times: number }
  | { do: 'take-back'; device: number }
  | { do: 'read'; device: number; room: number }
  | { do: 'kill' | 'start' | 'offline' | 'online'; device: number }
  | { do: 'clock'; device: number; hours: number }
  | { do: 'adopt' }
  | { do: 'server-down' }
  | { do: 'server-up' }
  | { do: 'pass'; hours: number }
  | { do: 'steps'; count: number }
  | { do: 'fate'; fate: PutFate };

const hour = 3_600_000;
const rooms = ['!one', '!two'];
const placeholder = 'con_candidate';
const sides: Record<string, string> = { '@recruiter': 'firm', '@candidate': 'candidate' };

interface Page extends ModelPageHandle {
  /** Sends and take-backs that have not ended. */
  open: Set<string>;
}

/** What came out of a run, for the test to look at. */
export interface RunResult {
  violations: string[];
  acknowledged: number;
  shown: number;
  receipts: number;
  /** Messages that the server holds twice. Devices hide the second one; and it takes a clock that went back to make one. */
  heldTwice: number;
}

/** Does the commands, in the interleaving that `seed` stands for, then heals everything, lets it settle and checks. */
export async function runModel(seed: number, commands: readonly Command[]): Promise<RunResult> {
  const random = makeRandom(seed);
  const choose = (n: number): number => Math.floor(random() * n);
  const stage = makeStage(choose);
  const server = makeModelServer(stage.scheduler.now);
  for (const room of rooms) server.createRoom(room, ['@svc', '@recruiter', '@candidate']);
  const devices = [makeModelDevice('@recruiter', 'R1'), makeModelDevice('@recruiter', 'R2'), makeModelDevice('@candidate', 'C1')];
  const pages: Page[] = [];
  const fates: PutFate[] = [];
  const sends = new Map<string, SendRecord[]>(rooms.map((room) => [room, []]));
  const receipts = new Map<string, ReceiptRecord[]>(rooms.map((room) => [room, []]));
  const problems: string[] = [];
  let down = false;
  let adopted = false;
  let count = 0;

  const world: ModelWorld = {
    server, devices, backup: new Set(),
    putFate: () => fates.shift() ?? 'ok',
    keyFate: () => (['at-once', 'at-once', 'late', 'backup'] as const)[choose(4)] as 'at-once',
    isDown: () => down,
    onReceipt: (device, roomId, eventId) => {
      const history = server.history(roomId);
      const index = history.findIndex((event) => event.eventId === eventId);
      const missing = history.slice(0, index + 1).filter((event) => device.disk.events.get(`${roomId} ${event.eventId}`)?.decryption?.ok !== true).length;
      receipts.get(roomId)?.push({ device: device.deviceId, index, missing });
    },
  };

  const start = (device: ModelDevice, index: number): void => {
    if (pages[index]?.isAlive()) return;
    const page = openModelPage(device, {
      world, stage, random,
      sideOf: (userId) => sides[userId] ?? '',
      report: (problem) => {
        if (!isBatonError(problem) && (problem as Error).name !== 'HomeserverError') problems.push(`reported: ${String((problem as Error).stack ?? problem)}`);
      },
      onReady: (session) => {
        if (adopted && index === 2) void session.adopt(placeholder, rooms[0] as string);
      },
    });
    pages[index] = Object.assign(page, { open: new Set<string>() });
  };

  const kill = (index: number): void => {
    const page = pages[index] as Page;
    page.kill();
    for (const mid of page.open) note(mid, 'info', index);
  };

  const roomOfMid = new Map<string, string>();
  const note = (mid: string, kind: SendRecord['kind'], index: number, body?: string): void => {
    const device = (devices[index] as ModelDevice).deviceId;
    sends.get(roomOfMid.get(mid) as string)?.push({ kind, device, mid, ...(body !== undefined && { body }) });
  };

  const send = (index: number, room: number): void => {
    const page = pages[index] as Page;
    if (!page.isAlive() || !page.session) return;
    const roomId = rooms[room] as string;
    const mid = `m${(count += 1)}`;
    const body = `body ${mid}`;
    roomOfMid.set(mid, roomId);
    note(mid, 'invoke', index, body);
    page.open.add(mid);
    const target = index === 2 && room === 0 ? placeholder : roomId;
    page.session.send(target, { body }, mid).then(
      () => {
        page.open.delete(mid);
        note(mid, 'ok', index);
      },
      () => {
        page.open.delete(mid);
        note(mid, 'fail', index);
      },
    );
  };

  const takeBack = (index: number): void => {
    const page = pages[index] as Page;
    const mid = [...(devices[index] as ModelDevice).disk.outbox.keys()].at(-1);
    if (!page.isAlive() || !page.session || mid === undefined || page.open.has(mid)) return;
    page.open.add(mid);
    page.session.discard(roomOfMid.get(mid) as string, mid).then(
      () => {
        page.open.delete(mid);
        note(mid, 'fail', index);
      },
      () => page.open.delete(mid),
    );
  };

  const adopt = (): void => {
    adopted = true;
    const page = pages[2] as Page;
    if (page.isAlive()) void page.session?.adopt(placeholder, rooms[0] as string);
  };

  const obey = async (command: Command): Promise<void> => {
    if (command.do === 'steps') return stage.steps(command.count);
    if (command.do === 'pass') return stage.pass(command.hours * hour);
    if (command.do === 'fate') return void fates.push(command.fate);
    if (command.do === 'server-down' || command.do === 'server-up') {
      down = command.do === 'server-down';
      for (const device of devices) device.connection.set(down ? 'offline' : 'online');
      return;
    }
    if (command.do === 'adopt') return adopt();
    const device = devices[command.device] as ModelDevice;
    if (command.do === 'send') for (let n = 0; n < command.times; n += 1) send(command.device, command.room);
    if (command.do === 'take-back') takeBack(command.device);
    if (command.do === 'kill') kill(command.device);
    if (command.do === 'start') start(device, command.device);
    if (command.do === 'offline' || (command.do === 'online' && !down)) device.connection.set(command.do);
    if (command.do === 'clock') device.clockOffset += command.hours * hour;
    if (command.do === 'read') {
      const session = (pages[command.device] as Page).session;
      const newest = server.history(rooms[command.room] as string).at(-1);
      if ((pages[command.device] as Page).isAlive() && newest) void session?.markRead(rooms[command.room] as string, newest.eventId);
    }
  };

  const heal = async (): Promise<void> => {
    fates.length = 0;
    down = false;
    adopt();
    for (const [index, device] of devices.entries()) {
      device.connection.set('online');
      start(device, index);
    }
    await stage.settle();
    for (const [index, page] of pages.entries()) {
      const parked = [...(devices[index] as ModelDevice).disk.outbox.values()].filter((row) => row.state === 'parked');
      for (const row of parked) void page.session?.retry(row.roomId, row.mid);
    }
    await stage.settle();
  };

  const view = async (index: number, roomId: string): Promise<DeviceView> => {
    const session = (pages[index] as Page).session as OwnedSession;
    const device = devices[index] as ModelDevice;
    const timeline = session.openTimeline(roomId);
    await stage.settle();
    while (timeline.state.current().hasEarlier) {
      void session.loadEarlier(roomId);
      await stage.settle();
    }
    const state: TimelineState = timeline.state.current();
    for (const item of state.items) if (item.kind === 'missing' || item.kind === 'reordered') problems.push(`false alarm: ${item.kind} ${item.key} on ${device.deviceId}`);
    const messages = state.items.filter((item): item is MessageItem => item.kind === 'message');
    for (const { key, status } of messages) if (status === 'queued' || status === 'failed') problems.push(`stuck: ${key} on ${device.deviceId} is ${status}`);
    return deviceView(device.deviceId, state, async (eventId) => device.disk.events.get(`${roomId} ${eventId}`));
  };

  for (const [index, device] of devices.entries()) start(device, index);
  await stage.steps(40);
  for (const command of commands) await obey(command);
  await heal();
  const result: RunResult = { violations: [], acknowledged: 0, shown: 0, receipts: 0, heldTwice: 0 };
  for (const roomId of rooms) {
    const views = [await view(0, roomId), await view(1, roomId), await view(2, roomId)];
    const history = { sends: sends.get(roomId) ?? [], views, receipts: receipts.get(roomId) ?? [] };
    result.violations.push(...checkDelivery(history).map((violation) => `${roomId} ${violation}`));
    result.shown += views[0]?.messages.length ?? 0;
    result.receipts += history.receipts.length;
    const mids = server.history(roomId).map(({ content }) => plaintextMid(content));
    result.heldTwice += mids.length - new Set(mids).size;
    result.acknowledged += history.sends.filter(({ kind }) => kind === 'ok').length;
  }
  for (const device of devices) if (device.disk.outbox.size > 0) result.violations.push(`left over: ${[...device.disk.outbox.keys()]} in the outbox of ${device.deviceId}`);
  result.violations.push(...problems);
  return result;
}

function plaintextMid(content: Record<string, unknown>): string | undefined {
  const plain = fromJsonBytes<{ content: { baton?: { mid?: string } } }>(fromBase64(String(content['ciphertext'])));
  return plain.content.baton?.mid;
}

/** mulberry32: small, even enough, and the same everywhere. */
function makeRandom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
