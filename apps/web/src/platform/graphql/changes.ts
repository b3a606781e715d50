import type { QueryClient } from '@tanstack/solid-query';
import { ChangesDocument, type ChangeTopic } from '../../generated/graphql.ts';
import { queryKeys } from './queries.ts';

/** Which answers a hint makes stale. A person's name stands on boards, a member's in conversations: lists go with them. */
const touched: Record<ChangeTopic, readonly string[]> = {
  PERSON: [queryKeys.person, queryKeys.people, queryKeys.companies, queryKeys.project],
  PROJECT: [queryKeys.project, queryKeys.projects, queryKeys.person],
  CONVERSATION: [queryKeys.conversation, queryKeys.conversations, queryKeys.person, queryKeys.project],
  MEMBER: [queryKeys.members, queryKeys.invitations, queryKeys.viewer, queryKeys.sessions],
  VAULT: [],
};
const single: Partial<Record<ChangeTopic, string>> = { PERSON: queryKeys.person, PROJECT: queryKeys.project, CONVERSATION: queryKeys.conversation };

export interface Hint {
  topic: ChangeTopic;
  id: string;
}

/**
 * Makes stale what hints are about: of a thing's own kind only that id's entry, of the other kinds everything. All of a burst in
 * one go: what is on the screen is asked for once, and not once a hint.
 */
export function applyHints(queries: QueryClient, hints: readonly Hint[]): void {
  const stale = new Map<string, Set<string> | 'all'>();
  for (const { topic, id } of hints) {
    for (const kind of touched[topic]) {
      const ids = stale.get(kind);
      if (kind !== single[topic]) stale.set(kind, 'all');
      else if (ids !== 'all') stale.set(kind, (ids ?? new Set()).add(id));
    }
  }
  if (stale.size === 0) return;
  void queries.invalidateQueries({
    predicate: ({ queryKey: [kind, id] }) => {
      const ids = stale.get(kind as string);
      return ids === 'all' || (ids !== undefined && (id === undefined || ids.has(id as string)));
    },
  });
}

/** The projects whose vaults hints are about, each once; null for all of them. A colleague may have come, become something else, or left. */
export function vaultsIn(hints: readonly Hint[]): (string | null)[] {
  if (hints.some(({ topic }) => topic === 'MEMBER')) return [null];
  return [...new Set(hints.filter(({ topic }) => topic === 'PROJECT' || topic === 'VAULT').map(({ id }) => id))];
}

/** Who is told of what is kept beside the cache. */
export interface ChangeListener {
  /** Something that concerns conversations. */
  conversations(): void;
  /** Somebody came into the firm, left it, or is something else in it. */
  members(): void;
  /** A project's log or vault; null when it may be any: after a gap, and when the firm's own log has grown. */
  vault(projectId: string | null): void;
}

/** Hints of a burst are joined over this time, in milliseconds. */
const gatherMs = 250;

/**
 * Joins hints that come in a burst. Only that a project's log may have grown is told at once where it begins a burst: a handover
 * is told so, hints of all its conversations follow, and whoever comes waits for its keys.
 */
export function gatherHints(queries: QueryClient, changed: ChangeListener): { take(hint: Hint): void; stop(): void } {
  let waiting = new Map<string, Hint>();
  let untold: Hint[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = (): void => {
    timer = undefined;
    const [hints, vaults] = [[...waiting.values()], vaultsIn(untold)];
    waiting = new Map();
    untold = [];
    applyHints(queries, hints);
    if (hints.some(({ topic }) => topic !== 'PERSON' && topic !== 'VAULT')) changed.conversations();
    if (hints.some(({ topic }) => topic === 'MEMBER')) changed.members();
    for (const projectId of vaults) changed.vault(projectId);
  };
  return {
    take: (hint) => {
      if (timer === undefined && hint.topic === 'PROJECT') changed.vault(hint.id);
      else untold.push(hint);
      waiting.set(`${hint.topic} ${hint.id}`, hint);
      timer ??= setTimeout(flush, gatherMs);
    },
    stop: () => clearTimeout(timer),
  };
}

/**
 * Follows the API's hints and keeps the cache true. After a gap everything is stale, for hints are not kept for who was
 * away. Returns the function that ends it.
 */
export async function followChanges(queries: QueryClient, changed: ChangeListener): Promise<() => void> {
  const { createClient } = await import('graphql-ws');
  const url = new URL('/graphql', location.href);
  url.protocol = url.protocol.replace('http', 'ws');
  let connectedBefore = false;
  const gathered = gatherHints(queries, changed);
  const client = createClient({
    url: url.href,
    lazy: true,
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
    retryWait: (attempt) => new Promise((resolve) => setTimeout(resolve, Math.min(30_000, 500 * 2 ** attempt) * (0.5 + Math.random()))),
    keepAlive: 25_000,
    on: {
      connected: () => {
        if (connectedBefore) {
          void queries.invalidateQueries();
          changed.conversations();
          changed.vault(null);
        }
        connectedBefore = true;
      },
    },
  });
  const end = client.subscribe<{ changes: { topic: ChangeTopic; id: string } }>(
    { query: ChangesDocument.toString() },
    {
      next: ({ data }) => {
        if (data) gathered.take(data.changes);
      },
      error: () => {},
      complete: () => {},
    },
  );
  return () => {
    gathered.stop();
    end();
    void client.dispose();
  };
}
