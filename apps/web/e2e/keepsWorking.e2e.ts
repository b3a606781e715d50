import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { comeIn } from './support/candidate.ts';
import { useDevices, type Device } from './support/devices.ts';
import { claim, hears, makeFirm, ready, say, until, type Conversation, type Firm } from './support/firm.ts';
import { keptForOffline } from './support/offline.ts';
import { openProjects, openThread, signIn } from './support/recruiter.ts';
import { composer, marked, message, reads, texts, write } from './support/thread.ts';

/* Tabs are closed, networks go, pages are loaded anew: nothing is lost, nothing goes out twice. */

const devices = useDevices({ perTest: true });
let firm: Firm;
let talk: Conversation;
let candidate: Awaited<ReturnType<typeof claim>>;
let laptop: Device;
const written: string[] = ['Hello Anders.', 'Good morning.'];

beforeAll(async () => {
  firm = await makeFirm();
  talk = await firm.openConversation('Anders Krog', 'Hello Anders.');
  candidate = await claim(talk, 'Good morning.');
  laptop = await devices.open();
  await signIn(laptop.page, firm.partner);
  await openThread(laptop.page, 'Anders Krog');
  await reads(laptop.page, 'Good morning.');
});
afterAll(() => Promise.all([firm.close(), candidate.client.stop()]));

describe('a second tab', () => {
  test('shows the same, and what one of them writes appears in both', async () => {
    const second = await laptop.newTab();
    await second.goto(laptop.page.url());
    await reads(second, 'Good morning.');
    await write(second, 'From the second tab.');
    await reads(laptop.page, 'From the second tab.');
    await marked(second, 'From the second tab.', 'Delivered');
    written.push('From the second tab.');
  });

  test('goes on when the first one is closed', async () => {
    const [first, second] = laptop.context.pages();
    await first!.close();
    laptop.page = second!;
    await write(second!, 'The first tab is gone.');
    await marked(second!, 'The first tab is gone.', 'Delivered');
    await say(candidate.client, talk.roomId, 'I hear you.');
    await reads(second!, 'I hear you.');
    written.push('The first tab is gone.', 'I hear you.');
  });
});

describe('without a network', () => {
  test('one reads and writes, and is told so', async () => {
    const { page, context } = laptop;
    await keptForOffline(laptop.page);
    await context.setOffline(true);
    await page.getByText('You are offline. You can read and write; it goes out once you are back.').waitFor();
    await write(page, 'Written on the train, one.');
    await write(page, 'Written on the train, two.');
    await marked(page, 'Written on the train, two.', 'Waiting to be sent');
  });

  test('also after a reload', async () => {
    const { page } = laptop;
    await page.reload();
    await reads(page, 'I hear you.');
    await marked(page, 'Written on the train, one.', 'Waiting to be sent');
    await write(page, 'Written on the train, three.');
    await marked(page, 'Written on the train, three.', 'Waiting to be sent');
    await page.getByRole('link', { name: 'Inbox', exact: true }).click();
    await openThread(page, 'Anders Krog');
    await marked(page, 'Written on the train, three.', 'Waiting to be sent');
  });

  test('and back online everything goes out by itself, once and in order', async () => {
    const { page, context } = laptop;
    await context.setOffline(false);
    await marked(page, 'Written on the train, three.', 'Delivered');
    written.push('Written on the train, one.', 'Written on the train, two.', 'Written on the train, three.');
    await hears(candidate.client, talk.roomId, written);
    expect(await texts(page)).toEqual(written);
    await page.getByText('You are offline.').first().waitFor({ state: 'hidden' });
  });
});

describe('a reload', () => {
  test('with a message that has not gone out loses nothing', async () => {
    const { page, context } = laptop;
    await context.route('**/_matrix/client/v3/rooms/*/send/**', (route) => route.abort());
    await write(page, 'Held up on its way.');
    await marked(page, 'Held up on its way.', 'Waiting to be sent');
    await page.reload();
    await marked(page, 'Held up on its way.', 'Waiting to be sent');
    await context.unroute('**/_matrix/client/v3/rooms/*/send/**');
    await marked(page, 'Held up on its way.', 'Delivered');
    written.push('Held up on its way.');
    await hears(candidate.client, talk.roomId, written);
  });

  test('with a message that arrived, though its answer was lost, sends it once', async () => {
    const { page, context } = laptop;
    let lost = 0;
    await context.route('**/_matrix/client/v3/rooms/*/send/**', async (route) => {
      await route.fetch();
      lost += 1;
      await route.abort();
    });
    await write(page, 'Did this arrive?');
    await expect.poll(() => lost, { timeout: 10_000 }).toBeGreaterThan(0);
    await page.reload();
    await context.unroute('**/_matrix/client/v3/rooms/*/send/**');
    await marked(page, 'Did this arrive?', 'Delivered');
    written.push('Did this arrive?');
    await hears(candidate.client, talk.roomId, written);
  });

  test('in the middle of a sentence keeps the sentence', async () => {
    const { page } = laptop;
    await composer(page).fill('Half a sentence that I have');
    await openProjects(page);
    await page.reload();
    await page.getByRole('link', { name: 'Inbox', exact: true }).click();
    await page.getByRole('link', { name: /Anders Krog.*Draft: Half a sentence/ }).click();
    await expect.poll(() => composer(page).inputValue(), { timeout: 10_000 }).toBe('Half a sentence that I have');
    await composer(page).fill('');
  });
});

describe('what can’t be sent', () => {
  test('a message of 40 KB is refused with a sentence, and its text is kept', async () => {
    const { page } = laptop;
    const long = 'All of this matters. '.repeat(2_000);
    await write(page, long);
    await page.getByRole('alert').filter({ hasText: 'This message is 9,999 characters too long to be sent in one piece.' }).waitFor();
    expect(await composer(page).inputValue()).toBe(long);
    expect(await message(page, 'All of this matters.').count()).toBe(0);
    await composer(page).fill('');
  });
});

describe('a phone', () => {
  test('reads and writes offline after a reload, too', async () => {
    const rosa = await firm.openConversation('Rosa Diaz', 'Hello Rosa.');
    const phone = await devices.open({ phone: true });
    await comeIn(phone.page, rosa.link);
    await reads(phone.page, 'Hello Rosa.');
    await write(phone.page, 'Hello from the tube.');
    await marked(phone.page, 'Hello from the tube.', 'Delivered');
    await keptForOffline(phone.page);
    await phone.context.setOffline(true);
    await phone.page.reload();
    await reads(phone.page, 'Hello Rosa.');
    await write(phone.page, 'And from between two stations.');
    await marked(phone.page, 'And from between two stations.', 'Waiting to be sent');
    await phone.context.setOffline(false);
    await marked(phone.page, 'And from between two stations.', 'Delivered');
    await ready(firm.client);
    await until('the recruiter’s client has it', () => firm.client.messaging.rooms.current().some(({ last }) => last?.body === 'And from between two stations.'));
  });
});
