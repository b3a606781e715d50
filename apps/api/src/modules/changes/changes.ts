import { become, signedIn, type ApiContext } from '../../platform/graphql/context.ts';
import type { ChangeEvent } from '../../platform/pubsub/changeBus.ts';
import { makeHintQueue } from '../../platform/pubsub/hintQueue.ts';
import { refreshViewer } from '../accounts/accounts.ts';
import { seenConversations } from '../conversations/conversations.ts';
import { projectsByIds } from '../projects/projects.ts';
import { isOnProject } from '../vault/vault.policy.ts';

/**
 * Hints of what the viewer may see, from now on, until the session ends or the browser goes. Each is authorised anew when
 * it is told: what the viewer might see at the beginning decides nothing. Those that wait are looked at together: one by one, the
 * hints of a handover of hundreds of conversations would take as many seconds as its reading.
 */
export function changes(ctx: ApiContext): AsyncIterableIterator<ChangeEvent> {
  const viewer = signedIn(ctx);
  const bus = ctx.services.changes;
  const allowed: ChangeEvent[] = [];
  let ended = false;
  const queue = makeHintQueue<ChangeEvent>(({ topic, id }) => `${topic} ${id}`, () => {
    ended = true;
    off();
    offEnd();
  });
  const off = bus.subscribe(viewer.organisationId, queue.push);
  const offEnd = bus.onSessionEnd(viewer.sessionId, queue.end);

  const next = async (): Promise<IteratorResult<ChangeEvent>> => {
    for (;;) {
      const value = ended ? undefined : allowed.shift();
      if (value !== undefined) return { done: false, value };
      const hint = await queue.next();
      if (hint.done) return hint;
      allowed.push(...(await seenOf(ctx, [hint.value, ...queue.takeAll()])));
    }
  };
  const iterator: AsyncIterableIterator<ChangeEvent> = {
    next,
    return: async () => {
      queue.end();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]: () => iterator,
  };
  return iterator;
}

/** Those that the viewer, as they are now, may know of. */
async function seenOf(ctx: ApiContext, events: readonly ChangeEvent[]): Promise<ChangeEvent[]> {
  become(ctx, await refreshViewer(ctx.services, ctx.viewer));
  const { viewer } = ctx;
  if (viewer.kind === 'anonymous') return [];
  const own = events.filter(({ organisationId }) => organisationId === viewer.organisationId);
  const idsOf = (...topics: ChangeEvent['topic'][]): string[] => own.filter(({ topic }) => topics.includes(topic)).map(({ id }) => id);
  const conversations = await seenConversations(ctx, idsOf('CONVERSATION'));
  const asked = idsOf('PROJECT', 'VAULT');
  const found = viewer.kind === 'member' && asked.length > 0 ? await ctx.read((tx) => projectsByIds(tx, viewer, asked)) : [];
  const projects = new Map(found.map((project) => [project.id, project]));
  return own.filter(({ topic, id }) => {
    switch (topic) {
      case 'CONVERSATION':
        return conversations.has(id);
      case 'PROJECT':
        return projects.has(id);
      case 'VAULT': {
        const project = projects.get(id);
        return project !== undefined && isOnProject(project);
      }
      case 'PERSON':
      case 'MEMBER':
        return viewer.kind === 'member';
    }
  });
}
