import { describe, expect, it } from 'vitest';
import { people } from '../testing/people.ts';
import { makeCallStage, type CallStage } from '../testing/stage.ts';
import { writeSignal } from './signals.ts';

/** A call from the desk that the phone has accepted. */
async function inCall(stage: CallStage): Promise<void> {
  stage.start('desk');
  await stage.flow();
  stage.on('phone').accept({ video: true });
  await stage.flow();
}

describe('A call', () => {
  it('rings on every device of the other side, stands before anybody accepts, and hides addresses until then', async () => {
    const stage = makeCallStage();
    stage.start('desk');
    await stage.flow();
    expect(stage.phases()).toEqual({ desk: 'ringing-out', laptop: 'idle', phone: 'ringing-in', tablet: 'ringing-in' });
    expect(stage.state('desk')).toMatchObject({ path: 'connected', kind: 'video' });
    expect(['desk', 'phone', 'tablet'].map((device) => stage.network.isHidden(device))).toEqual([true, true, true]);
    expect(['desk', 'phone', 'tablet'].flatMap((device) => stage.network.sentBy(device))).toEqual([]);
  });

  it('is live as soon as it is accepted, while a direct way is sought', async () => {
    const stage = makeCallStage();
    await inCall(stage);
    expect(stage.phases()).toEqual({ desk: 'live', laptop: 'idle', phone: 'live', tablet: 'ended: answered elsewhere' });
    expect(stage.network.isHidden('desk') || stage.network.isHidden('phone')).toBe(false);
    expect([stage.network.sentBy('desk'), stage.network.sentBy('phone')]).toEqual([['voice', 'camera'], ['voice', 'camera']]);
    expect(stage.network.openOf('tablet')).toBe(0);
    expect(stage.reports).toEqual([]);
  });

  it('is accepted on the way that stands, though the room is slow', async () => {
    const stage = makeCallStage();
    stage.start('desk');
    await stage.flow();
    stage.on('phone').accept({ video: false });
    await stage.clock.pass(10);
    expect(stage.phases()).toMatchObject({ desk: 'live', phone: 'live' });
  });

  it('gives a device that was not the warm one a connection of its own', async () => {
    const stage = makeCallStage();
    stage.start('desk');
    await stage.flow();
    stage.on('tablet').accept({ video: true });
    await stage.flow();
    expect(stage.phases()).toEqual({ desk: 'live', laptop: 'idle', phone: 'ended: answered elsewhere', tablet: 'live' });
    expect([stage.network.openOf('desk'), stage.network.openOf('phone'), stage.network.openOf('tablet')]).toEqual([1, 0, 1]);
    expect(stage.network.sentBy('phone')).toEqual([]);
  });

  it('is taken by one device when two accept at once', async () => {
    const stage = makeCallStage();
    stage.start('desk');
    await stage.flow();
    stage.on('tablet').accept({ video: true });
    stage.on('phone').accept({ video: true });
    await stage.flow();
    expect(Object.values(stage.phases()).toSorted()).toEqual(['ended: answered elsewhere', 'idle', 'live', 'live']);
  });

  it('needs no way that hides addresses in a lobby that both have entered', async () => {
    const stage = makeCallStage(['desk', 'phone']);
    stage.start('desk', 'video', true);
    await stage.flow();
    expect([stage.network.isHidden('desk'), stage.network.isHidden('phone')]).toEqual([false, false]);
  });
});

describe('Voice and video', () => {
  it('lets video be accepted with voice only', async () => {
    const stage = makeCallStage(['desk', 'phone']);
    stage.start('desk', 'video');
    await stage.flow();
    stage.on('phone').accept({ video: false });
    await stage.flow();
    expect(stage.network.sentBy('phone')).toEqual(['voice']);
    expect(stage.state('desk')).toMatchObject({ theirs: { voice: true, camera: false } });
  });

  it('lets either side go from voice to video and back without a further offer', async () => {
    const stage = makeCallStage(['desk', 'phone']);
    stage.start('desk', 'voice');
    await stage.flow();
    stage.on('phone').accept({ video: false });
    await stage.pass(1_000);
    const offers = stage.network.offersOf('desk');
    stage.on('phone').setSending({ camera: true });
    await stage.flow();
    expect(stage.state('desk')).toMatchObject({ theirs: { voice: true, camera: true } });
    expect(stage.network.sentBy('phone')).toEqual(['voice', 'camera']);
    stage.on('phone').setSending({ camera: false, voice: false });
    await stage.flow();
    expect(stage.state('desk')).toMatchObject({ theirs: { voice: false, camera: false } });
    expect(stage.network.sentBy('phone')).toEqual([]);
    expect(stage.network.offersOf('desk')).toBe(offers);
  });

  it('shares a screen with its sound', async () => {
    const stage = makeCallStage(['desk', 'phone']);
    await inCall(stage);
    stage.on('desk').setSending({ screen: true });
    await stage.flow();
    expect(stage.network.sentBy('desk')).toEqual(['voice', 'camera', 'screen', 'screenSound']);
    expect(stage.state('phone')).toMatchObject({ theirs: { screen: true } });
  });
});

describe('A call that nobody takes', () => {
  it('is declined on one device for all of them, with a text where there is one', async () => {
    const stage = makeCallStage();
    stage.start('desk');
    await stage.flow();
    stage.on('phone').decline('In ten minutes, please');
    await stage.flow();
    expect(stage.phases()).toEqual({ desk: 'ended: declined', laptop: 'idle', phone: 'ended: declined', tablet: 'ended: answered elsewhere' });
    expect(stage.room.texts).toEqual([{ sender: people.candidate, text: 'In ten minutes, please' }]);
  });

  it('is missed when the caller gives up, and when its time is over', async () => {
    const stage = makeCallStage();
    stage.start('desk');
    await stage.flow();
    stage.on('desk').hangUp();
    await stage.flow();
    expect(stage.phases()).toEqual({ desk: 'ended: hung up', laptop: 'idle', phone: 'ended: missed', tablet: 'ended: missed' });
    stage.start('desk');
    await stage.pass(61_000);
    expect(stage.phases()).toEqual({ desk: 'ended: no answer', laptop: 'idle', phone: 'ended: missed', tablet: 'ended: missed' });
  });

  it('stops ringing by itself where the caller is heard of no more, counted from its arrival and by no clock', async () => {
    const stage = makeCallStage();
    stage.start('desk');
    await stage.flow();
    stage.closePage('desk');
    await stage.pass(60_000);
    expect(stage.phases()).toMatchObject({ phone: 'ended: missed', tablet: 'ended: missed' });
  });

  it('rings no longer than it has left, and not at all when it is too old', async () => {
    const stage = makeCallStage(['phone']);
    const invite = (callId: string) => writeSignal({ is: 'invite', callId, party: 'there', epoch: 0, kind: 'voice', booked: false, invitees: [people.candidate], lifetimeMs: 60_000, offer: { type: 'offer', sdp: 'x' } });
    stage.room.inject({ sender: people.recruiter, certified: true, joined: true, ...invite('old'), ageMs: 86_400_000 });
    await stage.flow();
    expect(stage.phases()).toEqual({ phone: 'idle' });
    stage.room.inject({ sender: people.recruiter, certified: true, joined: true, ...invite('late'), ageMs: 50_000 });
    await stage.flow();
    expect(stage.phases()).toEqual({ phone: 'ringing-in' });
    await stage.pass(10_000);
    expect(stage.phases()).toEqual({ phone: 'ended: missed' });
  });

  it('says busy to a third', async () => {
    const stage = makeCallStage(['desk', 'phone']);
    await inCall(stage);
    const invite = writeSignal({ is: 'invite', callId: 'third', party: 'there', epoch: 0, kind: 'voice', booked: false, invitees: [people.candidate], lifetimeMs: 60_000, offer: { type: 'offer', sdp: 'x' } });
    stage.room.inject({ sender: '@colleague:test', certified: true, joined: true, ...invite, ageMs: 0 });
    await stage.flow();
    expect(stage.room.sent.at(-1)).toMatchObject({ type: 'm.call.reject', content: { call_id: 'third', reason: 'user_busy' } });
    expect(stage.phases()).toEqual({ desk: 'live', phone: 'live' });
  });

  it('hears that the other side is busy', async () => {
    const stage = makeCallStage(['desk']);
    stage.start('desk');
    await stage.flow();
    const callId = stage.room.sent[0]!.content['call_id'] as string;
    stage.room.inject({ sender: people.candidate, certified: true, joined: true, ...writeSignal({ is: 'reject', callId, party: 'there', epoch: 0, reason: 'busy' }), ageMs: 0 });
    await stage.flow();
    expect(stage.phases()).toEqual({ desk: 'ended: busy' });
  });
});

describe('Both call at once', () => {
  it('ends in one call, and nobody has to press anything', async () => {
    const stage = makeCallStage();
    stage.start('desk', 'video');
    stage.start('phone', 'voice');
    await stage.pass(2_000);
    expect(stage.phases()).toMatchObject({ desk: 'live', phone: 'live' });
    expect(Object.values(stage.phases()).filter((phase) => phase.startsWith('ringing'))).toEqual([]);
    expect([stage.network.sentBy('desk'), stage.network.sentBy('phone')]).toEqual([['voice', 'camera'], ['voice']]);
    const callIds = stage.room.sent.filter(({ type }) => type === 'm.call.invite').map(({ content }) => content['call_id'] as string);
    expect(stage.state('phone')).toMatchObject({ callId: callIds.toSorted()[0] });
  });

  it('takes calling somebody who rings here for accepting', async () => {
    const stage = makeCallStage(['desk', 'phone']);
    stage.start('desk');
    await stage.flow();
    expect(stage.start('phone', 'voice')).toBe(true);
    await stage.flow();
    expect(stage.phases()).toEqual({ desk: 'live', phone: 'live' });
  });
});

describe('A way that breaks', () => {
  it('is not noticed while it flaps, and no offer is made for it', async () => {
    const stage = makeCallStage(['desk', 'phone']);
    await inCall(stage);
    const offers = stage.network.offersOf('desk');
    for (let flap = 0; flap < 5; flap += 1) {
      stage.network.cut();
      await stage.pass(2_500, 500);
      stage.network.heal();
      await stage.pass(500, 500);
    }
    expect(stage.phases()).toEqual({ desk: 'live', phone: 'live' });
    expect(stage.network.offersOf('desk')).toBe(offers);
  });

  it('is sought again when it is gone for 30 seconds, and nobody hangs up', async () => {
    const stage = makeCallStage(['desk', 'phone']);
    await inCall(stage);
    const offers = stage.network.offersOf('desk');
    stage.network.cut();
    await stage.pass(30_000);
    expect(stage.phases()).toEqual({ desk: 'reconnecting', phone: 'reconnecting' });
    expect(stage.network.offersOf('desk')).toBeGreaterThan(offers);
    stage.network.heal();
    await stage.pass(10_000);
    expect(stage.phases()).toEqual({ desk: 'live', phone: 'live' });
  });

  it('is given up after three minutes by both', async () => {
    const stage = makeCallStage(['desk', 'phone']);
    await inCall(stage);
    stage.network.cut();
    await stage.pass(175_000);
    expect(stage.phases()).toEqual({ desk: 'reconnecting', phone: 'reconnecting' });
    await stage.pass(10_000);
    expect(stage.phases()).toEqual({ desk: 'ended: failed', phone: 'ended: failed' });
  });
});

describe('A page that is reloaded in a call', () => {
  it.each(['desk', 'phone'] as const)('comes back: %s', async (device) => {
    const stage = makeCallStage();
    await inCall(stage);
    stage.on('phone').setSending({ camera: false });
    await stage.flow();
    stage.reload(device);
    await stage.pass(2_000);
    expect(stage.phases()).toMatchObject({ desk: 'live', phone: 'live' });
    expect(stage.network.sentBy('phone')).toEqual(['voice']);
    expect([stage.network.openOf('desk'), stage.network.openOf('phone')]).toEqual([1, 1]);
  });

  it('comes back when both are reloaded at once, and more than once', async () => {
    const stage = makeCallStage();
    await inCall(stage);
    stage.reload('desk');
    stage.reload('phone');
    await stage.pass(10_000);
    expect(stage.phases()).toMatchObject({ desk: 'live', phone: 'live' });
    stage.reload('phone');
    stage.reload('phone');
    await stage.pass(10_000);
    expect(stage.phases()).toMatchObject({ desk: 'live', phone: 'live' });
  });

  it.each([['desk', 'laptop'], ['phone', 'tablet']] as const)('hands the call over when a tab is duplicated: %s', async (from, to) => {
    const stage = makeCallStage();
    await inCall(stage);
    stage.duplicate(from, to);
    await stage.pass(2_000);
    expect(stage.phases()).toMatchObject({ [from]: 'ended: answered elsewhere', [to]: 'live' });
    expect(Object.values(stage.phases()).filter((phase) => phase === 'live')).toHaveLength(2);
  });

  it('goes on ringing where it was the caller', async () => {
    const stage = makeCallStage(['desk', 'phone']);
    stage.start('desk');
    await stage.flow();
    stage.reload('desk');
    await stage.pass(1_000);
    stage.on('phone').accept({ video: true });
    await stage.pass(1_000);
    expect(stage.phases()).toEqual({ desk: 'live', phone: 'live' });
  });

  it('does not come back into a call that was hung up', async () => {
    const stage = makeCallStage(['desk', 'phone']);
    await inCall(stage);
    stage.on('phone').hangUp();
    stage.reload('phone');
    await stage.flow();
    expect(stage.phases()).toEqual({ desk: 'ended: hung up', phone: 'idle' });
  });

  it('learns that the other side has hung up meanwhile, though that was never heard', async () => {
    const stage = makeCallStage(['desk', 'phone']);
    await inCall(stage);
    stage.network.cut();
    stage.on('desk').hangUp();
    stage.room.underway.length = 0;
    stage.reload('phone');
    await stage.pass(1_000);
    expect(stage.phases()).toEqual({ desk: 'ended: hung up', phone: 'ended: hung up' });
  });
});

describe('What is refused', () => {
  const offer = { type: 'offer', sdp: 'x' } as const;
  const invite = writeSignal({ is: 'invite', callId: 'call', party: 'there', epoch: 0, kind: 'video', booked: false, invitees: [people.candidate], lifetimeMs: 60_000, offer });

  it.each([
    ['of a device that nobody certified', { certified: false, joined: true, sender: people.recruiter }],
    ['of somebody who has left', { certified: true, joined: false, sender: people.recruiter }],
  ])('an invitation %s', async (_, from) => {
    const stage = makeCallStage(['phone']);
    stage.room.inject({ ...from, ...invite, ageMs: 0 });
    await stage.flow();
    expect(stage.phases()).toEqual({ phone: 'idle' });
    expect(stage.room.sent).toEqual([]);
    expect(stage.network.openOf('phone')).toBe(0);
  });

  it('an invitation for somebody else', async () => {
    const stage = makeCallStage(['laptop']);
    stage.room.inject({ sender: '@colleague:test', certified: true, joined: true, ...invite, ageMs: 0 });
    await stage.flow();
    expect(stage.phases()).toEqual({ laptop: 'idle' });
    expect(stage.room.sent).toEqual([]);
  });

  it('an invitation that comes again when the call is over', async () => {
    const stage = makeCallStage(['desk', 'phone']);
    await inCall(stage);
    const { type, content, sender } = stage.room.sent[0]!;
    stage.on('desk').hangUp();
    await stage.flow();
    stage.room.inject({ type, content, sender, certified: true, joined: true, ageMs: null });
    await stage.flow();
    expect(stage.phases()).toEqual({ desk: 'ended: hung up', phone: 'ended: hung up' });
  });

  it.each(['hangup', 'negotiate', 'select'] as const)('a forged %s of a third in the room', async (is) => {
    const stage = makeCallStage(['desk', 'phone']);
    await inCall(stage);
    const callId = stage.room.sent[0]!.content['call_id'] as string;
    const from = { callId, party: 'zz', epoch: 9 };
    const signal = is === 'hangup' ? { ...from, is, reason: 'user_hangup' as const } : is === 'select' ? { ...from, is, selected: 'zz' } : { ...from, is, connection: 9, round: 9, to: 'zz', description: offer };
    for (const [sender, certified] of [['@colleague:test', true], [people.recruiter, false], [people.candidate, false]] as const) {
      stage.room.inject({ sender, certified, joined: true, ...writeSignal(signal), ageMs: 0 });
    }
    await stage.pass(1_000);
    expect(stage.phases()).toEqual({ desk: 'live', phone: 'live' });
    expect(stage.network.met.flat().filter((name) => name === 'x')).toEqual([]);
  });

  it('a call with somebody who leaves the room', async () => {
    const stage = makeCallStage(['desk', 'phone']);
    await inCall(stage);
    stage.room.leave(people.candidate);
    await stage.flow();
    expect(stage.phases()).toEqual({ desk: 'ended: left', phone: 'ended: left' });
    expect([stage.network.openOf('desk'), stage.network.openOf('phone')]).toEqual([0, 0]);
  });
});
