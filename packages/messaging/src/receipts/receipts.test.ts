import { beforeEach, describe, expect, it } from 'vitest';
import { makeScene, room, type Actor, type Scene } from '../testing/scene.ts';
import type { Homeserver } from '../ports.ts';
import type { ReadSharingRecord } from './sharing.ts';

let scene: Scene;
let recruiter: Actor;
let candidate: Actor;

const say = async (who: Actor, ...bodies: string[]): Promise<void> => {
  for (const body of bodies) void who.session.send(room, { body }, body).catch(() => undefined);
  await scene.settle();
};
const eventOf = (index: number): string => scene.server.history(room)[index]?.eventId as string;
const read = async (who: Actor, index: number): Promise<void> => {
  void who.session.markRead(room, eventOf(index));
  await scene.settle();
};

describe('Between two sides', () => {
  beforeEach(async () => {
    scene = makeScene(['@svc', '@recruiter', '@recruiter2', '@candidate']);
    recruiter = await scene.open('@recruiter');
    candidate = await scene.open('@candidate');
  });

  it('a message is delivered when one device of theirs has it stored, and read when somebody read it', async () => {
    candidate.kill();
    await say(recruiter, 'hello');
    expect(recruiter.reads()).toEqual(['hello (sent)']);
    candidate = await scene.open('@candidate', { device: candidate.device });
    expect(recruiter.reads()).toEqual(['hello (delivered)']);
    await read(candidate, 0);
    expect(recruiter.reads()).toEqual(['hello (read)']);
  });

  it('one of a team is enough, and hovering says who', async () => {
    await say(candidate, 'hello');
    await read(recruiter, 0);
    expect(candidate.reads()).toEqual(['hello (read)']);
    expect(candidate.sees().at(-1)).toMatchObject({ reached: { delivered: ['@recruiter'], read: ['@recruiter'] } });
  });

  it('a colleague who has it is not the other side', async () => {
    candidate.kill();
    await scene.open('@recruiter2');
    await say(recruiter, 'hello');
    expect(recruiter.reads()).toEqual(['hello (sent)']);
  });

  it('reading implies having, and ticks never go back', async () => {
    await say(recruiter, 'm1', 'm2', 'm3');
    await read(candidate, 2);
    expect(recruiter.reads()).toEqual(['m1 (read)', 'm2 (read)', 'm3 (read)']);
    await read(candidate, 0);
    expect(recruiter.reads()).toEqual(['m1 (read)', 'm2 (read)', 'm3 (read)']);
  });

  it('ticks stay when the other side leaves', async () => {
    await say(recruiter, 'm1', 'm2');
    await read(candidate, 0);
    scene.server.setMember(room, '@candidate', 'leave');
    await scene.settle();
    expect(recruiter.reads()).toEqual(['m1 (read)', 'm2 (delivered)']);
  });

  it('receipts for what arrives together go together, and each is farther than the one before', async () => {
    candidate.kill();
    await say(recruiter, 'm1', 'm2', 'm3');
    scene.receipts.length = 0;
    await scene.open('@candidate', { device: candidate.device });
    expect(scene.receipts).toEqual([{ device: 'candidate-device', roomId: room, eventId: eventOf(2) }]);
  });

  it('nothing is said of a message that can not be read, nor of what follows it', async () => {
    candidate.kill();
    const sealed = await scene.open('@candidate', { device: candidate.device, wrap: (homeserver) => ({ ...homeserver, fetchBackedUpKeys: () => new Promise(() => undefined) }) });
    await say(recruiter, 'm1');
    scene.keys.fate = 'backup';
    await say(recruiter, 'm2', 'm3', 'm4');
    scene.keys.fate = 'at-once';
    await say(recruiter, 'm5', 'm6', 'm7', 'm8', 'm9');
    expect(sealed.reads().length).toBeGreaterThan(3);
    expect(recruiter.reads().slice(-1)).toEqual(['m9 (sent)']);
    sealed.kill();
    await scene.open('@candidate', { device: candidate.device });
    expect(recruiter.reads().slice(-1)).toEqual(['m9 (delivered)']);
  });

  it('a fresh device says nothing of a history that it has not fetched', async () => {
    candidate.kill();
    await say(recruiter, ...Array.from({ length: 30 }, (_, n) => `m${n}`));
    await scene.open('@candidate', { deviceId: 'fresh', wrap: (homeserver) => ({ ...homeserver, messages: () => new Promise(() => undefined) }) });
    expect(scene.receipts).toEqual([]);
    await scene.open('@candidate', { deviceId: 'fresher' });
    expect(scene.receipts).toEqual([{ device: 'fresher', roomId: room, eventId: eventOf(29) }]);
  });

  it('what could not be told for want of a connection is told later', async () => {
    candidate.kill();
    await say(recruiter, 'hello');
    let fails = 3;
    await scene.open('@candidate', {
      device: candidate.device,
      wrap: (homeserver) => ({
        ...homeserver,
        sendToDevices: async (...args) => {
          if ((fails -= 1) > 0) throw new Error('offline');
          return homeserver.sendToDevices(...args);
        },
      }),
    });
    expect(recruiter.reads()).toEqual(['hello (delivered)']);
  });

  it('a browser that signs in tomorrow shows the same ticks', async () => {
    await say(recruiter, 'm1', 'm2');
    await read(candidate, 0);
    candidate.kill();
    const tomorrow = await scene.open('@recruiter', { deviceId: 'tomorrow' });
    expect(tomorrow.reads()).toEqual(['m1 (read)', 'm2 (delivered)']);
  });
});

describe('Where all are on one side', () => {
  it('the second tick means everybody', async () => {
    scene = makeScene(['@svc', '@recruiter', '@recruiter2', '@recruiter3']);
    recruiter = await scene.open('@recruiter');
    await scene.open('@recruiter2');
    await say(recruiter, 'hello');
    expect(recruiter.reads()).toEqual(['hello (sent)']);
    expect(recruiter.sees().at(-1)).toMatchObject({ reached: { delivered: ['@recruiter2'], read: [] } });
    await scene.open('@recruiter3');
    expect(recruiter.reads()).toEqual(['hello (delivered)']);
  });

  it('ticks stay when a colleague leaves, and nobody waits for them any longer', async () => {
    scene = makeScene(['@svc', '@recruiter', '@recruiter2', '@recruiter3']);
    recruiter = await scene.open('@recruiter');
    const [second, third] = [await scene.open('@recruiter2'), await scene.open('@recruiter3')];
    await say(recruiter, 'm1');
    await read(second, 0);
    await read(third, 0);
    third.kill();
    await say(recruiter, 'm2');
    expect(recruiter.reads()).toEqual(['m1 (read)', 'm2 (sent)']);
    scene.server.setMember(room, '@recruiter3', 'leave');
    await scene.settle();
    expect(recruiter.reads()).toEqual(['m1 (read)', 'm2 (delivered)']);
    scene.server.setMember(room, '@recruiter2', 'leave');
    await say(recruiter, 'm3');
    expect(recruiter.reads()).toEqual(['m1 (read)', 'm2 (delivered)', 'm3 (sent)']);
  });
});

describe('Where the other side is still to come', () => {
  it('a colleague who reads is not taken for the candidate', async () => {
    scene = makeScene(['@svc', '@recruiter', '@recruiter2']);
    recruiter = await scene.open('@recruiter', { awaitsOtherSide: () => true });
    const colleague = await scene.open('@recruiter2', { awaitsOtherSide: () => true });
    await say(recruiter, 'hello');
    await read(colleague, 0);
    expect(recruiter.reads()).toEqual(['hello (sent)']);
  });
});

describe('Read receipts that are switched off', () => {
  /** What a device remembers of the choice. */
  const makeRecord = (): ReadSharingRecord => {
    let value: { shown: boolean; told: boolean } | null = null;
    return { read: async () => value, write: async (next) => void (value = next) };
  };
  const unread = (who: Actor): number | undefined => who.session.rooms.current()[0]?.unreadCount;
  const choose = async (who: Actor, shown: boolean): Promise<void> => {
    void who.session.setReadReceipts(shown);
    await scene.settle();
  };

  beforeEach(async () => {
    scene = makeScene();
    recruiter = await scene.open('@recruiter', { readReceipts: makeRecord() });
    candidate = await scene.open('@candidate', { readReceipts: makeRecord() });
  });

  it('tell nobody but one’s own devices; that it was delivered is told all the same', async () => {
    await choose(candidate, false);
    const second = await scene.open('@candidate', { deviceId: 'second', readReceipts: makeRecord() });
    await say(recruiter, 'm1', 'm2');
    await read(candidate, 1);
    expect(recruiter.reads()).toEqual(['m1 (delivered)', 'm2 (delivered)']);
    expect([unread(candidate), unread(second)]).toEqual([0, 0]);
  });

  it('work both ways: who does not tell is not told', async () => {
    await say(candidate, 'hello');
    await read(recruiter, 0);
    expect(candidate.reads()).toEqual(['hello (read)']);
    await choose(candidate, false);
    expect(candidate.reads()).toEqual(['hello (delivered)']);
    expect(candidate.sees().at(-1)).toMatchObject({ reached: { delivered: ['@recruiter'], read: [] } });
    expect(candidate.session.rooms.current()[0]?.last?.status).toBe('delivered');
    await choose(candidate, true);
    expect(candidate.reads()).toEqual(['hello (read)']);
  });

  it('are so on all devices of the person, on a new one before it says anything', async () => {
    await choose(candidate, false);
    const second = await scene.open('@candidate', { deviceId: 'second', readReceipts: makeRecord() });
    expect(second.session.readReceipts.current()).toBe(false);
    await say(recruiter, 'm1');
    await read(second, 0);
    expect(recruiter.reads()).toEqual(['m1 (delivered)']);
    await choose(second, true);
    expect(candidate.session.readReceipts.current()).toBe(true);
    await say(recruiter, 'm2');
    await read(candidate, 1);
    expect(recruiter.reads()).toEqual(['m1 (read)', 'm2 (read)']);
  });

  it('are remembered after a reload, and told when there was no connection', async () => {
    const record = makeRecord();
    candidate.kill();
    candidate = await scene.open('@candidate', { device: candidate.device, readReceipts: record });
    candidate.device.connection.set('offline');
    await choose(candidate, false);
    candidate.kill();
    candidate = await scene.open('@candidate', { device: candidate.device, readReceipts: record });
    expect(candidate.session.readReceipts.current()).toBe(false);
    candidate.device.connection.set('online');
    await scene.settle();
    const second = await scene.open('@candidate', { deviceId: 'second', readReceipts: makeRecord() });
    expect(second.session.readReceipts.current()).toBe(false);
  });

  it.each([[false, 'm1 (delivered)'], [true, 'm1 (read)']])('are unknown to a device that remembers nothing of them: what was read there is told when it knows (shown: %s)', async (shown, seen) => {
    await say(recruiter, 'm1');
    const second = await scene.open('@candidate', { deviceId: 'second', readReceipts: makeRecord() });
    candidate.device.connection.set('offline');
    await read(candidate, 0);
    candidate.kill();
    await choose(second, shown);
    candidate.device.connection.set('online');
    const firstSync = Promise.withResolvers<void>();
    const wrap = (homeserver: Homeserver): Homeserver => ({ ...homeserver, onSync: (handler) => homeserver.onSync(async (update) => (await firstSync.promise, handler(update))) });
    candidate = await scene.open('@candidate', { device: candidate.device, readReceipts: makeRecord(), wrap });
    expect(recruiter.reads()).toEqual(['m1 (delivered)']);
    firstSync.resolve();
    await scene.settle();
    expect(recruiter.reads()).toEqual([seen]);
    expect(unread(second)).toBe(0);
  });
});

describe('Unread counts', () => {
  beforeEach(async () => {
    scene = makeScene();
    recruiter = await scene.open('@recruiter');
    candidate = await scene.open('@candidate');
  });
  const unread = (who: Actor): number | undefined => who.session.rooms.current()[0]?.unreadCount;

  it('count messages of others until they are read, on all devices of a person', async () => {
    const second = await scene.open('@candidate', { deviceId: 'second' });
    await say(recruiter, 'm1', 'm2', 'm3');
    expect([unread(candidate), unread(second), unread(recruiter)]).toEqual([3, 3, 0]);
    await read(candidate, 1);
    expect([unread(candidate), unread(second)]).toEqual([1, 1]);
  });

  it('are the same after a reload, and what was read offline is told when the connection is back', async () => {
    await say(recruiter, 'm1', 'm2');
    candidate.device.connection.set('offline');
    await read(candidate, 1);
    expect(unread(candidate)).toBe(0);
    expect(recruiter.reads()).toEqual(['m1 (delivered)', 'm2 (delivered)']);
    candidate.kill();
    candidate.device.connection.set('online');
    candidate = await scene.open('@candidate', { device: candidate.device });
    expect(unread(candidate)).toBe(0);
    expect(recruiter.reads()).toEqual(['m1 (read)', 'm2 (read)']);
  });
});
