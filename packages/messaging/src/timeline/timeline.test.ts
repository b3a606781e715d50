import { beforeEach, describe, expect, it } from 'vitest';
import type { Homeserver, WireEvent } from '../ports.ts';
import { makeScene, room, type Actor, type Scene } from '../testing/scene.ts';

let scene: Scene;
let recruiter: Actor;

beforeEach(async () => {
  scene = makeScene();
  recruiter = await scene.open('@recruiter');
});

const say = async (who: Actor, ...bodies: string[]): Promise<void> => {
  for (const body of bodies) void who.session.send(room, { body }, body).catch(() => undefined);
  await scene.settle();
};
const numbered = (from: number, to: number): string[] => Array.from({ length: to - from + 1 }, (_, n) => `m${from + n}`);
/** A homeserver whose sync hands on the messages that `keep` lets through. */
const filtered = (keep: (event: WireEvent) => boolean) => (homeserver: Homeserver): Homeserver => ({
  ...homeserver,
  onSync: (handler) => homeserver.onSync((update) => handler({ ...update, rooms: update.rooms.map((each) => ({ ...each, timeline: each.timeline.filter(keep) })) })),
});
/** A homeserver that hands on other events than it has, wherever it is asked. */
const altered = (alter: (event: WireEvent) => WireEvent) => (homeserver: Homeserver): Homeserver => ({
  ...homeserver,
  onSync: (handler) => homeserver.onSync((update) => handler({ ...update, rooms: update.rooms.map((each) => ({ ...each, timeline: each.timeline.map(alter) })) })),
  messages: async (roomId, from, limit) => {
    const page = await homeserver.messages(roomId, from, limit);
    return { ...page, events: page.events.map(alter) };
  },
});

describe('What arrives', () => {
  it('is shown by the server\'s order, also where two write at once', async () => {
    const candidate = await scene.open('@candidate');
    for (const body of ['a', 'b', 'c']) {
      void recruiter.session.send(room, { body: `r${body}` });
      void candidate.session.send(room, { body: `c${body}` });
    }
    await scene.settle();
    const texts = (who: Actor): string[] => who.sees().flatMap((item) => (item.kind === 'message' ? [item.body] : []));
    expect(texts(candidate)).toHaveLength(6);
    expect(texts(candidate)).toEqual(texts(recruiter));
  });

  it('is shown before it is stored, and the sync token waits until it is', async () => {
    const candidate = await scene.open('@candidate');
    const token = candidate.device.token;
    void recruiter.session.send(room, { body: 'hello' });
    while (candidate.reads().length === 0) await scene.stage.steps(1);
    expect(candidate.device.token).toBe(token);
    expect([...candidate.device.disk.events.values()].some((event) => event.mid !== null)).toBe(false);
    await scene.settle();
    expect([...candidate.device.disk.events.values()].filter((event) => event.mid !== null)).toHaveLength(1);
    expect(candidate.device.token).toBeGreaterThan(token);
  });

  it('is shown while it is still being looked up whether it is new', async () => {
    const candidate = await scene.open('@candidate');
    await say(recruiter, 'first');
    void recruiter.session.send(room, { body: 'second' });
    while (candidate.reads().length < 2) await scene.stage.steps(1);
    expect(candidate.session.rooms.current()[0]?.last?.body).toBe('first');
    await scene.settle();
    expect(candidate.reads()).toEqual(['first', 'second']);
    expect(candidate.session.rooms.current()[0]?.last?.body).toBe('second');
  });

  it('does not even flash up when it says again what is here: a replay, a forgery, a message encrypted anew', async () => {
    const candidate = await scene.open('@candidate');
    await say(recruiter, 'one', 'two');
    const seen: string[] = [];
    const view = candidate.session.openTimeline(room);
    view.state.subscribe(({ items }) => seen.push(items.flatMap((item) => (item.kind === 'message' ? [item.body] : [])).join()));
    const { content } = scene.server.history(room)[1] as WireEvent;
    const again = (sender: string, transaction: string, sent: Record<string, unknown>) =>
      scene.server.put({ userId: sender, deviceId: `${sender}-device` }, room, transaction, 'm.room.encrypted', sent);
    again('@recruiter', 'replay', content);
    again('@candidate', 'forgery', content);
    again('@recruiter', 'anew', { ...content, ciphertext: btoa(JSON.stringify({ ...JSON.parse(atob(String(content['ciphertext']))), index: 9 })) });
    await scene.settle();
    await say(recruiter, 'three');
    expect(candidate.reads()).toEqual(['one', 'two', 'three']);
    expect([...new Set(seen)]).toEqual(['one,two', 'one,two,three']);
  });

  it('is complete after a long absence: the hole that sync leaves is filled, across a reload', async () => {
    const candidate = await scene.open('@candidate');
    await say(recruiter, ...numbered(1, 5));
    candidate.kill();
    await say(recruiter, ...numbered(6, 250));
    const back = await scene.open('@candidate', { device: candidate.device, wrap: (homeserver) => ({ ...homeserver, messages: () => new Promise(() => undefined) }) });
    expect(back.reads()).toEqual([...numbered(1, 5), ...numbered(241, 250)]);
    back.kill();
    const again = await scene.open('@candidate', { device: candidate.device });
    await scene.settle();
    for (let page = 0; page < 5; page += 1) {
      void again.session.loadEarlier(room);
      await scene.settle();
    }
    expect(again.reads()).toEqual(numbered(1, 250));
  });

  it('is shown once though the server has the same message twice', async () => {
    const candidate = await scene.open('@candidate');
    await say(recruiter, 'hello');
    const [event] = scene.server.history(room);
    scene.server.put({ userId: '@recruiter', deviceId: 'recruiter-device' }, room, 'another-transaction', 'm.room.encrypted', (event as WireEvent).content);
    await scene.settle();
    expect(scene.server.history(room)).toHaveLength(2);
    expect([candidate.reads(), recruiter.reads()]).toEqual([['hello'], ['hello (delivered)']]);
  });

  it('is not shown when somebody repeats another\'s ciphertext', async () => {
    const candidate = await scene.open('@candidate');
    await say(recruiter, 'I accept');
    const [event] = scene.server.history(room);
    scene.server.put({ userId: '@candidate', deviceId: 'forger' }, room, 'forged', 'm.room.encrypted', (event as WireEvent).content);
    await scene.settle();
    expect(candidate.reads()).toEqual(['I accept']);
    expect(recruiter.reads()).toEqual(['I accept (delivered)']);
  });

  it('counts the first of two in the room\'s order, although a fresh device meets the second one first', async () => {
    await say(recruiter, 'hello');
    const [event] = scene.server.history(room);
    await say(recruiter, ...numbered(1, 40));
    scene.server.put({ userId: '@recruiter', deviceId: 'recruiter-device' }, room, 'late', 'm.room.encrypted', (event as WireEvent).content);
    const candidate = await scene.open('@candidate');
    await scene.settle();
    expect(candidate.reads()).toEqual(['hello', ...numbered(1, 40)]);
  });

  it('is asked for when a counter jumps though the server named no hole', async () => {
    const isSecond = (event: WireEvent): boolean => scene.server.history(room)[1]?.eventId === event.eventId;
    const candidate = await scene.open('@candidate', { wrap: filtered((event) => !isSecond(event)) });
    await say(recruiter, 'm1');
    await say(recruiter, 'm2');
    expect(candidate.reads()).toEqual(['m1']);
    await say(recruiter, 'm3');
    expect(candidate.reads()).toEqual(['m1', 'm2', 'm3']);
  });
});

describe('A message whose key is missing', () => {
  it('is shown as nothing until the backup was asked, then as sealed, and as itself when the key comes', async () => {
    scene.keys.fate = 'backup';
    let asked: (() => void) | undefined;
    const candidate = await scene.open('@candidate', {
      wrap: (homeserver) => ({ ...homeserver, fetchBackedUpKeys: () => new Promise((resolve) => (asked = resolve)) }),
    });
    const kinds = (): string[] => candidate.sees().map((item) => item.kind).filter((kind) => kind !== 'membership');
    await say(recruiter, 'secret');
    expect(kinds()).toEqual([]);
    asked?.();
    await scene.settle();
    expect(kinds()).toEqual(['sealed']);
    const key = candidate.sees().at(-1)?.key;
    candidate.kill();
    const again = await scene.open('@candidate', { device: candidate.device });
    expect(again.reads()).toEqual(['secret']);
    expect(again.sees().at(-1)?.key).toBe(key);
  });

  it('is read as soon as the key arrives by itself', async () => {
    scene.keys.fate = 'late';
    const candidate = await scene.open('@candidate');
    await say(recruiter, 'secret');
    expect(candidate.reads()).toEqual(['secret']);
    expect(recruiter.reads()).toEqual(['secret (delivered)']);
  });
});

describe('A timeline', () => {
  it('opens with the newest sixty, and gets longer from the store, then from the server, down to the beginning', async () => {
    await say(recruiter, ...numbered(1, 150));
    recruiter.kill();
    const again = await scene.open('@recruiter', { device: recruiter.device, stayOffline: true });
    expect(again.sees()).toHaveLength(60);
    void again.session.loadEarlier(room);
    await scene.settle();
    expect(again.sees()).toHaveLength(120);
    void again.session.loadEarlier(room);
    await scene.settle();
    expect(again.reads().map((text) => text.split(' ')[0])).toEqual(numbered(1, 150));

    const fresh = await scene.open('@recruiter', { deviceId: 'second' });
    for (let page = 0; page < 5; page += 1) {
      void fresh.session.loadEarlier(room);
      await scene.settle();
    }
    expect(fresh.reads().map((text) => text.split(' ')[0])).toEqual(numbered(1, 150));
  });

  it('draws its line above the first unread message, where it stays', async () => {
    const candidate = await scene.open('@candidate');
    await say(recruiter, 'm1', 'm2');
    void candidate.session.markRead(room, scene.server.history(room)[0]?.eventId as string);
    await scene.settle();
    const view = candidate.session.openTimeline(room);
    await scene.settle();
    const line = view.state.current().firstUnread;
    expect(line).toBe(scene.server.history(room)[1]?.eventId);
    void candidate.session.markRead(room, line as string);
    await say(recruiter, 'm3');
    expect(view.state.current().firstUnread).toBe(line);
    view.close();
  });

  it('says who came, left or was removed, and nothing of the service account', async () => {
    scene.server.setMember(room, '@recruiter2', 'join', '@svc');
    scene.server.setMember(room, '@recruiter2', 'leave', '@svc');
    scene.server.setMember(room, '@candidate', 'leave');
    await scene.settle();
    const changes = recruiter.sees().flatMap((item) => (item.kind === 'membership' ? [`${item.userId} ${item.change}`] : []));
    expect(changes).toEqual(['@recruiter joined', '@candidate joined', '@recruiter2 joined', '@recruiter2 removed', '@candidate left']);
  });

  it('shows where the project was handed over, names the line of its log, and counts nothing as unread for it', async () => {
    await say(recruiter, 'first');
    scene.server.setState(room, 'com.baton.handover', '4', { seq: 4 }, '@svc');
    scene.server.setState(room, 'com.baton.handover', 'x', { seq: 'x' }, '@svc');
    scene.server.setState(room, 'com.baton.handover', '5', { seq: 5 }, '@candidate');
    await say(recruiter, 'second');
    const candidate = await scene.open('@candidate');
    const shown = (who: Actor) => who.sees().flatMap((item) => (item.kind === 'handover' ? [`line ${item.seq}`] : item.kind === 'message' ? [item.body] : []));
    expect([shown(recruiter), shown(candidate)]).toEqual([['first', 'line 4', 'second'], ['first', 'line 4', 'second']]);
    expect(candidate.session.rooms.current()[0]?.unreadCount).toBe(2);
    expect(recruiter.session.rooms.current()[0]?.last?.body).toBe('second');
  });

  it('says of a note what it is on, from the first moment and to everybody who reads it', async () => {
    const candidate = await scene.open('@candidate');
    void recruiter.session.send(room, { body: 'Notice is three months', noteOn: 'con_1' }, 'note');
    const noted = (who: Actor) => who.sees().flatMap((item) => (item.kind === 'message' ? [item.noteOn] : []));
    await scene.stage.steps(1);
    expect(noted(recruiter)).toEqual(['con_1']);
    await say(recruiter, 'no note');
    expect([noted(recruiter), noted(candidate)]).toEqual([['con_1', undefined], ['con_1', undefined]]);
  });

  it('gives a card as it was written, beside the text for who does not know its kind', async () => {
    const candidate = await scene.open('@candidate');
    const card = { kind: 'brief', data: { v: 1, words: ['Monday'] } };
    void recruiter.session.send(room, { body: 'Ivo waits for Monday', card }, 'card');
    const cards = (who: Actor) => who.sees().flatMap((item) => (item.kind === 'message' ? [{ body: item.body, card: item.card }] : []));
    await scene.stage.steps(1);
    expect(cards(recruiter)).toEqual([{ body: 'Ivo waits for Monday', card }]);
    await say(recruiter, 'no card');
    const both = [{ body: 'Ivo waits for Monday', card }, { body: 'no card', card: undefined }];
    expect([cards(recruiter), cards(candidate)]).toEqual([both, both]);
    await expect(recruiter.session.send(room, { body: 'large', card: { kind: 'brief', data: 'x'.repeat(40_000) } })).rejects.toMatchObject({ code: 'MESSAGE_TOO_LONG' });
  });

  it('shows a reply with its quote, and leads to what was quoted', async () => {
    const candidate = await scene.open('@candidate');
    await say(recruiter, 'When?');
    const quoted = scene.server.history(room)[0] as WireEvent;
    void candidate.session.send(room, { body: 'Tomorrow', reply: { eventId: quoted.eventId, sender: '@recruiter', excerpt: 'When?' } });
    await scene.settle();
    expect(recruiter.sees().at(-1)).toMatchObject({ body: 'Tomorrow', reply: { key: 'When?', eventId: quoted.eventId, excerpt: 'When?' } });
    expect(candidate.sees().at(-1)).toMatchObject({ reply: { key: quoted.eventId } });
  });

  it('leaves items that did not change the same objects', async () => {
    await say(recruiter, 'm1', 'm2');
    const before = recruiter.sees();
    await say(recruiter, 'm3');
    expect(recruiter.sees().slice(0, before.length - 1)).toEqual(before.slice(0, -1));
    expect(recruiter.sees()[0]).toBe(before[0]);
  });
});

describe('A message that the server keeps back', () => {
  const keep = (event: WireEvent): boolean => event.eventId !== scene.server.history(room)[1]?.eventId;
  const missing = (who: Actor) => who.sees().flatMap((item) => (item.kind === 'missing' ? [item.count] : []));

  it('is asked for, and shown as missing where the server still has none', async () => {
    let asked = 0;
    const withholding = (homeserver: Homeserver): Homeserver => ({
      ...filtered(keep)(homeserver),
      messages: async (roomId, from, limit) => {
        asked += 1;
        const page = await homeserver.messages(roomId, from, limit);
        return { ...page, events: page.events.filter(keep) };
      },
    });
    const candidate = await scene.open('@candidate', { wrap: withholding });
    await say(recruiter, ...numbered(1, 3));
    expect([candidate.reads(), missing(candidate)]).toEqual([['m1', 'm3'], [1]]);
    expect(asked).toBeGreaterThan(0);
    expect(candidate.sees().map(({ kind }) => kind).filter((kind) => kind !== 'membership')).toEqual(['message', 'missing', 'message']);
  });

  it('is not called missing before the server was asked, and comes at its place', async () => {
    const candidate = await scene.open('@candidate', { wrap: filtered(keep) });
    for (const body of numbered(1, 3)) void recruiter.session.send(room, { body }, body);
    while (candidate.reads().length < 3) {
      expect(missing(candidate)).toEqual([]);
      await scene.stage.steps(1);
    }
    await scene.settle();
    expect([candidate.reads(), missing(candidate)]).toEqual([numbered(1, 3), []]);
  });

  it('is found out by what its sender wrote afterwards, though a message in clear stands in its place and takes its number', async () => {
    const inItsPlace = (event: WireEvent): WireEvent => {
      if (keep(event)) return event;
      const baton = { v: 1, mid: 'other', n: 2, device: 'recruiter-device', prev: null };
      return { ...event, type: 'm.room.message', content: { msgtype: 'm.text', body: 'something else', baton } };
    };
    const candidate = await scene.open('@candidate', { wrap: altered(inItsPlace) });
    await say(recruiter, ...numbered(1, 3));
    expect([candidate.reads(), missing(candidate)]).toEqual([['m1', 'something else', 'm3'], [1]]);
  });
});

describe('Messages that the server puts in another order', () => {
  /** Whoever asks for history is shown the second message after the third. */
  const swapped = (homeserver: Homeserver): Homeserver => ({
    ...homeserver,
    messages: async (roomId, from, limit) => {
      const { events, next } = await homeserver.messages(roomId, from, limit);
      const [second, third] = [1, 2].map((n) => events.findIndex(({ eventId }) => eventId === scene.server.history(room)[n]?.eventId));
      if (second === undefined || third === undefined || second < 0 || third < 0) return { events, next };
      return { events: events.with(second, events[third] as WireEvent).with(third, events[second] as WireEvent), next };
    },
  });
  const shown = (who: Actor): string[] => who.sees().flatMap((item) => (item.kind === 'message' ? [item.body] : item.kind === 'reordered' ? ['out of order:'] : []));

  it('are shown so, with a word about it where the order breaks', async () => {
    await say(recruiter, ...numbered(1, 30));
    const candidate = await scene.open('@candidate', { wrap: swapped });
    await scene.settle();
    expect(shown(candidate)).toEqual(['m1', 'out of order:', 'm3', 'm2', ...numbered(4, 30)]);
    expect(candidate.sees().filter(({ kind }) => kind === 'missing')).toEqual([]);
  });

  it('are told of in what is read for an export, too', async () => {
    await say(recruiter, ...numbered(1, 30));
    const candidate = await scene.open('@candidate', { wrap: swapped });
    const reading = candidate.session.readHistory(room);
    await scene.settle();
    expect((await reading).filter(({ kind }) => kind === 'reordered')).toMatchObject([{ sender: '@recruiter' }]);
  });
});
