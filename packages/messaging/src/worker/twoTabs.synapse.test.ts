import 'fake-indexeddb/auto';
import { randomBytes } from 'node:crypto';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { launchChromium } from '../../../../scripts/testing/chromium.ts';
import type {} from '../../../../scripts/testing/provided.ts';
import { connectDevice, makeDirectory } from '../matrix/testing/device.ts';
import { provision } from '../matrix/testing/provision.ts';
import type { PageApi, StoredDevice } from './testing/page/api.ts';
import { servePage } from './testing/servePage.ts';

declare const api: PageApi;
type State = ReturnType<PageApi['state']['current']>;

let served: Awaited<ReturnType<typeof servePage>>;
let browser: Awaited<ReturnType<typeof launchChromium>>;
beforeAll(async () => {
  [served, browser] = await Promise.all([servePage(inject('matrix').url), launchChromium()]);
});
afterAll(async () => {
  await browser?.close();
  served?.close();
});

const stateOf = (tab: Page): Promise<State> => tab.evaluate(() => api.state.current());

it('two tabs share one session in a worker, and the second goes on when the first is closed', async () => {
  const world = { provisioning: await provision(inject('matrix')), directory: makeDirectory() };
  const { user, room, token, serviceUserId } = world.provisioning;
  const [ann, ben] = await Promise.all([user('ann'), user('ben')]);
  const roomId = await room([ann, ben]);
  const ben1 = await connectDevice(world, ben);
  const { masterKey: benKey } = await ben1.connection.identified;

  const context = await browser.newContext();
  const problems: string[] = [];
  const openTab = async (): Promise<Page> => {
    const tab = await context.newPage();
    tab.on('pageerror', (error) => problems.push(String(error)));
    tab.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
    await tab.goto(served.origin);
    return tab;
  };
  const first = await openTab();
  const { masterKey } = await first.evaluate(
    ({ storageKey, secretStorageKey, ...device }) => api.start({ ...device, storageKey: new Uint8Array(storageKey), secretStorageKey: new Uint8Array(secretStorageKey) } as StoredDevice),
    { login: { userId: ann, deviceId: `D${randomBytes(4).toString('hex').toUpperCase()}`, token: token(ann) }, serviceUserId, storageKey: [...randomBytes(32)], secretStorageKey: [...randomBytes(32)], certified: [[ben, benKey]] as [string, string][] },
  );
  world.directory.keys.set(ann, masterKey);

  const second = await openTab();
  await second.evaluate((to) => api.say(to, 'from the second tab'), roomId);
  expect((await ben1.hears('from the second tab')).decryption.authenticity).toBe('certified');
  await ben1.say(roomId, 'to both');
  await expect.poll(async () => (await stateOf(first)).heard, { timeout: 10_000 }).toContain('to both (certified)');
  await expect.poll(async () => (await stateOf(second)).heard).toEqual((await stateOf(first)).heard);
  const { life } = await stateOf(second);
  expect((await stateOf(first)).life).toBe(life);

  await first.close();
  await second.evaluate((to) => api.say(to, 'the first is closed'), roomId);
  expect((await ben1.hears('the first is closed')).decryption.authenticity).toBe('certified');
  expect((await stateOf(second)).life).not.toBe(life);
  await ben1.say(roomId, 'still there?');
  await expect.poll(async () => (await stateOf(second)).heard, { timeout: 10_000 }).toContain('still there? (certified)');
  expect(problems).toEqual([]);
  await ben1.homeserver.stop();
});
