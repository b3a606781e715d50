import { useInfiniteQuery, useQuery } from '@tanstack/solid-query';
import { createMemo, type Accessor } from 'solid-js';
import { PeopleDocument, PeopleTagsDocument, type PersonRowFragment } from '../../../generated/graphql.ts';
import { answerOf, queryKeys } from '../../../platform/graphql/queries.ts';
import { request } from '../../../platform/graphql/request.ts';

/** Rows fetched at a time. */
const pageSize = 60;

export interface People {
  rows: Accessor<readonly PersonRowFragment[]>;
  total: Accessor<number | undefined>;
  pending: Accessor<boolean>;
  /** Why there is nothing to show. */
  error: Accessor<unknown>;
  retry(): void;
  loadMore(): void;
  loadingMore: Accessor<boolean>;
  tags: Accessor<readonly string[]>;
}

/** The people of the firm that match, page after page. */
export function createPeople(search: Accessor<string>, tag: Accessor<string>): People {
  const filter = (): { search: string | null; tag: string | null } => ({ search: search().trim() || null, tag: tag() || null });
  const answer = useInfiniteQuery(() => ({
    queryKey: [queryKeys.people, 'list', filter()],
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam, signal }: { pageParam: string | null; signal: AbortSignal }) =>
      (await request(PeopleDocument, { first: pageSize, after: pageParam, filter: filter() }, { signal })).people,
    getNextPageParam: (last) => (last.pageInfo.hasNextPage ? last.pageInfo.endCursor : null),
  }));
  const tags = useQuery(() => ({ queryKey: [queryKeys.people, 'tags'], queryFn: async () => (await request(PeopleTagsDocument)).tags }));
  const rows = createMemo(() => answerOf(answer)?.pages.flatMap(({ edges }) => edges.map(({ node }) => node)) ?? []);
  return {
    rows,
    total: () => answerOf(answer)?.pages[0]?.totalCount,
    pending: () => answer.isPending,
    error: () => (answer.isError && !answerOf(answer) ? answer.error : undefined),
    retry: () => void answer.refetch(),
    loadMore: () => {
      if (answer.hasNextPage && !answer.isFetchingNextPage) void answer.fetchNextPage();
    },
    loadingMore: () => answer.isFetchingNextPage,
    tags: () => answerOf(tags) ?? [],
  };
}
