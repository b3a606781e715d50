import { BatonError } from '@baton/base';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Gossip, Homeserver, NamedHeads, WireEvent } from '../ports.ts';
import { makeScene, room, type Actor, type Scene } from '../testing/scene.ts';

let scene: Scene;
beforeEach(() => void (scene = makeScene()));

interface Told {
  gossip: Gossip;
  heard: { roomId: string; sender: string; told: NamedHeads }[];
  /** What the next message carries. */
  heads: NamedHeads | Promise<NamedHeads>;
  /** Why nothing may be sent. */
  trouble: BatonError | null;
}

function makeTold(heads: Told['heads']): Told {
  const told: Told = {
    heads, heard: [], trouble: null,
    gossip: {
      tell: () => told.heads,
      hear: (roomId, sender, given) => void told.heard.push({ roomId, sender, told: given }),
      requireConsistent: () => (told.trouble === null ? undefined : Promise.reject(told.trouble)),
    },
  };
  return told;
}

const say = async (who: Actor, body: string): Promise<void> => {
  void who.session.send(room, { body }, body).catch(() => undefined);
  await scene.settle();
};
const heads = (length: number): NamedHeads => ({ prj_one: { length, head: `head ${length}` }, org_firm: { length: 1, head: 'head' } });

describe('What goes along with a message', () => {
  it('is heard by everybody who reads it, with who said it, on their other devices too', async () => {
    const mine = makeTold(heads(1));
    const recruiter = await scene.open('@recruiter', { gossip: mine.gossip });
    const [candidate, desk] = [makeTold({}), makeTold({})];
    await scene.open('@candidate', { gossip: candidate.gossip });
    await scene.open('@recruiter', { deviceId: 'desk', gossip: desk.gossip });
    await say(recruiter, 'one');
    mine.heads = Promise.resolve(heads(2));
    await say(recruiter, 'two');
    const expected = [1, 2].map((length) => ({ roomId: room, sender: '@recruiter', told: heads(length) }));
    expect(candidate.heard).toEqual(expected);
    expect(desk.heard).toEqual(expected);
  });

  it('is heard from history as well', async () => {
    const recruiter = await scene.open('@recruiter', { gossip: makeTold(heads(3)).gossip });
    await say(recruiter, 'long ago');
    const late = makeTold({});
    await scene.open('@candidate', { gossip: late.gossip });
    expect(late.heard.map(({ told }) => told)).toEqual([heads(3)]);
  });

  it('is not believed where it is not certain who wrote', async () => {
    const recruiter = await scene.open('@recruiter', { gossip: makeTold(heads(1)).gossip });
    const doubting = makeTold({});
    const unverified = (homeserver: Homeserver): Homeserver => ({
      ...homeserver,
      decrypt: async (event: WireEvent) => {
        const decryption = await homeserver.decrypt(event);
        return decryption.ok ? { ...decryption, authenticity: 'unverified' } : decryption;
      },
    });
    const candidate = await scene.open('@candidate', { gossip: doubting.gossip, wrap: unverified });
    await say(recruiter, 'one');
    expect([candidate.reads(), doubting.heard]).toEqual([['one'], []]);
  });

  it.each([
    ['no object', 'junk'],
    ['a head without a hash', { prj_one: { length: 1 } }],
    ['no length of a log', { prj_one: { length: 0, head: 'x' } }],
    ['more logs than anybody follows', Object.fromEntries(Array.from({ length: 5 }, (_, n) => [`prj_${n}`, { length: 1, head: 'x' }]))],
  ])('is passed over where it is %s: the words are read all the same', async (_, junk) => {
    const told = makeTold(junk as NamedHeads);
    const recruiter = await scene.open('@recruiter', { gossip: told.gossip });
    const listening = makeTold({});
    const candidate = await scene.open('@candidate', { gossip: listening.gossip });
    await say(recruiter, 'one');
    expect([candidate.reads(), listening.heard]).toEqual([['one'], []]);
  });
});

describe('While what was heard contradicts the server', () => {
  it('nothing is sent, and the message says why; then it goes out, once', async () => {
    const told = makeTold({});
    const recruiter = await scene.open('@recruiter', { gossip: told.gossip });
    const candidate = await scene.open('@candidate');
    told.trouble = new BatonError('LOG_ROLLBACK');
    void recruiter.session.send(room, { body: 'held' }, 'held');
    await scene.stage.steps(300);
    expect(recruiter.sees().at(-1)).toMatchObject({ status: 'queued', failure: { code: 'LOG_ROLLBACK' } });
    expect(candidate.reads()).toEqual([]);
    told.trouble = null;
    recruiter.session.wake();
    await scene.settle();
    expect(candidate.reads()).toEqual(['held']);
    expect(recruiter.sees().at(-1)).toMatchObject({ failure: null });
  });

  it('what was encrypted before is not sent either', async () => {
    const told = makeTold({});
    scene.fates.push('unsent');
    const recruiter = await scene.open('@recruiter', { gossip: told.gossip });
    void recruiter.session.send(room, { body: 'held' }, 'held');
    while (scene.fates.length > 0) await scene.stage.steps(1);
    told.trouble = new BatonError('LOG_FORK');
    await scene.stage.pass(60_000);
    expect(recruiter.sees().at(-1)).toMatchObject({ status: 'queued', failure: { code: 'LOG_FORK' } });
    expect(scene.server.history(room).filter(({ type }) => type === 'm.room.encrypted')).toEqual([]);
  });
});
