import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { comeIn, setPassword } from './support/candidate.ts';
import { useDevices, type Device } from './support/devices.ts';
import { makeFirm, newEmail, type Conversation, type Firm } from './support/firm.ts';
import { openThread, signIn } from './support/recruiter.ts';
import { composer, marked, message, reads, reply, texts, write } from './support/thread.ts';

const devices = useDevices();
let firm: Firm;
let talk: Conversation;
let laptop: Device;
let phone: Device;
const priya = { email: newEmail('Priya'), password: 'another long pass phrase 9' };

beforeAll(async () => {
  firm = await makeFirm();
  talk = await firm.openConversation('Priya Shah', 'Hello Priya.');
  [laptop, phone] = await Promise.all([devices.open(), devices.open({ phone: true })]);
  await Promise.all([signIn(laptop.page, firm.partner), comeIn(phone.page, talk.link)]);
  await write(phone.page, 'Hello Mei.');
  await openThread(laptop.page, 'Priya Shah');
  await reads(laptop.page, 'Hello Mei.');
});
afterAll(() => firm.close());

describe('both ways', () => {
  test('each sees how far a message has come: delivered while the other looks elsewhere, then read', async () => {
    await marked(phone.page, 'Hello Mei.', 'Read');
    await laptop.page.getByRole('link', { name: 'People' }).click();
    await laptop.page.getByRole('heading', { name: 'People' }).waitFor();
    await write(phone.page, 'May I ask something?');
    await marked(phone.page, 'May I ask something?', 'Delivered');
    await write(phone.page, 'It is about the notice period.');
    await laptop.page.getByRole('link', { name: 'Inbox, 2 unread' }).click();
    await laptop.page.getByRole('link', { name: /Priya Shah.*2 unread/ }).waitFor();
    await openThread(laptop.page, 'Priya Shah');
    await laptop.page.getByRole('separator').filter({ hasText: 'New messages' }).waitFor();
    await marked(phone.page, 'It is about the notice period.', 'Read');
    await laptop.page.getByRole('link', { name: 'Inbox', exact: true }).waitFor();
  });

  test('each sees that the other types', async () => {
    await composer(laptop.page).pressSequentially('Of cou');
    await phone.page.getByText('Mei Lin is typing…').waitFor();
    await composer(laptop.page).fill('');
    await phone.page.getByText('Mei Lin is typing…').waitFor({ state: 'hidden' });
    await composer(phone.page).pressSequentially('Wh');
    await laptop.page.getByText('Priya Shah is typing…').waitFor();
    await composer(phone.page).fill('');
    await laptop.page.getByText('Priya Shah is typing…').waitFor({ state: 'hidden' });
  });

  test('a message stands there while the sync that brings it is still on its way, and counts as delivered when it has come', async () => {
    const gate = Promise.withResolvers<void>();
    await laptop.context.route('**/_matrix/client/v3/sync?**', (route) => gate.promise.then(() => route.continue()).catch(() => undefined));
    try {
      // Answers the poll that is out already.
      await composer(phone.page).fill('Do you read this at once?');
      await laptop.page.getByText('Priya Shah is typing…').waitFor();
      await composer(phone.page).press('Enter');
      await reads(laptop.page, 'Do you read this at once?');
      await marked(phone.page, 'Do you read this at once?', 'Sent');
    } finally {
      gate.resolve();
      await laptop.context.unroute('**/_matrix/client/v3/sync?**');
    }
    await marked(phone.page, 'Do you read this at once?', 'Read');
    expect((await texts(laptop.page)).filter((text) => text === 'Do you read this at once?')).toHaveLength(1);
  });

  test('an answer carries a quote that leads to what it answers', async () => {
    await reply(laptop.page, 'May I ask something?', 'Please do.');
    const answer = message(phone.page, 'Please do.');
    await answer.getByText('May I ask something?').waitFor();
    await answer.getByText('You', { exact: true }).waitFor();
  });

  test('emoji and Chinese come over as they were written', async () => {
    await write(phone.page, '谢谢 👩🏽‍💻🎉');
    await reads(laptop.page, '谢谢 👩🏽‍💻🎉');
  });
});

describe('a candidate with a password', () => {
  test('is offered one after their first message, and sets it', async () => {
    await setPassword(phone.page, priya);
    await phone.page.getByRole('region', { name: 'Answer from any device' }).waitFor({ state: 'hidden' });
  });

  test('reads everything on a second device, and writes from it', async () => {
    const { page } = await devices.open();
    await page.goto('/sign-in');
    await page.getByLabel('E-mail').fill(priya.email);
    await page.getByLabel('Password', { exact: true }).fill(priya.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await reads(page, '谢谢 👩🏽‍💻🎉');
    expect(await texts(page)).toEqual(await texts(phone.page));
    await marked(page, 'May I ask something?', 'Read');
    await write(page, 'From my other device.');
    await reads(laptop.page, 'From my other device.');
    await reads(phone.page, 'From my other device.');
  });
});

describe('a recruiter’s second browser', () => {
  test('shows the same inbox, decrypted, with the same ticks', async () => {
    await write(laptop.page, 'Written on the laptop.');
    await marked(laptop.page, 'Written on the laptop.', 'Read');
    const second = await devices.open({ dark: true });
    await signIn(second.page, firm.partner);
    await second.page.getByRole('link', { name: /Priya Shah.*Written on the laptop\./ }).waitFor();
    await openThread(second.page, 'Priya Shah');
    await reads(second.page, 'Hello Priya.');
    expect(await texts(second.page)).toEqual(await texts(laptop.page));
    await marked(second.page, 'Written on the laptop.', 'Read');
    expect(await second.page.getByRole('img', { name: 'We could not confirm who wrote this message' }).count()).toBe(0);

    await write(second.page, 'And this on the second one.');
    await reads(laptop.page, 'And this on the second one.');
    await reads(phone.page, 'And this on the second one.');
  });
});

describe('a candidate who keeps to themselves what they read', () => {
  test('switches read receipts off: the recruiter sees that a message came, not that it was read, and neither do they', async () => {
    await marked(phone.page, 'Hello Mei.', 'Read');
    await phone.page.getByRole('button', { name: 'Menu' }).click();
    await phone.page.getByRole('switch', { name: 'Read receipts' }).click();
    await phone.page.keyboard.press('Escape');
    await marked(phone.page, 'Hello Mei.', 'Delivered');
    await write(laptop.page, 'Have you seen the offer?');
    await reads(phone.page, 'Have you seen the offer?');
    await marked(laptop.page, 'Have you seen the offer?', 'Delivered');
    // Read here; the next message proves that what was to be told of it has been told.
    await write(phone.page, 'I have.');
    await reads(laptop.page, 'I have.');
    await marked(laptop.page, 'Have you seen the offer?', 'Delivered');
  });

  test('and so on every device of theirs', async () => {
    const { page } = await devices.open();
    await page.goto('/sign-in');
    await page.getByLabel('E-mail').fill(priya.email);
    await page.getByLabel('Password', { exact: true }).fill(priya.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await reads(page, 'Have you seen the offer?');
    await page.getByRole('button', { name: 'Menu' }).click();
    await expect.poll(() => page.getByRole('switch', { name: 'Read receipts' }).isChecked(), { timeout: 10_000 }).toBe(false);
  });
});
