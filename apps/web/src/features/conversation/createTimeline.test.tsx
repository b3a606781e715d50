import { BatonError } from '@baton/base';
import type { TimelineItem } from '@baton/messaging';
import { createRoot } from 'solid-js';
import { afterEach, describe, expect, it } from 'vitest';
import { makeFakeClient, type FakeRoom } from '../../session/testing/makeFakeClient.ts';
import { createTimeline } from './createTimeline.ts';

const room = '!room:baton.test';
const them = '@c-1:baton.test';
const start = new Date(2026, 10, 20, 9).getTime();
let dispose = () => {};
afterEach(() => dispose());

function said(index: number): TimelineItem {
  return {
    kind: 'message', key: `k${index}`, eventId: `$k${index}`, sender: them, mine: false, body: `text ${index}`, at: start + index * 1000, reply: null,
    authenticity: 'certified', status: null, failure: null, reached: { delivered: [], read: [] },
  };
}
const saidMany = (count: number, from = 0) => Array.from({ length: count }, (_, index) => said(from + index));

function open(fake: FakeRoom) {
  const client = makeFakeClient({ rooms: { [room]: fake } });
  return createRoot((end) => {
    dispose = end;
    const timeline = createTimeline({ messaging: client.messaging, roomId: room, viewer: '@m-mei:baton.test' });
    const keys = () => timeline.days().flatMap((day) => day.entries.map(({ key }) => key));
    return { client, timeline, keys };
  });
}

describe('createTimeline', () => {
  it('shows a short thread whole and a long one from its newest messages', () => {
    expect(open({ items: saidMany(3) }).keys()).toEqual(['k0', 'k1', 'k2']);
    const { keys } = open({ items: saidMany(200) });
    expect(keys()).toHaveLength(60);
    expect(keys().at(-1)).toBe('k199');
  });

  it('starts above the first unread message, however many follow', () => {
    const { keys } = open({ items: saidMany(200), firstUnread: 'k100' });
    expect(keys()[0]).toBe('k85');
  });

  it('grows upwards from what is at hand before it asks the server', async () => {
    const { client, timeline, keys } = open({ items: saidMany(100, 50), earlier: [saidMany(50)] });
    await timeline.loadEarlier();
    expect(keys()[0]).toBe('k50');
    expect(client.calls).toEqual([]);
    await timeline.loadEarlier();
    expect(client.calls.map(({ name }) => name)).toEqual(['loadEarlier']);
    expect(keys()[0]).toBe('k0');
  });

  it('does not ask the server above the beginning', async () => {
    const { client, timeline } = open({ items: saidMany(2) });
    await timeline.loadEarlier();
    expect(client.calls).toEqual([]);
  });

  it('keeps the window’s upper edge while messages arrive', () => {
    const { client, keys } = open({ items: saidMany(100) });
    client.receive(room, them, 'new');
    expect(keys()[0]).toBe('k40');
    expect(keys()).toHaveLength(61);
  });

  it('shows one’s own message before the session has it, once', async () => {
    const { timeline, keys } = open({ items: [] });
    const sending = timeline.send({ body: 'hello' });
    expect(keys()).toHaveLength(1);
    await sending;
    expect(keys()).toHaveLength(1);
  });

  it('takes a message off again that the session refuses', async () => {
    const { client, timeline, keys } = open({ items: saidMany(1) });
    client.failNextSend(new BatonError('STORAGE_FULL'));
    await expect(timeline.send({ body: 'hello' })).rejects.toMatchObject({ code: 'STORAGE_FULL' });
    expect(keys()).toEqual(['k0']);
  });

  it('never changes the session’s own objects', async () => {
    const { client, timeline } = open({ items: saidMany(1) });
    const before = client.messaging.openTimeline(room).state.current().items[0];
    const copy = structuredClone(before);
    await timeline.send({ body: 'hello' });
    client.receive(room, them, 'more');
    expect(before).toEqual(copy);
  });

  it('brings a quoted message into the window', () => {
    const { timeline, keys } = open({ items: saidMany(300) });
    expect(timeline.reveal('k20')).toBe(true);
    expect(keys()[0]).toBe('k10');
    expect(timeline.reveal('unknown')).toBe(false);
  });

  it('counts what came in below a row, one’s own left out', async () => {
    const { client, timeline } = open({ items: saidMany(3) });
    await timeline.send({ body: 'mine' });
    client.receive(room, them, 'theirs');
    expect(timeline.countBelow('k1')).toBe(2);
    expect(timeline.newestIncoming('k2')).toBe('k2');
  });

  it('closes the session’s window with its owner', () => {
    const { client } = open({ items: [] });
    dispose();
    expect(client.calls).toEqual([{ name: 'closeTimeline', args: [room] }]);
  });
});
