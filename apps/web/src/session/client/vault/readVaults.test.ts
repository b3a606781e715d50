import type { DepositAnswer, SessionCopy } from '@baton/vault';
import { describe, expect, test } from 'vitest';
import { makeVaultReader, type VaultProgress } from './readVaults.ts';

type Dependencies = Parameters<typeof makeVaultReader>[0];

const copy = (depositor: string, claims: boolean, number = 1): SessionCopy => ({ number, depositor, writer: claims ? depositor : null, firstIndex: 0, exported: `copy of ${depositor}` });

/**
 * A room with one session. `events`: whose message on it waits for its key. `genuine`: whose copy really opens it. `unknown`: its
 * candidate's certificate is asked for first. `kept`: what this device remembers of an earlier day. `newest`: numbers of the deposits in
 * the rooms that come first; `hold`: the others don't come before that.
 */
function reading({ copies, events, genuine, unknown, kept, newest = [], hold }: { copies: SessionCopy[]; events?: string; genuine?: string; unknown?: boolean; kept?: VaultProgress; newest?: number[]; hold?: Promise<void> }) {
  const imported: string[] = [];
  const learnt: string[] = [];
  const looked: string[] = [];
  const checked: number[] = [];
  const timers: { delay: number; task(): void }[] = [];
  let progress: Record<string, VaultProgress> | null = kept ? { prj: kept } : null;
  let asked: string | undefined;
  let waiting = events;
  const served = copies.map(({ number }) => ({ number, roomId: '!r', sessionId: 's' }));
  const reader = makeVaultReader({
    vault: {
      mostDeposits: 100,
      mxidOf: (kind: string, account: string, server: string) => `@${kind} ${account}:${server}`,
      readDeposits: async ({ senderOf }: { senderOf(room: string, session: string): string | undefined }, _: unknown, page: DepositAnswer[]) => {
        asked = senderOf('!r', 's');
        if (unknown && looked.length === 0) return { sessions: [], refused: [{ number: 1, roomId: '!r', sessionId: 's', depositorId: 'acc_lin', code: 'UNKNOWN_MEMBER' }] };
        const here = copies.filter(({ number }) => page.some((deposit) => deposit.number === number));
        return { sessions: here.length > 0 ? [{ roomId: '!r', sessionId: 's', copies: here }] : [], refused: [] };
      },
    },
    account: { viewer: { mxid: '@m-me:x' } },
    trust: { refresh: async (mxids: string[]) => void looked.push(...mxids) },
    vaults: { log: async () => ({ refresh: async () => null }), open: async () => ({}) },
    server: {
      deposits: async (_project: string, after: number) => {
        await hold;
        return served.filter(({ number }) => number > after);
      },
      newestDeposits: async () => served.filter(({ number }) => newest.includes(number)),
      check: async (_project: string, checks: { number: number }[]) => void checked.push(...checks.map(({ number }) => number)),
    },
    homeserver: {
      importSessions: async (exported: string[]) => void imported.push(...exported),
      opensEvent: async (exported: string) => exported === `copy of ${genuine}`,
    },
    attributions: { learn: (_room: string, _session: string, sender: string) => void learnt.push(sender) },
    store: { undecrypted: async () => (waiting === undefined ? [] : [{ wire: { roomId: '!r', sender: waiting, content: { session_id: 's' } } }]) },
    progress: { read: async () => progress, write: async (value: typeof progress) => void (progress = structuredClone(value)) },
    scheduler: {
      now: () => 0,
      after: (delay: number, task: () => void) => {
        const timer = { delay, task };
        timers.push(timer);
        return () => void (timers.includes(timer) && timers.splice(timers.indexOf(timer), 1));
      },
    },
    report: (problem: unknown) => {
      throw problem;
    },
  } as unknown as Dependencies);
  return {
    read: () => reader.read('prj'),
    stop: reader.stop,
    imported, learnt, looked, checked, timers,
    asked: () => asked,
    kept: () => progress?.['prj'],
    /** The room's messages come. */
    arrive: (sender: string) => void (waiting = sender),
    /** The next attempt's time has come. */
    tick: async () => {
      timers.shift()?.task();
      await new Promise((resolve) => setTimeout(resolve));
    },
  };
}

test('a sender’s own copy is taken as it is, says who wrote, and counts as found whole', async () => {
  const { read, imported, learnt, checked, kept } = reading({ copies: [copy('lin', true, 7)] });
  await read();
  expect([imported, learnt, checked]).toEqual([['copy of lin'], ['lin'], [7]]);
  expect(kept()).toEqual({ read: 7, untried: [] });
});

describe('a vault of which nothing was read', () => {
  const copies = [copy('lin', true, 7)];

  test('begins with its newest rooms, before the rest has come, and takes nothing twice', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const { read, imported, checked, kept } = reading({ copies, newest: [7], hold: promise });
    const reads = read();
    await new Promise((settle) => setTimeout(settle));
    expect([imported, checked, kept()]).toEqual([['copy of lin'], [], undefined]);
    resolve();
    await reads;
    expect([imported, checked, kept()]).toEqual([['copy of lin'], [7], { read: 7, untried: [] }]);
  });

  test('is told from one of which something was: that goes on where it was', async () => {
    const { read, imported } = reading({ copies, newest: [7], kept: { read: 7, untried: [] } });
    await read();
    expect(imported).toEqual([]);
  });
});

test('what was read is not read again', async () => {
  const { read, imported } = reading({ copies: [copy('lin', true, 7)], kept: { read: 7, untried: [] } });
  await read();
  await read();
  expect(imported).toEqual([]);
});

test('a candidate who has just come is looked up, for a page is read once', async () => {
  const { read, imported, looked } = reading({ copies: [copy('lin', true)], unknown: true });
  await read();
  expect([imported, looked]).toEqual([['copy of lin'], ['@candidate acc_lin:x']]);
});

test('whose events a session’s are is known from those that wait for their key', async () => {
  const { read, asked } = reading({ copies: [copy('lin', true)], events: 'lin' });
  await read();
  expect(asked()).toBe('lin');
});

test('a copy of somebody else is taken when it has opened a message, and says nothing of who wrote', async () => {
  const opens = reading({ copies: [copy('eve', false), copy('bo', false, 2)], events: 'lin', genuine: 'bo' });
  await opens.read();
  expect([opens.imported, opens.learnt]).toEqual([['copy of bo'], []]);
  expect(opens.kept()).toEqual({ read: 2, untried: [] });
});

test('where two say that a session is theirs, neither is taken unseen; the sender’s that opens a message is', async () => {
  const copies = [copy('eve', true), copy('lin', true, 2)];
  const unseen = reading({ copies });
  await unseen.read();
  expect([unseen.imported, unseen.learnt]).toEqual([[], []]);
  const seen = reading({ copies, events: 'lin', genuine: 'lin' });
  await seen.read();
  expect([seen.imported, seen.learnt]).toEqual([['copy of lin'], ['lin']]);
});

describe('a copy that no message was there to try', () => {
  const copies = [copy('bo', false, 4)];

  test('is tried again a moment later, when the room has come', async () => {
    const { read, arrive, tick, imported, timers, kept } = reading({ copies, genuine: 'bo' });
    await read();
    await tick();
    expect([imported, timers.map(({ delay }) => delay)]).toEqual([[], [5_000]]);
    arrive('lin');
    await tick();
    expect([imported, timers, kept()]).toEqual([['copy of bo'], [], { read: 4, untried: [] }]);
  });

  test('is remembered: a reload loses nothing', async () => {
    const before = reading({ copies, genuine: 'bo' });
    await before.read();
    before.stop();
    expect([before.kept(), before.timers]).toEqual([{ read: 4, untried: [4] }, []]);
    const after = reading({ copies, genuine: 'bo', events: 'lin', kept: before.kept()! });
    await after.read();
    expect([after.imported, after.kept()]).toEqual([['copy of bo'], { read: 4, untried: [] }]);
  });

  test('and was replaced in the meantime is forgotten', async () => {
    const { read, kept } = reading({ copies: [copy('lin', true, 9)], kept: { read: 4, untried: [4] } });
    await read();
    expect(kept()).toEqual({ read: 9, untried: [] });
  });
});
