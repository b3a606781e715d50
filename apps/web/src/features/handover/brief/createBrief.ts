import { isId } from '@baton/base';
import { useQuery } from '@tanstack/solid-query';
import { createEffect, createMemo, createSignal, onCleanup, type Accessor } from 'solid-js';
import { HandOverBriefDocument } from '../../../generated/graphql.ts';
import { useClient } from '../../../platform/client/clientContext.ts';
import { answerOf, nothingMeanwhile, queryKeys } from '../../../platform/graphql/queries.ts';
import { request } from '../../../platform/graphql/request.ts';
import { fromSubscribable } from '../../../platform/subscribable/fromSubscribable.ts';
import type { TakenOver } from '../../../session/contract.ts';
import { briefKind, makeBrief, type Brief, type Named } from './brief.ts';
import { readBrief } from './readBrief.ts';
import { waitsNow } from './waits.ts';

/** Pages of a team room that are looked through at most. */
const mostPages = 4;
/** How long the brief in the team room is waited for before one is put together, in milliseconds. */
const patienceMs = 1_500;

/**
 * What whoever took a project over is told: the newest brief that was left for them in its team room; as long as there is none,
 * or its key is still on its way, what stands there now.
 */
export function createBrief(taken: TakenOver, viewer: Named, nameOf: (accountId: string) => string): { brief: Accessor<{ brief: Brief; isLeft: boolean } | null | undefined>; error: Accessor<unknown>; retry(): void } {
  const client = useClient();
  const timeline = client.messaging.openTimeline(taken.teamRoomId);
  onCleanup(() => timeline.close());
  const room = fromSubscribable(timeline.state);
  const left = createMemo(() =>
    room().items.toReversed()
      .flatMap((item) => (item.kind === 'message' && item.card?.kind === briefKind ? (readBrief(item.card.data) ?? []) : []))
      .find(({ project, to }) => project.id === taken.projectId && (to.id === viewer.id || isId('invitation', to.id))),
  );
  let pages = 0;
  createEffect(() => {
    const { items, hasEarlier, loadingEarlier } = room();
    if (left() || items.length === 0 || !hasEarlier || loadingEarlier || pages >= mostPages) return;
    pages += 1;
    void client.messaging.loadEarlier(taken.teamRoomId).catch(() => undefined);
  });

  const [waited, setWaited] = createSignal(false);
  const timer = setTimeout(() => setWaited(true), patienceMs);
  onCleanup(() => clearTimeout(timer));
  const make = async (): Promise<Brief | null> => {
    const { project } = await request(HandOverBriefDocument, { id: taken.projectId });
    const by = taken.by === null ? null : { id: taken.by, name: nameOf(taken.by) };
    const from = { id: taken.from, name: nameOf(taken.from) };
    return project && makeBrief({ project, from, to: viewer, by, at: taken.at, words: '', waitsSince: waitsNow(client) });
  };
  const made = useQuery(() => ({ queryKey: [queryKeys.project, taken.projectId, 'brief'], queryFn: make, enabled: waited() && !left(), placeholderData: nothingMeanwhile }));
  return {
    brief: () => {
      const found = left();
      if (found) return { brief: found, isLeft: true };
      const now = waited() ? answerOf(made) : undefined;
      return now && { brief: now, isLeft: false };
    },
    error: () => (left() ? null : made.error),
    retry: () => void made.refetch(),
  };
}
