import type { Browser, Page } from 'playwright-core';
import { openHeadlessClient } from '../headless/headlessClient.ts';
import { until } from '../headless/until.ts';
import { launchChromium } from '../testing/chromium.ts';
import { startTestStack } from '../testing/stack.ts';
import { report } from './report.ts';
import { makeBenchFirm, say, waitFor, type BenchFirm } from './stage/firm.ts';
import { pressedAt, watchKeys } from './stage/keys.ts';
import { desk, fillSignIn, openPage } from './stage/pages.ts';
import { percentile } from './stage/percentile.ts';

/*
 * npm run bench -- sign-in: a recruiter with thirty conversations, written in by both sides, signs in on a browser that has
 * never been here. From Enter in the password field until each row of the inbox shows its last message, decrypted.
 */

const conversations = 30;
const runs = 9;
/** Candidates who come at the same time. */
const together = 5;
/** What it takes to type an address and a password, in milliseconds: a short while for a person. */
const typing = 3_000;
/** All thirty rows in sight. */
const tallDesk = { ...desk, viewport: { width: 1440, height: 2600 } };

export async function bench(runFolder: string): Promise<void> {
  const stack = await startTestStack(runFolder);
  const browser = await launchChromium();
  try {
    const firm = await makeBenchFirm(stack.origin);
    const answers: string[] = [];
    for (let first = 0; first < conversations; first += together) {
      answers.push(...(await Promise.all(Array.from({ length: together }, (_, index) => talk(stack.origin, firm, first + index)))));
    }
    // Keeps the first client until another device reads everything: then its keys are backed up.
    await signIn(browser, stack.origin, firm, answers);
    await firm.client.stop();
    const times: number[] = [];
    for (let run = 0; run < runs; run++) times.push(await signIn(browser, stack.origin, firm, answers));
    report({ bench: 'sign-in', figure: 'p50', value: percentile(times, 0.5) / 1000, unit: 's', goal: 3, better: 'lower' });
  } finally {
    await browser.close();
    await stack.stop();
  }
}

/** A conversation of four messages; returns the last one's text. */
async function talk(origin: string, firm: BenchFirm, index: number): Promise<string> {
  const greeting = `Hello number ${index}, may I tell you about a role?`;
  const last = `Yes, number ${index} will be there on Thursday.`;
  const { conversationId, roomId, link } = await firm.openConversation(`Candidate ${index}`);
  await say(firm.client, roomId, greeting);
  const candidate = await openHeadlessClient(origin);
  await candidate.account.claimAsCandidate({ link });
  await until(candidate.conversations.list, (list) => list.some((one) => one.conversationId === conversationId && one.state === 'ENTERED'), 'a candidate to come in');
  await waitFor(candidate, roomId, greeting);
  await say(candidate, roomId, 'Please do.');
  await waitFor(firm.client, roomId, 'Please do.');
  await say(firm.client, roomId, 'Would Thursday at four suit you?');
  await waitFor(candidate, roomId, 'Would Thursday at four suit you?');
  await say(candidate, roomId, last);
  await waitFor(firm.client, roomId, last);
  await candidate.stop();
  return last;
}

/** Signs in on a new browser; resolves with the milliseconds until all of these texts stand in the inbox. */
async function signIn(browser: Browser, origin: string, firm: BenchFirm, texts: readonly string[]): Promise<number> {
  const page = await openPage(browser, origin, tallDesk);
  await fillSignIn(page, firm.partner);
  await watchKeys(page);
  const shown = await catchAll(page, texts);
  await page.waitForTimeout(typing);
  await page.keyboard.press('Enter');
  const took = (await shown()) - (await pressedAt(page));
  await page.context().close();
  return took;
}

/** Looks out for texts; the returned function resolves with when (milliseconds since the epoch) the last of them came to stand there. */
async function catchAll(page: Page, texts: readonly string[]): Promise<() => Promise<number>> {
  await page.evaluate((wanted) => {
    const missing = (): string[] => wanted.filter((one) => !document.body.textContent.includes(one));
    const scope = globalThis as unknown as { caught: Promise<number> };
    scope.caught = new Promise((resolve, reject) => {
      const observer = new MutationObserver(() => {
        if (missing().length > 0) return;
        observer.disconnect();
        resolve(performance.timeOrigin + performance.now());
      });
      observer.observe(document.body, { childList: true, subtree: true, characterData: true });
      setTimeout(() => reject(new Error(`${missing().length} of ${wanted.length} rows were not readable after a minute`)), 60_000);
    });
    scope.caught.catch(() => {});
  }, texts);
  return () => page.evaluate(() => (globalThis as unknown as { caught: Promise<number> }).caught);
}
