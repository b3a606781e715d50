import type { Page } from 'playwright-core';
import { launchChromium } from '../testing/chromium.ts';
import { startTestStack } from '../testing/stack.ts';
import { catchFloor, putFloor } from './latency/floor.ts';
import { catchText } from './latency/text.ts';
import { report } from './report.ts';
import { makeBenchFirm } from './stage/firm.ts';
import { pressedAt, watchKeys } from './stage/keys.ts';
import { composer, continueButton, desk, fillSignIn, openPage, phone } from './stage/pages.ts';
import { percentile } from './stage/percentile.ts';
import { makePlainRoom } from './stage/plainRoom.ts';

/*
 * npm run bench -- latency: a recruiter and a candidate with a thread open in two browsers. Enter is pressed in the one, and
 * the text stands in the other's page. In turn with it the floor, from the same two pages and over the same origin: a plain
 * PUT of an event of the same size, until the other page's long poll has brought it, while the writer's page polls as well, as
 * ours do. Both take turns in writing.
 */

const rounds = 120;
const warmUps = 6;
/**
 * From the text being there to Enter, in milliseconds: the typing notice has come and gone. The floor's polls stand as long before
 * its event is put: both begin from the same rest.
 */
const rest = 250;
/** From a message to the floor beside it, in milliseconds: receipts and the end of typing are told, so that nothing of ours slows the floor down. */
const calm = 900;

export async function bench(runFolder: string): Promise<void> {
  const stack = await startTestStack(runFolder);
  const firm = await makeBenchFirm(stack.origin);
  const { conversationId, link } = await firm.openConversation('Priya Shah');
  const floorRoom = await makePlainRoom(stack.matrix);
  const browser = await launchChromium();
  try {
    const recruiter = await openPage(browser, stack.origin, desk);
    await fillSignIn(recruiter, firm.partner);
    await recruiter.keyboard.press('Enter');
    await recruiter.getByRole('link', { name: 'Priya Shah' }).first().click();
    await composer(recruiter).waitFor();
    await firm.client.stop();
    const candidate = await openPage(browser, stack.origin, phone);
    await candidate.goto(link);
    await continueButton(candidate).click();
    // Before, their thread is one that only takes messages in; it is made anew when they are in the room.
    await candidate.getByText('joined the conversation').waitFor();
    await recruiter.getByText('Priya Shah joined the conversation').waitFor();
    const pages: [Page, Page] = [recruiter, candidate];
    for (const page of pages) await watchKeys(page);

    const ours: number[] = [];
    const floor: number[] = [];
    for (let round = -warmUps; round < rounds; round++) {
      const turn = Math.abs(round) % 2;
      const [from, to] = turn === 0 ? pages : (pages.toReversed() as [Page, Page]);
      const [writer, reader] = turn === 0 ? floorRoom.users : floorRoom.users.toReversed();
      const text = `${conversationId.slice(-4)} message ${round} of a conversation, as long as people write them`;

      const arrived = await catchText(to, text);
      await composer(from).fill(text);
      await from.waitForTimeout(rest);
      await composer(from).press('Enter');
      const shown = (await arrived()) - (await pressedAt(from));
      await from.waitForTimeout(calm);

      const [caught, echoed] = await Promise.all([catchFloor(to, reader!.token), catchFloor(from, writer!.token)]);
      await from.waitForTimeout(rest);
      const sent = await putFloor(from, { token: writer!.token, roomId: floorRoom.roomId, transactionId: `floor${round}` });
      const bare = (await caught()) - sent;
      await echoed();
      if (round >= 0) {
        ours.push(shown);
        floor.push(bare);
      }
    }
    for (const [figure, share, goal] of [['p50', 0.5, 1.5], ['p95', 0.95, 2]] as const) {
      report({ bench: 'latency', figure, value: percentile(ours, share), unit: 'ms', floor: percentile(floor, share), goal, better: 'lower' });
    }
  } finally {
    await browser.close();
    await stack.stop();
  }
}
