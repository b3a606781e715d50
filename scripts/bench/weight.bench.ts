import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../testing/chromium.ts';
import { startTestStack } from '../testing/stack.ts';
import type { Stack } from '../services/startStack.ts';
import { report } from './report.ts';
import { makeBenchFirm, say, type BenchFirm } from './stage/firm.ts';
import { composer, continueButton, desk, fillSignIn, openPage, phone } from './stage/pages.ts';
import { percentile } from './stage/percentile.ts';
import { neededScripts, type Weights } from './weight/neededScripts.ts';
import { accepted, queued } from './weight/progress.ts';
import { slowProcessor } from './weight/slowProcessor.ts';
import { startSlowNetwork } from './weight/slowNetwork.ts';

/*
 * npm run bench -- weight: what a page has to load before a message can be written that will not be lost, for a candidate
 * who follows a link and for a recruiter who comes back; and how long it takes a candidate on a phone, from the tap on
 * Continue until the message is kept on the device and until the server has it.
 */

/** A middling mobile network and a processor of a few years ago. */
const line = { bitsPerSecond: 9_000_000, roundTripMs: 100 };
const slowdown = 4;
const runs = 7;

export async function bench(runFolder: string): Promise<void> {
  const stack = await startTestStack(runFolder);
  try {
    const firm = await makeBenchFirm(stack.origin);
    const links = await Promise.all(Array.from({ length: runs + 1 }, (_, index) => openWithGreeting(firm, `Candidate ${index}`)));
    const browser = await launchChromium();
    try {
      weigh('candidate js', 60, await candidateScripts(browser, stack, firm));
      weigh('recruiter js', 180, await recruiterScripts(browser, stack, firm));
    } finally {
      await browser.close();
    }
    await firm.client.stop();
    const times = await candidateTimes(stack, links);
    report({ bench: 'weight', figure: 'queued', value: percentile(times.map((time) => time.queued), 0.5), unit: 's', goal: 3, better: 'lower' });
    report({ bench: 'weight', figure: 'accepted', value: percentile(times.map((time) => time.accepted), 0.5), unit: 's', goal: 5, better: 'lower' });
  } finally {
    await stack.stop();
  }
}

function weigh(figure: string, goal: number, scripts: Weights): void {
  for (const [path, bytes] of scripts) process.stdout.write(`  ${figure}: ${path} ${bytes}\n`);
  const total = [...scripts.values()].reduce((sum, bytes) => sum + bytes, 0);
  report({ bench: 'weight', figure, value: total / 1024, unit: 'KB', goal, better: 'lower' });
}

async function openWithGreeting(firm: BenchFirm, candidate: string): Promise<string> {
  const { roomId, link } = await firm.openConversation(candidate);
  await say(firm.client, roomId, `Hello ${candidate}, would you have a quarter of an hour this week?`);
  return link;
}

/** Follows a link, taps Continue and writes. */
async function candidateScripts(browser: Browser, { origin }: Stack, firm: BenchFirm): Promise<Weights> {
  let link = '';
  return neededScripts(
    async () => {
      // Whoever could load everything has claimed the one before.
      link = await openWithGreeting(firm, 'Somebody');
      return openPage(browser, origin, { ...phone, serviceWorkers: 'block' });
    },
    async (page) => {
      await page.goto(link, { waitUntil: 'commit' });
      await continueButton(page).click();
      await write(page);
      await queued(page);
    },
  );
}

/** Opens the inbox and writes, in a browser that is signed in and has nothing in its cache. */
async function recruiterScripts(browser: Browser, { origin }: Stack, firm: BenchFirm): Promise<Weights> {
  return neededScripts(
    async () => {
      const page = await openPage(browser, origin, { ...desk, serviceWorkers: 'block' });
      await fillSignIn(page, firm.partner);
      await page.keyboard.press('Enter');
      await page.getByRole('link', { name: 'Candidate 1' }).first().waitFor();
      await page.goto('about:blank');
      return page;
    },
    async (page) => {
      await page.goto('/', { waitUntil: 'commit' });
      await page.getByRole('link', { name: 'Candidate 1' }).first().click();
      await write(page);
      await queued(page);
    },
  );
}

async function write(page: Page): Promise<void> {
  await composer(page).fill('Yes, gladly. Thursday after four?');
  await composer(page).press('Enter');
}

/** Seconds from Continue, on a slow line and a slow processor, in a new browser each time. The first one is not counted. */
async function candidateTimes({ origin }: Stack, links: readonly string[]): Promise<{ queued: number; accepted: number }[]> {
  const { port } = new URL(origin);
  const network = await startSlowNetwork(Number(port), line);
  const marker = `--bench-of-baton=${process.pid}`;
  const browser = await launchChromium({ args: [marker, `--host-resolver-rules=MAP 127.0.0.1:${port} 127.0.0.1:${network.port}`] });
  const speedUp = slowProcessor(marker, slowdown);
  try {
    const times: { queued: number; accepted: number }[] = [];
    for (const link of links) {
      const page = await openPage(browser, origin, phone);
      await page.goto(link);
      const tapped = await tap(page);
      await write(page);
      const [kept, there] = await Promise.all([queued(page), accepted(page)]);
      times.push({ queued: (kept - tapped) / 1000, accepted: (there - tapped) / 1000 });
      await page.context().close();
    }
    return times.slice(1);
  } finally {
    speedUp();
    await browser.close();
    network.close();
  }
}

/** Taps Continue as soon as it is there; returns when, in milliseconds since the epoch. */
async function tap(page: Page): Promise<number> {
  const noted = continueButton(page).evaluate(
    (button) => new Promise<number>((resolve) => button.addEventListener('click', (event) => resolve(performance.timeOrigin + event.timeStamp), { capture: true, once: true })),
  );
  await continueButton(page).tap();
  return noted;
}
