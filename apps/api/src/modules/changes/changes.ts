import { become, signedIn, type ApiContext } from '../../platform/graphql/context.ts';
import type { ChangeEvent } from '../../platform/pubsub/changeBus.ts';
import { makeHintQueue } from '../../platform/pubsub/hintQueue.ts';
import { refreshViewer } from '../accounts/accounts.ts';
import { conversationById } from '../conversations/conversations.ts';
import { projectsByIds } from '../projects/projects.ts';
import { isOnProject } from '../vault/vault.policy.ts';

/**
 * Hints of what the viewer may see, from now on, until the session ends or the browser goes. Each is authorised anew when
 * it is told: what the viewer might see at the beginning decides nothing.
 */
export function changes(ctx: ApiContext): AsyncIterableIterator<ChangeEvent> {
  const viewer = signedIn(ctx);
  const bus = ctx.services.changes;
  const queue = makeHintQueue<ChangeEvent>(({ topic, id }) => `${topic} ${id}`, () => {
    off();
    offEnd();
  });
  const off = bus.subscribe(viewer.organisationId, queue.push);
  const offEnd = bus.onSessionEnd(viewer.sessionId, queue.end);

  const next = async (): Promise<IteratorResult<ChangeEvent>> => {
    for (;;) {
      const hint = await queue.next();
      if (hint.done || (await maySee(ctx, hint.value))) return hint;
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

/** Whether the viewer, as they are now, may know of this. */
async function maySee(ctx: ApiContext, event: ChangeEvent): Promise<boolean> {
  become(ctx, await refreshViewer(ctx.services, ctx.viewer));
  const { viewer } = ctx;
  if (viewer.kind === 'anonymous' || viewer.organisationId !== event.organisationId) return false;
  switch (event.topic) {
    case 'CONVERSATION':
      return (await conversationById(ctx, event.id)) !== null;
    case 'PROJECT':
      return viewer.kind === 'member' && (await ctx.read((tx) => projectsByIds(tx, viewer, [event.id]))).length > 0;
    case 'VAULT': {
      const [project] = viewer.kind === 'member' ? await ctx.read((tx) => projectsByIds(tx, viewer, [event.id])) : [];
      return project !== undefined && isOnProject(project);
    }
    case 'PERSON':
    case 'MEMBER':
      return viewer.kind === 'member';
  }
}
