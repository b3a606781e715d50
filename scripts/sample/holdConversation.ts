import { newId } from '@baton/base';
import type { MessageItem } from '@baton/messaging';
import { InboxAddPromiseDocument } from '../../apps/web/src/generated/graphql.ts';
import { throwUserErrors } from '../../apps/web/src/platform/graphql/request.ts';
import { openHeadlessClient, type HeadlessClient } from '../headless/headlessClient.ts';
import { until } from '../headless/until.ts';
import { password, type SampleProject, type SampleThread } from './agency.ts';
import { personOf } from './fillProject.ts';
import { colleague, type Staff } from './foundFirm.ts';

/** A conversation that was held. */
export interface HeldConversation {
  thread: SampleThread;
  roomId: string;
  /** Keys of the colleagues who take part. */
  team: string[];
  /** The candidate's link: open where nobody has answered. */
  link: string;
  /** Null as long as the link is unclaimed. */
  candidate: HeadlessClient | null;
}

/** What one of the two sees of the conversation, from their client. */
interface Side {
  client: HeadlessClient;
  roomId: string;
}

/**
 * Holds one conversation in the order in which it is written: opened from the board, first words before anybody is
 * there, then each line when the one before has been read by the other side.
 */
export async function holdConversation(
  origin: string,
  staff: Staff,
  { project, thread, candidacyOf }: { project: SampleProject; thread: SampleThread; candidacyOf: ReadonlyMap<string, string> },
): Promise<HeldConversation> {
  const person = personOf(thread.person);
  const { client } = colleague(staff, thread.by);
  const { roomId, link } = await client.conversations.open({ candidacyId: candidacyOf.get(thread.person) ?? '', candidateName: person.name, about: project.publicTitle });
  if (link === null) throw new Error(`${person.name} has an account already`);
  const writer: Side = { client, roomId };
  let candidate: Side | null = null;

  for (const [index, line] of thread.lines.entries()) {
    const body = line.slice(2);
    const isLast = index === thread.lines.length - 1;
    if (line.startsWith('>')) {
      await write(writer, body, candidate);
    } else {
      candidate ??= await arrive(origin, link, thread.lines.slice(0, index).map((earlier) => earlier.slice(2)));
      await write(candidate, body, writer, !(isLast && thread.unread));
    }
  }
  if (candidate && thread.password) await candidate.client.account.setPassword({ email: person.email, newPassword: password });

  if (thread.promise) {
    const { body, dueIn } = thread.promise;
    const input = { id: newId('promise'), candidacyId: candidacyOf.get(thread.person) ?? '', body, dueOn: dateIn(dueIn) };
    throwUserErrors((await client.request(InboxAddPromiseDocument, { input })).addPromise.userErrors);
  }

  const team = [project.lead, ...project.members];
  const lines = thread.unread ? thread.lines.slice(0, -1) : thread.lines;
  const lastRead = lines.at(-1)?.slice(2) ?? '';
  await Promise.all(team.filter((key) => key !== thread.by).map((key) => see({ client: colleague(staff, key).client, roomId }, lastRead, true)));
  return { thread, roomId, team, link, candidate: candidate?.client ?? null };
}

/** The plain date (`2026-11-30`) so many days from today. */
function dateIn(days: number): string {
  const at = new Date();
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
}

/** Somebody follows the link, and reads what was written before they came. */
async function arrive(origin: string, link: string, written: string[]): Promise<Side> {
  const client = await openHeadlessClient(origin, { deviceName: 'Safari on iPhone' });
  const { conversationId } = await client.account.claimAsCandidate({ link });
  const { roomId } = await until(client.conversations.list, (list) => list.find((conversation) => conversation.conversationId === conversationId && conversation.state === 'ENTERED'), 'a candidate to be let in');
  const side = { client, roomId };
  for (const body of written) await see(side, body, true);
  return side;
}

/** Writes, and waits until the server has it and the other side, if there is one yet, has seen it. */
async function write(from: Side, body: string, to: Side | null, read = true): Promise<void> {
  await from.client.messaging.send(from.roomId, { body });
  await see(from, body, false, (item) => item.status !== 'queued');
  if (to) await see(to, body, read);
}

/** Waits until a message is shown on this side, decrypted, and marks it as read there. */
async function see({ client, roomId }: Side, body: string, read: boolean, also: (item: MessageItem) => boolean = () => true): Promise<void> {
  const timeline = client.messaging.openTimeline(roomId);
  try {
    const isIt = (item: { kind: string }): item is MessageItem => item.kind === 'message' && (item as MessageItem).body === body && also(item as MessageItem);
    const item = await until(timeline.state, ({ items }) => items.find(isIt), `“${body}” to be shown`);
    if (read) await client.messaging.markRead(roomId, item.key);
  } finally {
    timeline.close();
  }
}
