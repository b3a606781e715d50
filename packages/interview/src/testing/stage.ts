import { openCalls, type Calls, type CallState } from '../call/call.ts';
import { makeTestNetwork } from './network.ts';
import { people } from './people.ts';
import { makeTestRoom } from './room.ts';
import { makeTestClock, settled } from './steadyClock.ts';

/** Two people with two devices each, in one thread. */
export const deviceOwners = { desk: people.recruiter, laptop: people.recruiter, phone: people.candidate, tablet: people.candidate } as const;
export type Device = keyof typeof deviceOwners;
export const allDevices = Object.keys(deviceOwners) as Device[];

/** Calls between real machines on a network, a room and a clock in memory. */
export function makeCallStage(devices: readonly Device[] = allDevices) {
  const room = makeTestRoom();
  const network = makeTestNetwork();
  const clock = makeTestClock();
  const reports: string[] = [];
  const keepers = new Map<Device, string | null>();
  const pages = new Map<Device, Calls>();
  /** The two people's wall clocks are a day apart, and nobody minds. */
  const wallOf = (device: Device): number => Date.UTC(2026, 0, 5) + clock.now() + (deviceOwners[device] === people.recruiter ? 0 : 86_400_000);
  const track = { kind: 'test' } as unknown as MediaStreamTrack;

  const openPage = (device: Device): void => {
    const calls = openCalls({
      userId: deviceOwners[device], channel: room.channel(device, deviceOwners[device]), makeTransport: network.makeTransport(device), iceServers: async () => [], clock,
      wallClock: { now: () => wallOf(device) }, keeper: { read: () => keepers.get(device) ?? null, write: (text) => void keepers.set(device, text) },
      report: (what) => void reports.push(`${device}: ${what}`),
    });
    calls.setTracks({ voice: track, camera: track, screen: track, screenSound: track });
    pages.set(device, calls);
  };
  for (const device of devices) openPage(device);

  const on = (device: Device): Calls => {
    const calls = pages.get(device);
    if (calls === undefined) throw new Error(`${device} is not open`);
    return calls;
  };
  /** Delivers everything in order, what it brings about included. */
  const flow = async (): Promise<void> => {
    await settled();
    for (let next = room.underway.shift(); next !== undefined; next = room.underway.shift()) {
      room.deliver(next);
      await settled();
    }
  };
  return {
    room, network, clock, reports, on, flow,
    state: (device: Device): CallState => on(device).state.current(),
    phases: (): Record<string, string> => Object.fromEntries([...pages].map(([device, calls]) => [device, nameOf(calls.state.current())])),
    otherOf: (device: Device): string => (deviceOwners[device] === people.recruiter ? people.candidate : people.recruiter),
    start: (device: Device, kind: 'voice' | 'video' = 'video', booked = false): boolean =>
      on(device).start({ roomId: room.roomId, invitees: [deviceOwners[device] === people.recruiter ? people.candidate : people.recruiter], kind, booked }),
    /** Time passes, and everything arrives. */
    pass: async (ms: number, stepMs = 1_000): Promise<void> => {
      for (let passed = 0; passed < ms; passed += stepMs) {
        await clock.pass(Math.min(stepMs, ms - passed));
        await flow();
      }
    },
    reload: (device: Device): void => {
      on(device).close();
      room.disconnect(device);
      openPage(device);
    },
    /** Opens a page anew with what another one has kept, as duplicating a tab does. */
    duplicate: (from: Device, to: Device): void => {
      on(to).close();
      room.disconnect(to);
      keepers.set(to, keepers.get(from) ?? null);
      openPage(to);
    },
    closePage: (device: Device): void => {
      on(device).close();
      room.disconnect(device);
      pages.delete(device);
    },
    isOpen: (device: Device): boolean => pages.has(device),
  };
}

export type CallStage = ReturnType<typeof makeCallStage>;

function nameOf(state: CallState): string {
  return state.phase === 'ended' ? `ended: ${state.why}` : state.phase;
}
