import ArrowLeft from 'lucide-solid/icons/arrow-left';
import ShieldCheck from 'lucide-solid/icons/shield-check';
import { useInfiniteQuery } from '@tanstack/solid-query';
import { createMemo, For, Match, Show, Switch, type JSX } from 'solid-js';
import { AuditLogDocument, type AuditEntryRowFragment } from '../../generated/graphql.ts';
import { useViewer } from '../../platform/client/clientContext.ts';
import { errorText } from '../../platform/errors/errorText.ts';
import { answerOf, queryKeys } from '../../platform/graphql/queries.ts';
import { request } from '../../platform/graphql/request.ts';
import { formatDate, formatNumber, formatTime } from '../../platform/i18n/format.ts';
import { Page } from '../../platform/page/Page.tsx';
import { Avatar } from '../../ui/avatar/Avatar.tsx';
import { Banner } from '../../ui/banner/Banner.tsx';
import { Button } from '../../ui/button/Button.tsx';
import buttonStyles from '../../ui/button/button.module.css';
import { EmptyState } from '../../ui/empty-state/EmptyState.tsx';
import { Link } from '../../ui/link/Link.tsx';
import { Skeleton } from '../../ui/skeleton/Skeleton.tsx';
import { entryText, type Names } from './entryText.ts';
import { t } from './log.messages.ts';
import styles from './log.module.css';

/** Entries fetched at a time. */
const pageSize = 50;

/** The firm's audit log in sentences, newest first, and whether it is whole. Partners. */
export function LogPage(): JSX.Element {
  const viewer = useViewer();
  const isPartner = (): boolean => viewer()?.role === 'PARTNER';
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      actions={
        <Link href="/settings" look="button">
          <span class={buttonStyles['inside']}>
            <ArrowLeft aria-hidden="true" />
            {t('back')}
          </span>
        </Link>
      }
    >
      <Show when={isPartner()} fallback={<Banner>{t('partnersOnly')}</Banner>}>
        <Entries />
      </Show>
    </Page>
  );
}

interface Day {
  name: string;
  entries: AuditEntryRowFragment[];
}

function Entries(): JSX.Element {
  const log = useInfiniteQuery(() => ({
    queryKey: [queryKeys.auditLog],
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam, signal }: { pageParam: string | null; signal: AbortSignal }) =>
      (await request(AuditLogDocument, { first: pageSize, after: pageParam }, { signal })).auditLog,
    getNextPageParam: (last) => (last.pageInfo.hasNextPage ? last.pageInfo.endCursor : null),
    // What happened since one last looked is what one looks for.
    staleTime: 0,
  }));
  const pages = () => answerOf(log)?.pages ?? [];
  const names = createMemo<Names>(() => new Map(pages().flatMap((page) => page.names.map(({ id, name }) => [id, name] as const))));
  const days = createMemo<Day[]>(() => {
    const found: Day[] = [];
    for (const { node } of pages().flatMap(({ edges }) => edges)) {
      const name = formatDate(node.recordedAt, { dateStyle: 'full' });
      const last = found.at(-1);
      if (last?.name === name) last.entries.push(node);
      else found.push({ name, entries: [node] });
    }
    return found;
  });
  return (
    <Switch>
      <Match when={log.isError && pages().length === 0}>
        <Banner tone="bad" action={<Button size="small" onClick={() => void log.refetch()}>{t('again')}</Button>}>
          {t('failed')} {errorText(log.error)}
        </Banner>
      </Match>
      <Match when={log.isPending}>
        <div class={styles['box']}>
          <For each={[220, 300, 260, 340]}>{(width) => <div class={styles['entry']}><Skeleton width={`${width}px`} /></div>}</For>
        </div>
      </Match>
      <Match when={pages()[0]}>
        {(newest) => (
          <>
            <Show when={newest().brokenAt === null} fallback={<Banner tone="bad">{t('broken', newest().brokenAt ?? 0)}</Banner>}>
              <p class={styles['whole']}>
                <ShieldCheck size={16} aria-hidden="true" />
                <span>{t('whole')}</span>
                <span class={styles['count']}>{t('count', formatNumber(newest().totalCount))}</span>
              </p>
            </Show>
            <Show when={days().length > 0} fallback={<EmptyState title={t('none')} />}>
              <For each={days()}>
                {(day) => (
                  <section class={styles['day']}>
                    <h2>{day.name}</h2>
                    <ol class={styles['box']}>
                      <For each={day.entries}>
                        {(entry) => (
                          <li class={styles['entry']}>
                            <Avatar name={names().get(entry.actorId) ?? ''} id={entry.actorId} size={24} />
                            <span class={styles['text']}>{entryText(entry, names())}</span>
                            <time class={styles['time']} dateTime={entry.recordedAt}>
                              {formatTime(entry.recordedAt)}
                            </time>
                          </li>
                        )}
                      </For>
                    </ol>
                  </section>
                )}
              </For>
            </Show>
            <Show when={log.hasNextPage}>
              <div class={styles['more']}>
                <Button busy={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
                  {t('earlier')}
                </Button>
              </div>
            </Show>
          </>
        )}
      </Match>
    </Switch>
  );
}
