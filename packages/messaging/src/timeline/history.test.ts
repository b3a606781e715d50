import { beforeEach, describe, expect, it, vi } from 'vitest';
import { HomeserverError, type Homeserver } from '../ports.ts';
import type { TimelineItem } from '../session.ts';
import { makeScene, room, type Actor, type Scene } from '../testing/scene.ts';

let scene: Scene;
let recruiter: Actor;

beforeEach(async () => {
  scene = makeScene();
  recruiter = await scene.open('@recruiter');
});

const numbered = (from: number, to: number): string[] => Array.from({ length: to - from + 1 }, (_, n) => `m${from + n}`);
const say = async (who: Actor, ...bodies: string[]): Promise<void> => {
  for (const body of bodies) void who.session.send(room, { body }, body).catch(() => undefined);
  await scene.settle();
};
const bodies = (items: readonly TimelineItem[]): string[] => items.flatMap((item) => (item.kind === 'message' ? [item.body] : []));

/** Runs until the work is through: the scene's time goes on only when it is asked to. */
async function through<T>(work: Promise<T>): Promise<T> {
  const ended = work.then(() => true, () => true);
  for (let rounds = 0; rounds < 200 && !(await Promise.race([ended, Promise.resolve(false)])); rounds += 1) await scene.settle();
  return work;
}
const fetchAll = (who: Actor, signal = new AbortController().signal, onPage = (): void => undefined): Promise<void> => through(who.session.fetchHistory(room, { signal, onPage }));
const readAll = (who: Actor): Promise<TimelineItem[]> => through(who.session.readHistory(room));

/** A new device that fetches nothing by itself until it may. */
const held = (): { wrap: (homeserver: Homeserver) => Homeserver; let(allowed: 'nothing' | 'failure' | 'all'): void } => {
  let may: 'nothing' | 'failure' | 'all' = 'nothing';
  return {
    let: (allowed) => (may = allowed),
    wrap: (homeserver) => ({
      ...homeserver,
      messages: (...asked) => {
        if (may === 'nothing') return new Promise(() => undefined);
        return may === 'failure' ? Promise.reject(new HomeserverError({ kind: 'again', outcome: 'unsent' }, 'no network')) : homeserver.messages(...asked);
      },
    }),
  };
};

describe('A room from its first message', () => {
  it('is read on a device that has only its end', async () => {
    await say(recruiter, ...numbered(1, 450));
    const line = held();
    const candidate = await scene.open('@candidate', { wrap: line.wrap });
    line.let('all');
    const pages = vi.fn();
    await fetchAll(candidate, undefined, pages);
    expect(bodies(await readAll(candidate))).toEqual(numbered(1, 450));
    expect(pages).toHaveBeenCalled();
  });

  it('goes on where it was broken off', async () => {
    await say(recruiter, ...numbered(1, 450));
    const line = held();
    const candidate = await scene.open('@candidate', { wrap: line.wrap });
    line.let('all');
    const stop = new AbortController();
    await fetchAll(candidate, stop.signal, () => stop.abort());
    const part = bodies(await readAll(candidate)).length;
    expect(part).toBeLessThan(450);
    line.let('failure');
    await expect(fetchAll(candidate)).rejects.toBeInstanceOf(HomeserverError);
    line.let('all');
    await fetchAll(candidate);
    expect(bodies(await readAll(candidate))).toEqual(numbered(1, 450));
  });

  it('leaves out what has not gone out, and names what can’t be opened', async () => {
    scene.keys.fate = 'backup';
    await say(recruiter, 'shut');
    const candidate = await scene.open('@candidate', { wrap: (homeserver) => ({ ...homeserver, fetchBackedUpKeys: async () => undefined }) });
    scene.fates.push('refused', 'refused');
    await say(candidate, 'never went out');
    await fetchAll(candidate);
    const items = await readAll(candidate);
    expect(items.filter(({ kind }) => kind !== 'membership')).toEqual([expect.objectContaining({ kind: 'sealed', sender: '@recruiter' })]);
  });

  it('asks the key backup before it calls a message shut', async () => {
    scene.keys.fate = 'backup';
    await say(recruiter, 'opened by the backup');
    const candidate = await scene.open('@candidate');
    await fetchAll(candidate);
    expect(bodies(await readAll(candidate))).toEqual(['opened by the backup']);
  });

  it('is not taken for whole before sync has brought its newest message', async () => {
    let isBehind = false;
    const lagging = (homeserver: Homeserver): Homeserver => ({ ...homeserver, onSync: (handler) => homeserver.onSync((update) => (isBehind ? new Promise(() => undefined) : handler(update))) });
    const candidate = await scene.open('@candidate', { wrap: lagging });
    await say(recruiter, 'first');
    isBehind = true;
    await say(recruiter, 'said a moment ago');
    await expect(fetchAll(candidate)).rejects.toBeInstanceOf(HomeserverError);
    candidate.kill();
    isBehind = false;
    const again = await scene.open('@candidate', { device: candidate.device });
    await fetchAll(again);
    expect(bodies(await readAll(again))).toEqual(['first', 'said a moment ago']);
  });

  it('says of a message that it is proven as soon as that is known', async () => {
    await say(recruiter, 'hello');
    let isKnown = false;
    const judging = (homeserver: Homeserver): Homeserver => ({
      ...homeserver,
      decrypt: async (event) => {
        const decryption = await homeserver.decrypt(event);
        return decryption.ok && !isKnown ? { ...decryption, authenticity: 'unverified' } : decryption;
      },
    });
    const candidate = await scene.open('@candidate', { wrap: judging });
    const proofs = async () => (await readAll(candidate)).flatMap((item) => (item.kind === 'message' ? [item.authenticity] : []));
    expect(await proofs()).toEqual(['unverified']);
    isKnown = true;
    expect(await proofs()).toEqual(['certified']);
    expect(candidate.sees().at(-1)).toMatchObject({ body: 'hello', authenticity: 'certified' });
  });

  it('waits for a homeserver', async () => {
    const offline = await scene.open('@candidate', { stayOffline: true });
    await expect(offline.session.readHistory(room)).rejects.toMatchObject({ code: 'OFFLINE' });
  });
});
