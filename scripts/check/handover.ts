import type { MessageItem } from '@baton/messaging';
import { makeLargeProject, fullSize, type WrittenThread } from '../bench/stage/largeProject.ts';
import { openHeadlessClient, type HeadlessClient } from '../headless/headlessClient.ts';
import { until } from '../headless/until.ts';
import { createRunFolder, removeRunFolder } from '../testing/runFolder.ts';
import { startTestStack } from '../testing/stack.ts';
import type { CheckResult } from './checks.ts';

/** How long a thread may take to come, in milliseconds: rooms follow one after the other. */
const patience = 600_000;

/**
 * npm run check:handover [-- THREADS]: 200 threads with 10,000 messages, and the consultant who held them is gone. The partner
 * hands the project over with the recovery kit; the successor, on a client that has never been here, has to read every text of
 * every thread, and nothing else.
 */
export async function checkHandover([threads = String(fullSize.threads)]: readonly string[] = []): Promise<CheckResult> {
  const runFolder = await createRunFolder();
  const stack = await startTestStack(runFolder);
  const clients: { stop(): Promise<void> }[] = [];
  try {
    const project = await makeLargeProject(stack.origin, { ...fullSize, threads: Number(threads) }, (line) => process.stdout.write(`  ${line}\n`));
    clients.push(project);
    await project.handOver();
    const successor = await openHeadlessClient(stack.origin);
    clients.push(successor);
    await successor.account.signIn(project.successor);
    const wrong: string[] = [];
    let compared = 0;
    for (const thread of project.threads) {
      const shown = await readAll(successor, thread);
      if (shown.toSorted().join('\n') !== thread.texts.toSorted().join('\n')) wrong.push(`${thread.candidate}: ${shown.length} of ${thread.texts.length} texts, or others`);
      compared += thread.texts.length;
    }
    const counted = `${compared} texts of ${project.threads.length} threads under ${project.sessions} sessions`;
    if (wrong.length === 0) process.stdout.write(`  The successor reads ${counted}.\n`);
    return { passed: wrong.length === 0, output: `Of ${counted} not all were read:\n${wrong.join('\n')}` };
  } finally {
    await Promise.allSettled(clients.map((client) => client.stop()));
    await stack.stop();
    await removeRunFolder(runFolder);
  }
}

/** All that a client shows of a thread, from its first message. @throws Error when the thread does not come, or something in it stays shut */
async function readAll(client: HeadlessClient, { roomId, candidate, texts }: WrittenThread): Promise<string[]> {
  await until(client.messaging.rooms, (rooms) => rooms.some((room) => room.roomId === roomId && room.membership === 'join'), `the thread of ${candidate} to come`, patience);
  const timeline = client.messaging.openTimeline(roomId);
  try {
    return await until(
      timeline.state,
      ({ items, hasEarlier, loadingEarlier }) => {
        const shown = items.filter((item): item is MessageItem => item.kind === 'message').map(({ body }) => body);
        if (!hasEarlier && shown.length >= texts.length) return shown;
        if (hasEarlier && !loadingEarlier) void client.messaging.loadEarlier(roomId);
        return null;
      },
      `every message of ${candidate} to be read`,
      patience,
    );
  } finally {
    timeline.close();
  }
}
