import { beforeEach, describe, expect, it } from 'vitest';
import { makeScene, room, type Actor, type Scene } from '../testing/scene.ts';

let scene: Scene;
let recruiter: Actor;
let candidate: Actor;

const say = async (who: Actor, ...bodies: string[]): Promise<void> => {
  for (const body of bodies) void who.session.send(room, { body }, body).catch(() => undefined);
  await scene.settle();
};
/** A colleague joins the room, on a device that was never here. */
const join = async (): Promise<Actor> => {
  scene.server.setMember(room, '@recruiter2', 'join', '@svc');
  await scene.settle();
  return scene.open('@recruiter2');
};
const unread = (who: Actor): number | undefined => who.session.rooms.current()[0]?.unreadCount;
/** Text of the message above which the line of what is new stands. */
const lineOf = async (who: Actor): Promise<string | undefined> => {
  const view = who.session.openTimeline(room);
  await scene.settle();
  const { items, firstUnread } = view.state.current();
  view.close();
  const first = items.find(({ key }) => key === firstUnread);
  return first?.kind === 'message' ? first.body : undefined;
};

describe('Who comes to a room with a history', () => {
  beforeEach(async () => {
    scene = makeScene();
    recruiter = await scene.open('@recruiter');
    candidate = await scene.open('@candidate');
  });

  it('has nothing unread where the colleagues had the last word', async () => {
    await say(candidate, 'c1', 'c2');
    await say(recruiter, 'r1');
    const successor = await join();
    expect([unread(successor), await lineOf(successor)]).toEqual([0, undefined]);
  });

  it('has unread what the other side said since then, and nothing older', async () => {
    await say(candidate, 'c1');
    await say(recruiter, 'r1');
    await say(candidate, 'c2', 'c3');
    const successor = await join();
    expect([unread(successor), await lineOf(successor)]).toEqual([2, 'c2']);
  });

  it('from then on counts like anybody else, the words of colleagues too', async () => {
    await say(candidate, 'c1');
    await say(recruiter, 'r1');
    const successor = await join();
    await say(recruiter, 'r2');
    await say(candidate, 'c2');
    expect([unread(successor), await lineOf(successor)]).toEqual([2, 'r2']);
  });

  it('has read what they have read', async () => {
    await say(candidate, 'c1', 'c2');
    const successor = await join();
    void successor.session.markRead(room, scene.server.history(room)[0]?.eventId as string);
    await scene.settle();
    expect([unread(successor), await lineOf(successor)]).toEqual([1, 'c2']);
  });
});

it('a candidate has all unread that was written before they came', async () => {
  scene = makeScene(['@svc', '@recruiter']);
  recruiter = await scene.open('@recruiter');
  await say(recruiter, 'r1', 'r2');
  scene.server.setMember(room, '@candidate', 'join');
  candidate = await scene.open('@candidate');
  expect(unread(candidate)).toBe(2);
});
