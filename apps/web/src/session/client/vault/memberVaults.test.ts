import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { makeMemberVaults } from './memberVaults.ts';

type Dependencies = Parameters<typeof makeMemberVaults>[0];

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** A member's vaults; `rooms` says which project each room belongs to, `known` which of them this device has opened already. */
function makeWorld({ rooms, known = [] }: { rooms: Record<string, string>; known?: string[] }) {
  const read: string[] = [];
  const state = { head: 'h', epochs: [] };
  const vaults = makeMemberVaults({
    vault: {
      openProjectLog: async ({ project }: { project: string }) => ({
        project, current: () => (known.includes(project) ? state : null), organisation: { current: () => ({}) },
        refresh: async () => {
          read.push(project);
          return null;
        },
      }),
      openEpochs: () => ({ keys: [] }),
      makeVaultDepositor: () => ({}),
    },
    server: { projects: async () => [], teamRooms: async () => [], newestDeposits: async () => [] },
    account: { secrets: { account: 'acc_me' }, keys: {}, viewer: { mxid: '@m-me:x' } },
    organisationLog: { current: () => null, refresh: async () => null },
    conversations: { byRoom: (roomId: string) => ({ candidacy: { project: { id: rooms[roomId] } } }) },
    homeserver: { userId: '@m-me:x', exportSessions: async () => [] },
    progress: { read: async () => null, write: async () => undefined },
    clock: { now: () => 0 },
    report: (problem: unknown) => {
      throw problem;
    },
  } as unknown as Dependencies);
  return { vaults, read };
}

test('rooms that somebody comes into have their project read, though no hint has told of it', async () => {
  const { vaults, read } = makeWorld({ rooms: { '!a': 'prj_one', '!b': 'prj_one', '!c': 'prj_two' } });
  vaults.start();
  await vi.advanceTimersByTimeAsync(0);
  vaults.roomsCame(['!a']);
  vaults.roomsCame(['!b', '!c']);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(read).toEqual([]);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(new Set(read)).toEqual(new Set(['prj_one', 'prj_two']));
  vaults.stop();
});

test('a project that is open here needs no reading for another room of it, and what is there at the start is read anyway', async () => {
  const { vaults, read } = makeWorld({ rooms: { '!a': 'prj_open', '!b': 'prj_new' }, known: ['prj_open'] });
  vaults.roomsCame(['!b']);
  vaults.start();
  vaults.roomsCame(['!a']);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(read).toEqual([]);
  vaults.stop();
});
