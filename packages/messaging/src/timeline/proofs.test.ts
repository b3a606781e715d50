import { beforeEach, describe, expect, it } from 'vitest';
import type { Homeserver, Proof, WireEvent } from '../ports.ts';
import { makeScene, room, type Actor, type Scene } from '../testing/scene.ts';

let scene: Scene;
let recruiter: Actor;
/** What is known by now: whoever stands here is proven to have written what comes from them. */
let known: Set<string>;
let decrypted: number;
let tell: (proof: Proof) => void;

beforeEach(async () => {
  scene = makeScene();
  recruiter = await scene.open('@recruiter');
  known = new Set();
  decrypted = 0;
});

const judging = (homeserver: Homeserver): Homeserver => ({
  ...homeserver,
  onProof: (handler) => ((tell = handler), () => undefined),
  decrypt: async (event) => {
    decrypted += 1;
    const decryption = await homeserver.decrypt(event);
    return decryption.ok && !known.has(event.sender) ? { ...decryption, authenticity: 'unverified' } : decryption;
  },
});
const say = async (...bodies: string[]): Promise<void> => {
  for (const body of bodies) void recruiter.session.send(room, { body }, body).catch(() => undefined);
  await scene.settle();
};
const proofs = (who: Actor): string[] => who.sees().flatMap((item) => (item.kind === 'message' ? [`${item.body} ${item.authenticity}`] : []));
const sessionOf = (body: string): string => {
  const event = scene.server.history(room).find(({ content }) => atob(String((content as WireEvent['content'])['ciphertext'])).includes(`"${body}"`));
  return String(event?.content['session_id']);
};

describe('A message whose writer was not proven when it was opened', () => {
  it('is shown as proven in an open thread as soon as their certificate is there', async () => {
    const candidate = await scene.open('@candidate', { wrap: judging });
    await say('m1', 'm2');
    expect(proofs(candidate)).toEqual(['m1 unverified', 'm2 unverified']);
    known.add('@recruiter');
    await scene.settle();
    expect(proofs(candidate)).toEqual(['m1 unverified', 'm2 unverified']);
    tell({ sender: '@recruiter' });
    await scene.settle();
    expect(proofs(candidate)).toEqual(['m1 certified', 'm2 certified']);
    candidate.kill();
    const again = await scene.open('@candidate', { device: candidate.device, stayOffline: true });
    expect(proofs(again)).toEqual(['m1 certified', 'm2 certified']);
  });

  it('is judged again, and no other, when its session is known to be theirs', async () => {
    const candidate = await scene.open('@candidate', { wrap: judging });
    // A session of the model is good for three messages.
    await say('m1', 'm2', 'm3', 'm4');
    known.add('@recruiter');
    decrypted = 0;
    tell({ sender: '@recruiter', session: { roomId: room, sessionId: sessionOf('m4') } });
    tell({ sender: '@recruiter', session: { roomId: '!elsewhere', sessionId: sessionOf('m1') } });
    tell({ sender: '@candidate' });
    await scene.settle();
    expect(proofs(candidate)).toEqual(['m1 unverified', 'm2 unverified', 'm3 unverified', 'm4 certified']);
    expect(decrypted).toBe(1);
  });

  it('is judged though it was being opened in the very moment in which that became known', async () => {
    let tellMeanwhile = true;
    const candidate = await scene.open('@candidate', {
      wrap: (homeserver) => ({
        ...judging(homeserver),
        decrypt: async (event) => {
          const decryption = await judging(homeserver).decrypt(event);
          if (tellMeanwhile) {
            tellMeanwhile = false;
            known.add('@recruiter');
            tell({ sender: '@recruiter' });
          }
          return decryption;
        },
      }),
    });
    await say('m1');
    expect(proofs(candidate)).toEqual(['m1 certified']);
  });

  it('is judged when its thread is opened, if that became known before', async () => {
    const candidate = await scene.open('@candidate', { wrap: judging });
    await say('m1');
    candidate.kill();
    known.add('@recruiter');
    const again = await scene.open('@candidate', { device: candidate.device, wrap: judging });
    await scene.settle();
    expect(proofs(again)).toEqual(['m1 certified']);
  });

  it('stays unproven as long as it is', async () => {
    const candidate = await scene.open('@candidate', { wrap: judging });
    await say('m1');
    tell({ sender: '@recruiter' });
    await scene.settle();
    expect(proofs(candidate)).toEqual(['m1 unverified']);
  });
});
