import { openHeadlessClient, type HeadlessClient } from '../headless/headlessClient.ts';
import { until } from '../headless/until.ts';
import { startTestStack } from '../testing/stack.ts';
import { report } from './report.ts';
import { makeBenchFirm, say, waitFor, type BenchFirm } from './stage/firm.ts';
import { percentile } from './stage/percentile.ts';

/*
 * npm run bench -- deposit: what it adds to a message that its session's key goes to the project's vault first. In turn, in
 * threads with a candidate in them whose session is ready: the first message on a session, for which the key is sealed and
 * deposited, and two that follow on the same one, from the call of send until the server has it.
 */

const threads = 30;
/** Candidates who come at the same time. */
const together = 5;

export async function bench(runFolder: string): Promise<void> {
  const stack = await startTestStack(runFolder);
  const deposits: string[] = [];
  try {
    const firm = await makeBenchFirm(stack.origin, { onRequest: (body) => void (body.includes('"deposits":') && deposits.push(body)) });
    const rooms: string[] = [];
    for (let first = 0; first < threads; first += together) {
      rooms.push(...(await Promise.all(Array.from({ length: together }, (_, index) => greet(stack.origin, firm, first + index)))));
    }
    const firstMessages: number[] = [];
    const followingMessages: number[] = [];
    let following = 0;
    for (const roomId of rooms) {
      await firm.client.messaging.prepare(roomId);
      firstMessages.push(await timed(firm.client, roomId, 'The first under a new key.'));
      const before = deposits.length;
      for (const body of ['The second.', 'And the third.']) followingMessages.push(await timed(firm.client, roomId, body));
      // Keys that candidates sent are deposited when there is time for it: that may be now, for another room.
      following += deposits.slice(before).filter((body) => body.includes(roomId)).length;
    }
    const usual = percentile(followingMessages, 0.5);
    report({ bench: 'deposit', figure: 'added to the first message', value: percentile(firstMessages, 0.5) - usual, unit: 'ms', goal: 40, better: 'lower' });
    report({ bench: 'deposit', figure: 'deposits with following messages', value: following / followingMessages.length, unit: 'deposits', goal: 0, better: 'lower' });
    report({ bench: 'deposit', figure: 'a following message', value: usual, unit: 'ms', better: 'lower' });
    await firm.client.stop();
  } finally {
    await stack.stop();
  }
}

/** Opens a conversation and lets its candidate come in: with that the recruiter's next message begins a session. */
async function greet(origin: string, firm: BenchFirm, index: number): Promise<string> {
  const { conversationId, roomId, link } = await firm.openConversation(`Candidate ${index}`);
  await say(firm.client, roomId, 'May I tell you about a role?');
  const candidate = await openHeadlessClient(origin);
  await candidate.account.claimAsCandidate({ link });
  await until(candidate.conversations.list, (list) => list.some((one) => one.conversationId === conversationId && one.state === 'ENTERED'), 'a candidate to come in');
  await waitFor(candidate, roomId, 'May I tell you about a role?');
  await say(candidate, roomId, 'Please do.');
  await waitFor(firm.client, roomId, 'Please do.');
  await candidate.stop();
  return roomId;
}

/** Milliseconds from `send` until the server has it. */
async function timed(client: HeadlessClient, roomId: string, body: string): Promise<number> {
  const began = performance.now();
  await say(client, roomId, body);
  return performance.now() - began;
}
