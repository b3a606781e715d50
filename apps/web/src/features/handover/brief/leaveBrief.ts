import { BatonError } from '@baton/base';
import { HandOverBriefDocument } from '../../../generated/graphql.ts';
import { request } from '../../../platform/graphql/request.ts';
import type { BatonClient } from '../../../session/contract.ts';
import { briefKind, makeBrief, type Named } from './brief.ts';
import { briefText } from './briefText.ts';
import { waitsNow } from './waits.ts';

/** For how long the server may take the brief before the handover goes on without waiting for it, in milliseconds. */
const patienceMs = 20_000;

interface Leaving {
  client: Pick<BatonClient, 'conversations' | 'messaging'>;
  projectId: string;
  from: Named;
  to: Named;
  /** Whose threads go to the successor: the predecessor, or whoever has taken them first. */
  holder: string;
  by: Named;
  words: string;
  /** The message's id: said again it is the same message. */
  mid: string;
}

/**
 * Leaves the brief in the project's team room, encrypted, before the project is handed over. Who hands over their own project
 * can't write there any more afterwards: then it waits until the server has it. Who is not on the team can't write there at all:
 * then nothing is left. Throws OFFLINE.
 */
export async function leaveBrief({ client, projectId, from, to, holder, by, words, mid }: Leaving): Promise<void> {
  const { messaging } = client;
  const { project } = await request(HandOverBriefDocument, { id: projectId });
  if (!project?.vault || !project.members.some(({ member }) => member.id === by.id)) return;
  const { teamRoomId } = project.vault;
  const brief = makeBrief({ project, from, to, holder, by, words, at: new Date().toISOString(), waitsSince: waitsNow(client) });
  await messaging.send(teamRoomId, { body: briefText(brief), card: { kind: briefKind, data: brief } }, mid);
  if (holder === by.id) await untilSent(messaging, teamRoomId, mid);
}

/** Whatever holds it back but the network does not hold the handover back: the message goes out later, or says why not. */
async function untilSent(messaging: BatonClient['messaging'], roomId: string, key: string): Promise<void> {
  const timeline = messaging.openTimeline(roomId);
  const hasLeft = (): boolean => timeline.state.current().items.some((item) => item.kind === 'message' && item.key === key && item.status !== 'queued');
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, patienceMs);
  const unsubscribe = timeline.state.subscribe(() => hasLeft() && resolve());
  if (hasLeft()) resolve();
  await promise;
  clearTimeout(timer);
  unsubscribe();
  const out = hasLeft();
  timeline.close();
  if (!out && messaging.connection.current() !== 'online') throw new BatonError('OFFLINE');
}
