import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { comeIn } from './support/candidate.ts';
import { useDevices, type Device } from './support/devices.ts';
import { makeFirm, type Firm } from './support/firm.ts';
import { signIn } from './support/recruiter.ts';
import { marked, reads, write } from './support/thread.ts';

/* The network breaks while a file of the application is on its way: nobody has to load the page again. */

const devices = useDevices({ perTest: true });
let firm: Firm;

beforeAll(async () => {
  firm = await makeFirm();
});
afterAll(() => firm.close());

/** Files that come late, by what they are. The vault's chunk has the name of its entry. */
const lateFiles = { cryptography: '**/assets/*.wasm', matrix: '**/assets/matrix-*.js', vault: '**/assets/src-*.js', 'everything else that connecting takes': '**/assets/online-*.js' } as const;

/** Keeps a file from coming. Returns how often it was asked for, and what lets it go. */
async function keepBack({ context }: Device, pattern: string): Promise<{ asked(): number; letGo(): Promise<void> }> {
  let asked = 0;
  await context.route(pattern, (route) => {
    asked += 1;
    return route.abort('connectionreset');
  });
  return { asked: () => asked, letGo: () => context.unroute(pattern) };
}

describe.each(Object.entries(lateFiles))('%s does not come', (_, pattern) => {
  test('to a phone that opens a link: what is written goes out when it is there', async () => {
    const { link } = await firm.openConversation('Priya Shah', 'Hello Priya.');
    const phone = await devices.open({ phone: true });
    const file = await keepBack(phone, pattern);
    await comeIn(phone.page, link);
    await write(phone.page, 'Hello Mei.');
    await expect.poll(file.asked, { timeout: 10_000 }).toBeGreaterThan(0);
    await phone.page.getByText(/^There is no connection right now/).waitFor();
    await marked(phone.page, 'Hello Mei.', 'Waiting to be sent');
    await file.letGo();
    await reads(phone.page, 'Hello Priya.');
    await marked(phone.page, 'Hello Mei.', 'Delivered');
    await phone.lose();
  });
});

describe('a recruiter’s browser', () => {
  test('whose cryptography does not come while they sign in opens the inbox when it does', async () => {
    await firm.openConversation('Daniel Roth', 'Hello Daniel.');
    const desk = await devices.open();
    const file = await keepBack(desk, lateFiles.cryptography);
    await signIn(desk.page, firm.partner);
    await expect.poll(file.asked, { timeout: 10_000 }).toBeGreaterThan(0);
    await desk.page.getByText('You are offline. You can read and write').waitFor();
    await file.letGo();
    await desk.page.getByRole('link', { name: /Daniel Roth.*Hello Daniel\./ }).waitFor();
    await desk.page.getByText('You are offline.').waitFor({ state: 'hidden' });
  });

  test('whose vault does not come is told so on the sign-in page, and signs in when it is there', async () => {
    const desk = await devices.open();
    const file = await keepBack(desk, lateFiles.vault);
    await desk.page.goto('/sign-in');
    await desk.page.getByLabel('E-mail').fill(firm.partner.email);
    await desk.page.getByLabel('Password', { exact: true }).fill(firm.partner.password);
    await desk.page.getByRole('button', { name: 'Sign in' }).click();
    await desk.page.getByText('There is no connection. Try again once you are online.').waitFor();
    await file.letGo();
    await desk.page.getByRole('button', { name: 'Sign in' }).click();
    await desk.page.getByRole('navigation', { name: 'Inbox' }).waitFor();
  });
});
