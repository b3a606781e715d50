import { isId } from '@baton/base';
import type { MessagingSession } from '@baton/messaging';
import { HandOverBriefDocument } from '../../../generated/graphql.ts';
import { request } from '../../../platform/graphql/request.ts';
import type { BatonClient, TakenOver } from '../../../session/contract.ts';
import { briefKind, makeBrief, type Brief, type Named } from './brief.ts';
import { readBrief } from './readBrief.ts';
import { waitsSince } from './waitsSince.ts';

/** Pages of a team room that are looked through at most, and how long each may take to come, in milliseconds. */
const pages = 4;
const pageMs = 3_000;

/** The newest brief that was left for whoever took a project over, by their account or the invitation they came by; null where there is none. */
async function briefInRoom(messaging: MessagingSession, { projectId, teamRoomId }: TakenOver, viewer: string): Promise<Brief | null> {
  const timeline = messaging.openTimeline(teamRoomId);
  const find = (): Brief | undefined => timeline.state.current().items.toReversed()
    .flatMap((item) => (item.kind === 'message' && item.card?.kind === briefKind ? (readBrief(item.card.data) ?? []) : []))
    .find(({ project, to }) => project.id === projectId && (to.id === viewer || isId('invitation', to.id)));
  const changed = (): Promise<void> =>
    new Promise((resolve) => {
      const end = (): void => (clearTimeout(timer), unsubscribe(), resolve());
      const timer = setTimeout(end, pageMs);
      const unsubscribe = timeline.state.subscribe(end);
    });
  try {
    for (let page = 0; page < pages && find() === undefined; page++) {
      if (timeline.state.current().items.length === 0) await changed();
      else if (!timeline.state.current().hasEarlier) break;
      else await messaging.loadEarlier(teamRoomId);
    }
    return find() ?? null;
  } finally {
    timeline.close();
  }
}

/** What whoever took a project over is told: the brief that was left for them; where nobody could leave one, what stands there now. */
export async function findBrief(client: Pick<BatonClient, 'conversations' | 'messaging'>, taken: TakenOver, viewer: Named, nameOf: (accountId: string) => string): Promise<{ brief: Brief; isLeft: boolean } | null> {
  const left = await briefInRoom(client.messaging, taken, viewer.id);
  if (left) return { brief: left, isLeft: true };
  const { project } = await request(HandOverBriefDocument, { id: taken.projectId });
  const by = taken.by === null ? null : { id: taken.by, name: nameOf(taken.by) };
  const from = { id: taken.from, name: nameOf(taken.from) };
  return project && { brief: makeBrief({ project, from, to: viewer, by, at: taken.at, words: '', waitsSince: waitsSince(client) }), isLeft: false };
}
