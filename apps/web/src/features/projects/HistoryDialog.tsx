import { useQuery } from '@tanstack/solid-query';
import { For, Match, Show, Switch, type JSX } from 'solid-js';
import { CandidacyHistoryDocument, type CandidacyHistoryQuery } from '../../generated/graphql.ts';
import { answerOf, queryKeys } from '../../platform/graphql/queries.ts';
import { request } from '../../platform/graphql/request.ts';
import { errorText } from '../../platform/errors/errorText.ts';
import { Banner } from '../../ui/banner/Banner.tsx';
import { Button } from '../../ui/button/Button.tsx';
import { Dialog } from '../../ui/dialog/Dialog.tsx';
import { RelativeTime } from '../../ui/relative-time/RelativeTime.tsx';
import { Skeleton } from '../../ui/skeleton/Skeleton.tsx';
import type { Card } from './board.ts';
import styles from './history.module.css';
import { t } from './projects.messages.ts';

/** How a candidate came to stand where they do: every step, newest first, with who took it and why. */
export function HistoryDialog(props: { card: Card | undefined; onClose(): void }): JSX.Element {
  return (
    <Show when={props.card}>
      {(card) => (
        <Dialog open title={t('historyOf', card().person.name)} onClose={() => props.onClose()}>
          <History candidacyId={card().id} />
        </Dialog>
      )}
    </Show>
  );
}

function History(props: { candidacyId: string }): JSX.Element {
  const answer = useQuery(() => ({
    queryKey: [queryKeys.project, props.candidacyId, 'history'],
    queryFn: async () => (await request(CandidacyHistoryDocument, { id: props.candidacyId })).candidacy?.history.toReversed() ?? [],
    staleTime: 0,
  }));
  return (
    <Switch fallback={<Skeleton height="40px" />}>
      <Match when={answerOf(answer)}>{(events) => <Events events={events()} />}</Match>
      <Match when={answer.isError}>
        <Banner tone="bad" action={<Button size="small" onClick={() => void answer.refetch()}>{t('retry')}</Button>}>
          {errorText(answer.error)}
        </Banner>
      </Match>
    </Switch>
  );
}

type StageEvent = NonNullable<CandidacyHistoryQuery['candidacy']>['history'][number];

function Events(props: { events: readonly StageEvent[] }): JSX.Element {
  return (
    <ol class={styles['history']}>
      <For each={props.events}>
        {(event) => (
          <li class={styles['event']}>
            <p class={styles['what']}>{event.from ? t('historyStep', event.from.name, event.to.name) : t('historyStart', event.to.name)}</p>
            <Show when={event.reason}>
              <p class={styles['reason']}>{event.reason}</p>
            </Show>
            <p class={styles['who']}>
              {event.actor.name} · <RelativeTime at={event.occurredAt} />
            </p>
          </li>
        )}
      </For>
    </ol>
  );
}
