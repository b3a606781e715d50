import { constants, setPriority } from 'node:os';
import { launchChromium } from '../testing/chromium.ts';
import type { Stack } from '../services/startStack.ts';
import { startTestStack } from '../testing/stack.ts';
import { watchBlocks } from './handover/blocks.ts';
import { openAlone } from './handover/openAlone.ts';
import { watchReadable } from './handover/readable.ts';
import { report } from './report.ts';
import { fullSize, makeLargeProject, type LargeProject } from './stage/largeProject.ts';
import { desk, fillSignIn, openPage } from './stage/pages.ts';

/*
 * npm run bench -- handover [THREADS]: a consultant with 200 threads of 50 messages each is gone; the successor is signed in on
 * a browser that has never been here and sees an empty inbox. From the partner's Confirm until the successor's browser has
 * decrypted the first thread, and everything. Beside it the floor: opening and verifying the same deposits alone.
 */

/** From the page being there until everything about it rests, in milliseconds. */
const settling = 4_000;

export async function bench(runFolder: string, [threads = String(fullSize.threads)]: readonly string[]): Promise<void> {
  const browser = await launchChromium();
  // What starts from here on stands elsewhere in truth: the servers, and the partner's client. It leaves the processors to the page.
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  let stack: Stack | undefined;
  let project: LargeProject | undefined;
  try {
    stack = await startTestStack(runFolder);
    project = await makeLargeProject(stack.origin, { ...fullSize, threads: Number(threads) }, (line) => process.stdout.write(`  ${line}\n`));
    const page = await openPage(browser, stack.origin, desk);
    await fillSignIn(page, project.successor);
    await page.keyboard.press('Enter');
    await page.getByRole('navigation', { name: 'Inbox' }).waitFor();
    // The first sync is through: the inbox says that it is empty.
    await page.getByRole('link', { name: 'Projects' }).first().click();
    await page.getByRole('link', { name: 'Inbox' }).first().click();
    // Hints are followed from a moment after the page is there.
    await page.waitForTimeout(settling);
    const beside = await page.context().newPage();
    await beside.goto('/icon.svg');

    const readable = await watchReadable(beside, project.threads.map(({ roomId, texts }) => ({ roomId, messages: texts.length })));
    const blocks = await watchBlocks(page);
    const confirmed = Date.now();
    await project.handOver();
    process.stdout.write(`  confirmed after ${((Date.now() - confirmed) / 1000).toFixed(1)} s\n`);
    const { first, all } = await readable();
    const { longest, count } = await blocks();
    // What the device has, the page shows.
    const [thread] = project.threads;
    await page.getByRole('searchbox', { name: 'Search conversations' }).fill(thread!.candidate);
    await page.getByRole('list', { name: 'Conversations' }).getByRole('link', { name: thread!.candidate }).click();
    await page.getByText(thread!.texts.at(-1)!).first().waitFor();

    const alone = await openAlone(stack.origin, project.successor, project.projectId);
    process.stdout.write(`  ${project.threads.length} threads, ${project.threads.reduce((sum, { texts }) => sum + texts.length, 0)} messages, ${project.sessions} sessions, ${alone.deposits} deposits, ${count} long tasks\n`);
    report({ bench: 'handover', figure: 'all readable', value: (all - confirmed) / 1000, unit: 's', goal: 60, better: 'lower' });
    report({ bench: 'handover', figure: 'first thread readable', value: (first - confirmed) / 1000, unit: 's', goal: 3, better: 'lower' });
    report({ bench: 'handover', figure: 'longest block', value: longest, unit: 'ms', goal: 50, better: 'lower' });
    report({ bench: 'handover', figure: 'opening the deposits alone', value: alone.milliseconds / 1000, unit: 's', better: 'lower' });
  } finally {
    await project?.stop();
    await browser.close();
    await stack?.stop();
  }
}
