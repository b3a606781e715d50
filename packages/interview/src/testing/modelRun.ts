import { hasUncertifiedPath, roguePeople, rogueSignal, type RogueSignal } from './rogue.ts';
import { allDevices, deviceOwners, makeCallStage, type CallStage, type Device } from './stage.ts';
import { settled } from './steadyClock.ts';

/** What may happen to two people with two devices each. Numbers choose among what there is. */
export type Command =
  | { do: 'start'; device: Device; kind: 'voice' | 'video' }
  | { do: 'accept' | 'decline' | 'hang up' | 'reload'; device: Device }
  /** Some of what is on its way arrives, in any order. */
  | { do: 'deliver'; picks: readonly number[] }
  /** Something arrives twice. */
  | { do: 'repeat'; pick: number }
  | { do: 'lose'; pick: number }
  | { do: 'pass'; ms: number }
  | { do: 'cut' | 'heal' }
  | { do: 'forge'; signal: RogueSignal; pick: number };

/**
 * Plays commands, lets the world come to rest and says what is wrong with it then.
 * @param mustBeLive whether there has to be a call in the end
 * @returns a line for each promise that was not kept
 */
export async function runCalls(commands: readonly Command[], { mustBeLive = false } = {}): Promise<string[]> {
  const stage = makeCallStage();
  const wrong: string[] = [];
  for (const command of commands) {
    await perform(stage, command);
    await settled();
    wrong.push(...judgeAlways(stage));
  }
  stage.network.heal();
  // What is still under way arrives, and every limit passes once.
  await stage.pass(400_000, 4_000);
  if (mustBeLive && !Object.values(stage.phases()).includes('live')) wrong.push('there is no call');
  return [...wrong, ...judgeAlways(stage), ...judgeAtRest(stage)];
}

async function perform({ room, network, clock, ...stage }: CallStage, command: Command): Promise<void> {
  const take = (pick: number) => (room.underway.length === 0 ? undefined : room.underway.splice(pick % room.underway.length, 1)[0]);
  switch (command.do) {
    case 'start':
      return void stage.start(command.device, command.kind);
    case 'accept':
      return stage.on(command.device).accept({ video: true });
    case 'decline':
      return stage.on(command.device).decline();
    case 'hang up':
      return stage.on(command.device).hangUp();
    case 'reload':
      return stage.reload(command.device);
    case 'deliver':
      for (const pick of command.picks) {
        const next = take(pick);
        if (next !== undefined) room.deliver(next);
      }
      return;
    case 'repeat': {
      const again = room.underway[command.pick % Math.max(1, room.underway.length)];
      if (again !== undefined) room.deliver(again);
      return;
    }
    case 'lose':
      return void take(command.pick);
    case 'pass':
      return clock.pass(command.ms);
    case 'cut':
      return network.cut();
    case 'heal':
      return network.heal();
    case 'forge': {
      const sent = room.sent[command.pick % Math.max(1, room.sent.length)];
      return room.inject(rogueSignal(command.signal, sent?.content));
    }
  }
}

/** True at every moment. */
function judgeAlways({ network, room }: CallStage): string[] {
  const wrong = [];
  if (hasUncertifiedPath(network.met)) wrong.push('a description of an uncertified device was taken');
  if (room.sent.some(({ content }) => roguePeople.some((party) => JSON.stringify(content).includes(party)))) wrong.push('something was sent to an uncertified device');
  return wrong;
}

/** True when nothing is under way any more and every limit has passed. */
function judgeAtRest(stage: CallStage): string[] {
  const wrong = [];
  const states = allDevices.map((device) => ({ device, state: stage.state(device) }));
  for (const { device, state } of states) if (state.phase.startsWith('ringing')) wrong.push(`${device} rings on for ever`);
  for (const { device, state } of states) if (state.phase === 'connecting' || state.phase === 'reconnecting') wrong.push(`${device} is neither in the call nor out of it: ${state.phase}`);
  const live = states.filter(({ state }) => state.phase === 'live');
  const owners = live.map(({ device }) => deviceOwners[device]);
  if (new Set(owners).size !== owners.length) wrong.push(`two devices of one person are in the call: ${live.map(({ device }) => device).join(', ')}`);
  if (live.length !== 0 && live.length !== 2) wrong.push(`the ends do not agree: ${JSON.stringify(stage.phases())}`);
  if (new Set(live.map(({ state }) => (state.phase === 'live' ? state.callId : ''))).size > 1) wrong.push('they are in different calls');
  for (const device of allDevices) {
    const expected = live.some((each) => each.device === device) ? 1 : 0;
    if (stage.network.openOf(device) !== expected) wrong.push(`${device} has ${stage.network.openOf(device)} connections, not ${expected}`);
    if (expected === 0 && stage.network.sentBy(device).length > 0) wrong.push(`${device} sends without a call`);
  }
  return wrong;
}
