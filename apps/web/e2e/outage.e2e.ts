import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { Stack } from '../../../scripts/services/startStack.ts';
import { startTestStack } from '../../../scripts/testing/stack.ts';
import { useDevices, type Device } from './support/devices.ts';
import { claim, hears, makeFirm, type Conversation, type Firm } from './support/firm.ts';
import { keptForOffline } from './support/offline.ts';
import { openThread, signIn } from './support/recruiter.ts';
import { composer, marked, message, reads, texts, write } from './support/thread.ts';

/* Servers die and come back, on a system of this file's own: nothing is lost, nothing goes out twice, and pages say what is wrong. */

const devices = useDevices({ perTest: true });
let stack: Stack;
let firm: Firm;
let talk: Conversation;
let candidate: Awaited<ReturnType<typeof claim>>;
let laptop: Device;
const written = ['Hello Hana.', 'Hello.'];

beforeAll(async () => {
  stack = await startTestStack(inject('runFolder'));
  const { origin } = stack;
  firm = await makeFirm({ origin });
  talk = await firm.openConversation('Hana Brandt', 'Hello Hana.');
  candidate = await claim(talk, 'Hello.', origin);
  laptop = await devices.open({ origin });
  await signIn(laptop.page, firm.partner);
  await openThread(laptop.page, 'Hana Brandt');
  await reads(laptop.page, 'Hello.');
});
afterAll(async () => {
  await Promise.all([firm.close(), candidate.client.stop()]);
  await stack.stop();
});

describe('the homeserver is killed in the middle of a row of messages', () => {
  const row = Array.from({ length: 12 }, (_, index) => `Message ${index + 1} of the row.`);

  test('every one of them arrives once and in order, when it is back', async () => {
    const { page } = laptop;
    for (const text of row) {
      await write(page, text);
      if (text === row[4]) await stack.synapse!.service.kill();
    }
    await message(page, row[11]!).getByRole('img', { name: 'Waiting to be sent' }).waitFor();
    await stack.synapse!.service.start();
    await marked(page, row[11]!, 'Delivered');
    written.push(...row);
    await hears(candidate.client, talk.roomId, written);
    expect(await texts(page)).toEqual(written);
  });
});

describe('the API is down', () => {
  test('a page that is opened all the same shows what is here, takes what is written, and goes on by itself', async () => {
    const { page } = laptop;
    await keptForOffline(page);
    await stack.api.kill();
    await page.reload();
    await reads(page, row(12));
    await page.getByText('You are offline. You can read and write').first().waitFor();
    await write(page, 'Written while nobody listened.');
    await marked(page, 'Written while nobody listened.', 'Waiting to be sent');
    await stack.api.start();
    await marked(page, 'Written while nobody listened.', 'Delivered');
    written.push('Written while nobody listened.');
    await hears(candidate.client, talk.roomId, written);
  });

  test('the sign-in page says so, and recovers by itself', async () => {
    const { page } = await devices.open({ origin: stack.origin });
    await page.goto('/sign-in');
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await page.route('**/graphql', (route) => route.abort());
    await page.reload();
    await page.getByRole('heading', { name: 'The server does not answer' }).waitFor();
    await page.unroute('**/graphql');
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  });

  test('a candidate can tap Continue and write; it goes out when the server is back', async () => {
    const { link, roomId } = await firm.openConversation('Marta Oliveira', 'Hello Marta.');
    const { page } = await devices.open({ phone: true, origin: stack.origin });
    await page.goto(link);
    await page.getByRole('button', { name: 'Continue' }).waitFor();
    await page.waitForLoadState('networkidle');
    await stack.api.kill();
    await page.getByRole('button', { name: 'Continue' }).click();
    await write(page, 'I am interested.');
    await marked(page, 'I am interested.', 'Waiting to be sent');
    await stack.api.start();
    await marked(page, 'I am interested.', 'Delivered', 40_000);
    await reads(page, 'Hello Marta.');
    await composer(page).waitFor();
    await hears(firm.client, roomId, ['Hello Marta.', 'I am interested.']);
  });
});

const row = (position: number): string => `Message ${position} of the row.`;
