import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { overflow, violations } from './support/a11y.ts';
import { useDevices } from './support/devices.ts';
import { claim, hears, makeFirm, say, until, type Conversation, type Firm } from './support/firm.ts';
import { startLyingServer, type LyingServer, type RoomEvent } from './support/lyingServer.ts';
import { openThread, signIn } from './support/recruiter.ts';
import { messages, reads } from './support/thread.ts';

/*
 * The server shows a recruiter's phone a thread in which it has left out one message, changed the order of two, and put one in a
 * second time. It can read none of them.
 */
const devices = useDevices();
const said = ['First I worked in Oslo.', 'Then in Bergen.', 'That was ten years.', 'Since May I am free.', 'I can travel, too.'];
let firm: Firm;
let talk: Conversation;
let server: LyingServer;
let ids: string[];

function changed(events: RoomEvent[]): RoomEvent[] {
  const [first, second, , fourth, fifth] = ids;
  const place = (id: string | undefined): number => events.findIndex(({ event_id: eventId }) => eventId === id);
  const [before, after] = [place(fourth), place(fifth)];
  const swapped = before < 0 || after < 0 ? events : events.with(before, events[after]!).with(after, events[before]!);
  return swapped.flatMap((event) => (event.event_id === second ? [] : event.event_id === first ? [event, { ...event, event_id: `${event.event_id}again` }] : [event]));
}

beforeAll(async () => {
  firm = await makeFirm();
  talk = await firm.openConversation('Ada Novak', 'Where did you work?');
  const { client } = await claim(talk);
  for (const body of said) await say(client, talk.roomId, body);
  await hears(firm.client, talk.roomId, ['Where did you work?', ...said]);
  const { state } = client.messaging.openTimeline(talk.roomId);
  const idOf = (body: string) => state.current().items.flatMap((item) => (item.kind === 'message' && item.body === body ? (item.eventId ?? []) : []))[0];
  await until('the events of all that was said', () => said.every(idOf));
  ids = said.map((body) => idOf(body)!);
  await client.stop();
  server = await startLyingServer(inject('stack').origin, { events: changed });
}, 120_000);
afterAll(() => firm.close().then(() => server.close()));

test('a page says what the server left out and where it changed the order, and shows once what it repeats', async () => {
  const { page } = await devices.open({ origin: server.origin, phone: true });
  await signIn(page, firm.partner);
  await openThread(page, 'Ada Novak');
  await reads(page, 'I can travel, too.');
  await page.getByText('A message from Ada Novak is missing here. The server does not have it.').waitFor();
  await page.getByText('From here messages from Ada Novak stand in another order than they were written. The server changed it.').waitFor();
  const lines = [said[0]!, 'A message from Ada Novak is missing here', said[2]!, 'From here messages from Ada Novak', said[4]!, said[3]!];
  const text = await messages(page).innerText();
  expect(lines.map((line) => text.indexOf(line))).toEqual(lines.map((line) => text.indexOf(line)).toSorted((a, b) => a - b));
  expect(text).not.toContain(said[1]);
  expect(text.split(said[0]!)).toHaveLength(2);
  expect([await violations(page), await overflow(page)]).toEqual([[], 0]);
  await page.evaluate(() => localStorage.setItem('baton.locale', 'zh-CN'));
  await page.reload();
  await page.getByText('此处缺少Ada Novak的 1 条消息，服务器上没有。').waitFor();
  await page.getByText('从此处起，Ada Novak的消息顺序与书写时不同，是服务器改动的。').waitFor();
});

test('and of an honest server nothing of the kind', async () => {
  const { page } = await devices.open();
  await signIn(page, firm.partner);
  await openThread(page, 'Ada Novak');
  await reads(page, 'I can travel, too.');
  await reads(page, said[1]!);
  expect(await messages(page).innerText()).not.toMatch(/missing here|another order/);
});
