import { createRoot } from 'solid-js';
import { afterEach, describe, expect, it } from 'vitest';
import { makeFakeClient } from '../../session/testing/makeFakeClient.ts';
import { createReadMarker } from './createReadMarker.ts';
import { createTimeline } from './createTimeline.ts';

const room = '!room:baton.test';
const them = '@c-1:baton.test';
let dispose = () => {};
afterEach(() => dispose());

function open() {
  const client = makeFakeClient({ rooms: { [room]: { items: [] } } });
  return createRoot((end) => {
    dispose = end;
    const timeline = createTimeline({ messaging: client.messaging, roomId: room, viewer: '@m-mei:baton.test' });
    const marker = createReadMarker(client.messaging, room, timeline);
    const marks = () => client.calls.filter(({ name }) => name === 'markRead').map(({ args }) => args[1]);
    return { client, marker, marks, timeline };
  });
}

describe('createReadMarker', () => {
  it('marks each newest message once', () => {
    const { client, marker, marks } = open();
    const a = client.receive(room, them, 'a');
    marker.see(a);
    marker.see(a);
    const b = client.receive(room, them, 'b');
    marker.see(b);
    expect(marks()).toEqual([a, b]);
  });

  it('never goes back', () => {
    const { client, marker, marks } = open();
    const a = client.receive(room, them, 'a');
    const b = client.receive(room, them, 'b');
    marker.see(b);
    marker.see(a);
    expect(marks()).toEqual([b]);
  });

  it('marks the last incoming message when one’s own stands below it', async () => {
    const { client, marker, marks, timeline } = open();
    const a = client.receive(room, them, 'a');
    await timeline.send({ body: 'mine' });
    marker.see(timeline.items().at(-1)!.key);
    expect(marks()).toEqual([a]);
  });

  it('counts what came in since', () => {
    const { client, marker } = open();
    marker.see(client.receive(room, them, 'a'));
    client.receive(room, them, 'b');
    client.receive(room, them, 'c');
    expect(marker.unseen()).toBe(2);
  });
});
