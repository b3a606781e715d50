import { beforeEach, describe, expect, it } from 'vitest';
import type { WireEvent } from '../ports.ts';
import { makeScene, room, type Actor, type Scene } from '../testing/scene.ts';

let scene: Scene;
let recruiter: Actor;
let candidate: Actor;
/** While it is closed no sync comes through to the candidate. */
let gate: PromiseWithResolvers<void>;
let decrypted: string[];

beforeEach(async () => {
  scene = makeScene();
  gate = Promise.withResolvers();
  gate.resolve();
  decrypted = [];
  recruiter = await scene.open('@recruiter');
  candidate = await scene.open('@candidate', {
    wrap: (homeserver) => ({
      ...homeserver,
      onSync: (handler) => homeserver.onSync((update) => gate.promise.then(() => handler(update))),
      decrypt: (event) => (decrypted.push(event.eventId), homeserver.decrypt(event)),
    }),
  });
  await say('first');
});

async function say(...texts: string[]): Promise<void> {
  for (const body of texts) await Promise.all([recruiter.session.send(room, { body }), scene.stage.steps(400)]);
}

const newest = (): WireEvent => scene.server.history(room).at(-1) as WireEvent;
const hear = async (event: WireEvent): Promise<void> => {
  candidate.session.heardEarly(event);
  await scene.stage.steps(50);
};
const isStored = (eventId: string): boolean => [...candidate.device.disk.events.values()].some((event) => event.eventId === eventId);
const isTold = (eventId: string): boolean => scene.receipts.some((receipt) => receipt.eventId === eventId);

describe('A message of which is heard before a sync brings it', () => {
  beforeEach(async () => {
    gate = Promise.withResolvers();
    await say('second');
    decrypted = [];
  });

  it('is shown at once, and once when the sync comes, which need not decrypt it again', async () => {
    await hear(newest());
    expect(candidate.reads()).toEqual(['first', 'second']);
    gate.resolve();
    await scene.settle();
    expect(candidate.reads()).toEqual(['first', 'second']);
    expect(decrypted).toEqual([newest().eventId]);
  });

  it('is not stored, counted or told of as delivered until then', async () => {
    await hear(newest());
    expect(isStored(newest().eventId)).toBe(false);
    expect(candidate.session.rooms.current()[0]?.last?.body).toBe('first');
    expect(isTold(newest().eventId)).toBe(false);
    expect(recruiter.reads().at(-1)).toBe('second (sent)');
    gate.resolve();
    await scene.settle();
    expect(isStored(newest().eventId)).toBe(true);
    expect(recruiter.reads().at(-1)).toBe('second (delivered)');
    expect(isTold(newest().eventId)).toBe(true);
  });

  it('is marked as read when it is stored, though it was seen before', async () => {
    await hear(newest());
    const marked = candidate.session.markRead(room, newest().eventId);
    await scene.stage.steps(50);
    expect(recruiter.reads().at(-1)).toBe('second (sent)');
    gate.resolve();
    await scene.settle();
    await marked;
    expect(recruiter.reads().at(-1)).toBe('second (read)');
  });

  it('keeps its order with others that are heard of', async () => {
    await say('third');
    const [, second, third] = scene.server.history(room) as WireEvent[];
    await hear(third!);
    expect(candidate.reads()).toEqual(['first']);
    await hear(second!);
    await hear(third!);
    expect(candidate.reads()).toEqual(['first', 'second', 'third']);
    gate.resolve();
    await scene.settle();
    expect(candidate.reads()).toEqual(['first', 'second', 'third']);
  });

  it('goes again when no sync brings it', async () => {
    await hear(newest());
    await scene.stage.pass(30_000);
    expect(candidate.reads()).toEqual(['first']);
  });
});

describe('Nothing is shown of', () => {
  it.each<[string, (event: WireEvent) => WireEvent]>([
    ['a repetition under another name', (event) => ({ ...event, eventId: '$again' })],
    ['another’s words in somebody else’s name', (event) => ({ ...event, eventId: '$forged', sender: '@stranger' })],
    ['what can’t be decrypted', (event) => ({ ...event, eventId: '$rubbish', content: { algorithm: 'model', session_id: 'none', ciphertext: btoa('{}') } })],
    ['what is in clear', (event) => ({ ...event, eventId: '$clear', type: 'm.room.message', content: { body: 'hello' } })],
    ['what is here', (event) => event],
  ])('%s', async (_what, change) => {
    await scene.settle();
    await hear(change(newest()));
    expect(candidate.reads()).toEqual(['first']);
  });

  it('a room that this device does not know', async () => {
    await hear({ ...newest(), roomId: '!elsewhere' });
    expect(candidate.session.rooms.current().map(({ roomId }) => roomId)).toEqual([room]);
  });
});
