import { BatonError, makeSubject, type Subscribable } from '@baton/base';
import { describe, expect, it, vi } from 'vitest';
import { connect, remote, serve, type Link } from './index.ts';
import { makeFakeBrowser, type FakeAgent } from './testing/fakeBrowser.ts';

interface Api {
  readonly title: Subscribable<string>;
  readonly rooms: Subscribable<readonly { id: string }[]>;
  readonly account: { signIn(name: string): Promise<string> };
  openTimeline(room: string): { state: Subscribable<{ items: readonly string[] }>; close(): void };
  count(): Promise<number>;
  never(): Promise<void>;
}

/** What one worker serves. The first has its timeline at hand, its successors read it from disk. */
const makeLife = (worker: FakeAgent, number: number) => ({
  worker,
  title: makeSubject(`life ${number}`),
  rooms: makeSubject<readonly { id: string }[]>([{ id: 'a' }, { id: 'b' }]),
  timeline: makeSubject<{ items: readonly string[] }>({ items: number === 1 ? ['hello'] : [] }),
  opened: 0,
  calls: 0,
});

/** An origin whose workers serve a small API; `lives` are the workers that ran, oldest first. */
function makeOrigin() {
  const browser = makeFakeBrowser();
  const lives: ReturnType<typeof makeLife>[] = [];
  const openTab = () => {
    const page = browser.openTab();
    const link: Link = connect('test', () => {
      return browser.spawn(page, (environment, direct, worker) => {
        const life = makeLife(worker, lives.length + 1);
        serve('test', async () => {
          lives.push(life);
          return {
            title: life.title,
            rooms: life.rooms,
            account: {
              async signIn(name: string) {
                if (name === '') throw new BatonError('NAME_EMPTY', { least: 1 });
                return `hello ${name}`;
              },
            },
            openTimeline: () => {
              life.opened++;
              return { state: life.timeline, close: () => void life.opened-- };
            },
            count: async () => ++life.calls,
            never: () => new Promise(() => {}),
          } satisfies Api;
        }, environment, direct);
      });
    }, page.environment);
    const api = remote<Api>(link, {
      title: { initial: '' },
      rooms: { initial: [] },
      account: {},
      openTimeline: () => ({ state: { initial: { items: [] }, settled: ({ items }) => items.length > 0 } }),
    });
    return { page, link, api };
  };
  return { browser, lives, openTab };
}

describe('one worker for all tabs', () => {
  it('is spawned once, and answers the tab that spawned it and every other', async () => {
    const origin = makeOrigin();
    const [first, second] = [origin.openTab(), origin.openTab()];
    expect(await first.api.account.signIn('Ann')).toBe('hello Ann');
    expect(await second.api.account.signIn('Ben')).toBe('hello Ben');
    expect(origin.lives).toHaveLength(1);
  });

  it('hands errors over with code and details', async () => {
    const { api } = makeOrigin().openTab();
    await expect(api.account.signIn('')).rejects.toMatchObject({ name: 'BatonError', code: 'NAME_EMPTY', details: { least: 1 } });
  });

  it('keeps values in step in each tab, and leaves what did not change the same object', async () => {
    const origin = makeOrigin();
    const { api } = origin.openTab();
    const seen: (readonly { id: string }[])[] = [];
    api.rooms.subscribe((rooms) => seen.push(rooms));
    await vi.waitFor(() => expect(api.rooms.current()).toHaveLength(2));
    const before = api.rooms.current();
    const life = origin.lives[0]!;
    const [a, b] = life.rooms.current();
    life.rooms.set([{ id: 'c' }, a!, b!]);
    await vi.waitFor(() => expect(api.rooms.current().map(({ id }) => id)).toEqual(['c', 'a', 'b']));
    expect(api.rooms.current()[2]).toBe(before[1]);
    expect(seen).toHaveLength(2);
  });

  it('opens one thing once for a tab, and closes it when nobody looks any more', async () => {
    const origin = makeOrigin();
    const { api } = origin.openTab();
    const [one, two] = [api.openTimeline('!r'), api.openTimeline('!r')];
    await vi.waitFor(() => expect(two.state.current().items).toEqual(['hello']));
    expect(origin.lives[0]!.opened).toBe(1);
    one.close();
    one.close();
    await api.count();
    expect(origin.lives[0]!.opened).toBe(1);
    two.close();
    await vi.waitFor(() => expect(origin.lives[0]!.opened).toBe(0));
  });

  it('closes what a dead tab left open', async () => {
    const origin = makeOrigin();
    const first = origin.openTab();
    await first.api.count();
    const second = origin.openTab();
    second.api.openTimeline('!r');
    await vi.waitFor(() => expect(origin.lives[0]!.opened).toBe(1));
    second.page.kill();
    await vi.waitFor(() => expect(origin.lives[0]!.opened).toBe(0));
  });
});

describe('when the tab with the worker is gone', () => {
  it('another takes over: unanswered calls are sent again and values go on', async () => {
    const origin = makeOrigin();
    const first = origin.openTab();
    await first.api.count();
    const second = origin.openTab();
    const titles: string[] = [];
    second.api.title.subscribe((title) => titles.push(title));
    await vi.waitFor(() => expect(titles).toEqual(['life 1']));
    const unanswered = second.api.never();
    first.page.kill();
    await vi.waitFor(() => expect(titles).toEqual(['life 1', 'life 2']));
    expect(await second.api.count()).toBe(1);
    expect(await Promise.race([unanswered, Promise.resolve('pending')])).toBe('pending');
    expect(origin.lives).toHaveLength(2);
  });

  it('a list that the new worker reads from disk again does not flash empty', async () => {
    const origin = makeOrigin();
    const first = origin.openTab();
    await first.api.count();
    const second = origin.openTab();
    const timeline = second.api.openTimeline('!r');
    await vi.waitFor(() => expect(timeline.state.current().items).toEqual(['hello']));
    const shown: (readonly string[])[] = [];
    timeline.state.subscribe(({ items }) => shown.push(items));
    first.page.kill();
    await vi.waitFor(() => expect(origin.lives).toHaveLength(2));
    const life = origin.lives[1]!;
    await second.api.count();
    life.timeline.set({ items: ['hello', 'again'] });
    await vi.waitFor(() => expect(shown.at(-1)).toEqual(['hello', 'again']));
    expect(shown.some((items) => items.length === 0)).toBe(false);
  });

  it('a worker that dies under a living tab is replaced', async () => {
    const origin = makeOrigin();
    const { api } = origin.openTab();
    await api.count();
    origin.lives[0]!.worker.kill();
    await vi.waitFor(() => expect(origin.lives).toHaveLength(2));
    expect(await api.count()).toBe(1);
  });
});

it('executes a call once within a worker’s life, however often it is sent', async () => {
  const browser = makeFakeBrowser();
  const [page, other] = [browser.openTab(), browser.openTab()];
  let executed = 0;
  const worker = browser.spawn(page, (environment, direct) => serve('twice', async () => ({ count: async () => ++executed }), environment, direct));
  const answers: unknown[] = [];
  worker.addEventListener('message', ({ data }) => answers.push(data));
  void other.environment.locks.request('twice:tab:t', () => new Promise(() => {}));
  await vi.waitFor(() => expect(answers).toHaveLength(1));
  const call = { kind: 'call', from: 't', id: 7, path: ['count'], args: [] };
  worker.postMessage(call);
  worker.postMessage(call);
  await vi.waitFor(() => expect(answers).toHaveLength(3));
  expect(answers.slice(1)).toEqual([{ kind: 'result', to: 't', id: 7, value: 1 }, { kind: 'result', to: 't', id: 7, value: 1 }]);
  expect(executed).toBe(1);
});

it('tells every caller when the API can not be made', async () => {
  const browser = makeFakeBrowser();
  const page = browser.openTab();
  const link = connect('broken', () => browser.spawn(page, (environment, direct) => serve('broken', () => Promise.reject(new BatonError('STORAGE_BLOCKED')), environment, direct)), page.environment);
  await expect(link.call(['count'], [])).rejects.toMatchObject({ code: 'STORAGE_BLOCKED' });
  await expect(link.call(['count'], [])).rejects.toMatchObject({ code: 'STORAGE_BLOCKED' });
});
