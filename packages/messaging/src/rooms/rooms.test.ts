import { beforeEach, describe, expect, it } from 'vitest';
import { makeScene, room, type Actor, type Scene } from '../testing/scene.ts';

let scene: Scene;
let recruiter: Actor;

beforeEach(async () => {
  scene = makeScene();
  scene.server.createRoom('!other', ['@recruiter', '@candidate']);
  recruiter = await scene.open('@recruiter');
});

const say = async (who: Actor, body: string, roomId = room): Promise<void> => {
  void who.session.send(roomId, { body }, body).catch(() => undefined);
  await scene.stage.pass(1000);
};
const draftOf = (who: Actor): string | null | undefined => who.session.rooms.current().find(({ roomId }) => roomId === room)?.draft;
const draft = async (who: Actor, text: string): Promise<void> => {
  void who.session.saveDraft(room, text);
  await scene.settle();
};

describe('The list of rooms', () => {
  it('is not told again when nothing of it changed, though much was fetched', async () => {
    for (let n = 0; n < 150; n += 1) await say(recruiter, `m${n}`);
    const again = await scene.open('@recruiter', { deviceId: 'another' });
    const told: unknown[] = [];
    again.session.rooms.subscribe((rooms) => told.push(rooms));
    const before = again.sees().length;
    for (let page = 0; page < 3; page += 1) {
      void again.session.loadEarlier(room);
      await scene.settle();
    }
    expect(again.sees().length).toBeGreaterThan(before);
    expect(told).toEqual([]);
  });

  it('has the newest activity first, with its last message', async () => {
    await say(recruiter, 'one');
    await say(recruiter, 'two', '!other');
    expect(recruiter.session.rooms.current().map(({ roomId, last }) => [roomId, last?.body, last?.mine])).toEqual([['!other', 'two', true], [room, 'one', true]]);
    await say(recruiter, 'three');
    expect(recruiter.session.rooms.current().map(({ roomId }) => roomId)).toEqual([room, '!other']);
  });

  it('is there from the store, before there is a connection', async () => {
    await say(recruiter, 'one');
    recruiter.kill();
    const offline = await scene.open('@recruiter', { device: recruiter.device, stayOffline: true });
    expect(offline.session.rooms.current()[0]).toMatchObject({ roomId: room, last: { body: 'one', status: 'sent' }, membership: 'join' });
    expect(offline.session.connection.current()).toBe('starting');
  });

  it('does not list a room that was only asked about', async () => {
    recruiter.sees('!unknown');
    await scene.settle();
    expect(recruiter.session.rooms.current().map(({ roomId }) => roomId)).not.toContain('!unknown');
  });
});

describe('A draft', () => {
  it('is kept over a reload, and follows the person to other devices', async () => {
    const second = await scene.open('@recruiter', { deviceId: 'second' });
    await draft(recruiter, 'Dear');
    expect(draftOf(second)).toBe('Dear');
    recruiter.kill();
    recruiter = await scene.open('@recruiter', { device: recruiter.device, stayOffline: true });
    expect(draftOf(recruiter)).toBe('Dear');
  });

  it('is gone everywhere once the message is sent', async () => {
    const second = await scene.open('@recruiter', { deviceId: 'second' });
    await draft(recruiter, 'Dear');
    await say(recruiter, 'Dear Wei');
    await scene.settle();
    expect([draftOf(recruiter), draftOf(second)]).toEqual([null, null]);
  });

  it('that is being typed here is not overwritten from afar', async () => {
    const second = await scene.open('@recruiter', { deviceId: 'second' });
    await draft(recruiter, 'old');
    void second.session.saveDraft(room, 'older words');
    await scene.stage.pass(1490);
    void recruiter.session.saveDraft(room, 'newest words');
    await scene.stage.pass(100);
    expect(draftOf(recruiter)).toBe('newest words');
    await scene.settle();
    expect([draftOf(recruiter), draftOf(second)]).toEqual(['newest words', 'newest words']);
  });

  it('is readable by nobody who takes it to another room', async () => {
    await draft(recruiter, 'for this room');
    const candidate = await scene.open('@candidate');
    expect(draftOf(candidate)).toBeNull();
  });
});
