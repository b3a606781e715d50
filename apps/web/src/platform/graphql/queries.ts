import { isBatonError } from '@baton/base';
import { QueryClient } from '@tanstack/solid-query';

/** Things that cannot get better by asking again. */
const final = new Set(['UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND', 'BAD_REQUEST', 'UNKNOWN_DOCUMENT', 'ORIGIN_REFUSED', 'INVALID_ID', 'INVALID_CURSOR']);

/**
 * The cache of what the API answered. Answers count as fresh until a change hint says otherwise (changes.ts), or half a
 * minute has passed and somebody looks again. Messages are not in here: they live in the messaging session.
 */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        gcTime: 10 * 60_000,
        // Without a network a question is not put off in silence: the page says so, and asks again once it is back.
        networkMode: 'always',
        refetchOnReconnect: true,
        retry: (failures, error) => failures < 3 && navigator.onLine && !(isBatonError(error) && final.has(error.code)),
        retryDelay: (failures) => Math.min(8000, 500 * 2 ** failures) * (0.75 + Math.random() / 2),
        // Solid suspends on undefined data: show what was there while the next answer is on its way.
        placeholderData: (before: unknown) => before as never,
      },
      mutations: { networkMode: 'always' },
    },
  });
}

/**
 * A query's answer, undefined as long as there is none. Reading `data` itself before that suspends the page whole, its
 * heading and fields too.
 */
export const answerOf = <T>(query: { readonly isPending: boolean; readonly data: T | undefined }): T | undefined => (query.isPending ? undefined : query.data);

/** For `placeholderData` of a query about one thing: the answer about another one is not shown meanwhile. */
export const nothingMeanwhile = (): undefined => undefined;

/**
 * First parts of query keys, so that a hint about a thing finds every answer it is in: `[queryKeys.person, id]`,
 * `[queryKeys.people, filter]`. A hint about one thing makes its own entry and all lists of its kind stale.
 */
export const queryKeys = {
  viewer: 'viewer',
  person: 'person',
  people: 'people',
  companies: 'companies',
  project: 'project',
  projects: 'projects',
  conversation: 'conversation',
  conversations: 'conversations',
  members: 'members',
  invitations: 'invitations',
  sessions: 'sessions',
  auditLog: 'auditLog',
  /** By the signed logs: stale when this browser has read one further. */
  takenOver: 'takenOver',
} as const;
