import { openHeadlessClient, type HeadlessClient } from '../headless/headlessClient.ts';
import { until } from '../headless/until.ts';
import { password } from './agency.ts';
import { personOf } from './fillProject.ts';
import type { HeldConversation } from './holdConversation.ts';
import type { Staff } from './foundFirm.ts';

/**
 * Signs everybody who has a password in on a new device, which has to read every message of theirs: what a browser will
 * do tomorrow, when the clients of today are gone. Those are signed out then.
 * @throws Error when something can't be read
 */
export async function checkEverybodyReads(origin: string, staff: Staff, conversations: readonly HeldConversation[]): Promise<void> {
  const members = [...staff.values()].map(({ key, email, client }) => ({ email, client, mine: conversations.filter(({ team }) => team.includes(key)) }));
  const candidates = conversations.flatMap((held) => (held.candidate && held.thread.password ? [{ email: personOf(held.thread.person).email, client: null, mine: [held] }] : []));
  await Promise.all(
    [...members, ...candidates].map(async ({ email, client, mine }) => {
      const device = await openHeadlessClient(origin);
      await device.account.signIn({ email, password });
      await until(device.conversations.list, (list) => mine.every(({ roomId }) => list.some((conversation) => conversation.roomId === roomId)), `${email} to have all conversations`);
      await Promise.all(mine.map((held) => readAll(device, held, email)));
      await device.account.signOut();
      await client?.account.signOut();
    }),
  );
}

async function readAll(device: HeadlessClient, { roomId, thread }: HeldConversation, email: string): Promise<void> {
  const timeline = device.messaging.openTimeline(roomId);
  try {
    await until(
      timeline.state,
      ({ items, hasEarlier, loadingEarlier }) => {
        const shown = items.flatMap((item) => (item.kind === 'message' ? [item.body] : []));
        const all = thread.lines.every((line) => shown.includes(line.slice(2)));
        if (!all && hasEarlier && !loadingEarlier) void device.messaging.loadEarlier(roomId);
        return all;
      },
      `${email} to read everything in the conversation with ${thread.person}`,
    );
  } finally {
    timeline.close();
  }
}
