import { BatonError } from '@baton/base';
import { HomeserverError, type TimelineItem } from '@baton/messaging';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { RoomReading } from '../../exportContract.ts';
import { readRoom, type ReadingSession } from './readRoom.ts';

const items = [{ kind: 'sealed', key: '$1', sender: '@c:x', at: 0 }] satisfies TimelineItem[];

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A session whose steps fail as given, each time with the next error, and then do what they should. */
function reading({ fetching = [], member = true }: { fetching?: unknown[]; member?: boolean }) {
  const told: RoomReading[] = [];
  const steps: string[] = [];
  const end = new AbortController();
  const session = {
    online: async () => ({ vaults: { changed: async (projectId: string) => void steps.push(`vault ${projectId}`) } }),
    local: {
      session: {
        rooms: { current: () => (member ? [{ roomId: '!r', membership: 'join' }] : []) },
        fetchHistory: async (_: string, { onPage, signal }: { onPage(): void; signal: AbortSignal }) => {
          steps.push('fetch');
          if (signal.aborted) return;
          onPage();
          if (fetching.length > 0) throw fetching.shift();
        },
        readHistory: async () => (steps.push('read'), items),
      },
    },
  } as unknown as ReadingSession;
  const done = readRoom({ session: () => session, report: () => undefined }, { projectId: 'prj', roomId: '!r', signal: end.signal, tell: (next) => void told.push(next) });
  return { told, steps, done, end };
}

const through = async <T>(work: Promise<T>): Promise<T> => {
  await vi.advanceTimersByTimeAsync(120_000);
  return work;
};

test('history comes first, then the vault’s keys to it, then it is read', async () => {
  const { told, steps, done } = reading({});
  await through(done);
  expect(steps).toEqual(['fetch', 'vault prj', 'read']);
  expect(told).toEqual([{ phase: 'reading', pages: 1 }, { phase: 'read', items, complete: true }]);
});

test('a broken connection is waited for, and what was fetched counts on', async () => {
  const { told, done } = reading({ fetching: [new BatonError('OFFLINE'), new HomeserverError({ kind: 'again', outcome: 'unsent' }, 'no answer')] });
  await through(done);
  expect(told).toEqual([
    { phase: 'reading', pages: 1 }, { phase: 'waiting', pages: 1 }, { phase: 'reading', pages: 2 }, { phase: 'waiting', pages: 2 },
    { phase: 'reading', pages: 3 }, { phase: 'read', items, complete: true },
  ]);
});

test('what the homeserver keeps back leaves the thread incomplete', async () => {
  const { told, done } = reading({ fetching: [new HomeserverError({ kind: 'refused', status: 403, code: 'M_FORBIDDEN' }, 'forbidden')] });
  await through(done);
  expect(told.at(-1)).toEqual({ phase: 'read', items, complete: false });
});

test('a room that never comes is incomplete, not empty', async () => {
  const { told, done } = reading({ member: false });
  await through(done);
  expect(told.at(-1)).toEqual({ phase: 'read', items, complete: false });
});

test('a device without room says so', async () => {
  const { told, done } = reading({ fetching: [new BatonError('STORAGE_FULL')] });
  await through(done);
  expect(told.at(-1)).toEqual({ phase: 'failed', code: 'STORAGE_FULL' });
});

test('closed while it waits it ends, and tells nothing more', async () => {
  const { told, done, end, steps } = reading({ fetching: [new BatonError('OFFLINE')] });
  await vi.advanceTimersByTimeAsync(10);
  end.abort();
  await done;
  expect([steps, told.at(-1)]).toEqual([['fetch'], { phase: 'waiting', pages: 1 }]);
});
