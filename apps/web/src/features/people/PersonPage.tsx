import ArrowLeft from 'lucide-solid/icons/arrow-left';
import Pencil from 'lucide-solid/icons/pencil';
import UserX from 'lucide-solid/icons/user-x';
import { useParams } from '@solidjs/router';
import { useQuery } from '@tanstack/solid-query';
import { createSignal, For, Match, Show, Switch, type JSX } from 'solid-js';
import { PersonDocument, type PersonRecordFragment } from '../../generated/graphql.ts';
import { createActions } from '../../platform/actions/actions.ts';
import { errorText } from '../../platform/errors/errorText.ts';
import { answerOf, queryKeys } from '../../platform/graphql/queries.ts';
import { request } from '../../platform/graphql/request.ts';
import { createTitle } from '../../platform/page/createTitle.ts';
import { Avatar } from '../../ui/avatar/Avatar.tsx';
import { Badge } from '../../ui/badge/Badge.tsx';
import { Banner } from '../../ui/banner/Banner.tsx';
import { Button } from '../../ui/button/Button.tsx';
import { EmptyState } from '../../ui/empty-state/EmptyState.tsx';
import { Link } from '../../ui/link/Link.tsx';
import { Skeleton } from '../../ui/skeleton/Skeleton.tsx';
import { PersonDialog } from './form/PersonDialog.tsx';
import { lastListHref } from './list/lastList.ts';
import { t } from './people.messages.ts';
import { Candidacies } from './record/Candidacies.tsx';
import { Handles } from './record/Handles.tsx';
import { Notes } from './record/Notes.tsx';
import styles from './record/record.module.css';

/** One person's record: how to reach them, where they stand, what colleagues noted. */
export function PersonPage(): JSX.Element {
  const params = useParams<{ id: string }>();
  const answer = useQuery(() => ({
    queryKey: [queryKeys.person, params.id],
    queryFn: async ({ signal }: { signal: AbortSignal }) => (await request(PersonDocument, { id: params.id }, { signal })).person,
    // Somebody else's record must not stand here while this one loads.
    placeholderData: (): PersonRecordFragment | null | undefined => undefined,
  }));
  createTitle(() => answerOf(answer)?.name);
  return (
    <Switch fallback={<RecordSkeleton />}>
      <Match when={answerOf(answer)}>{(person) => <Record person={person()} />}</Match>
      <Match when={answer.isError}>
        <div class={styles['page']}>
          <Banner tone="bad" action={<Button size="small" onClick={() => void answer.refetch()}>{t('retry')}</Button>}>
            {errorText(answer.error)}
          </Banner>
        </div>
      </Match>
      <Match when={answerOf(answer) === null}>
        <EmptyState icon={<UserX />} title={t('notFound')} action={<Link look="button" href="/people">{t('back')}</Link>} />
      </Match>
    </Switch>
  );
}

function RecordSkeleton(): JSX.Element {
  return (
    <div class={styles['page']} aria-busy="true">
      <Skeleton height="18px" width="90px" />
      <div class={styles['head']}>
        <Skeleton round height="56px" width="56px" />
        <div class={styles['titles']}>
          <Skeleton height="28px" width="200px" />
          <Skeleton height="18px" width="260px" />
        </div>
      </div>
      <Skeleton height="160px" />
    </div>
  );
}

function Record(props: { person: PersonRecordFragment }): JSX.Element {
  const [editing, setEditing] = createSignal(false);
  const person = (): PersonRecordFragment => props.person;
  const work = (): string => [person().title, person().company?.name, person().location].filter(Boolean).join(' · ');
  createActions(() => [{ id: 'person.edit', label: t('edit'), group: person().name, keys: 'e', icon: Pencil, act: () => setEditing(true) }]);
  return (
    <div class={styles['page']}>
      <Link look="plain" href={lastListHref()} class={styles['back']!}>
        <ArrowLeft size={14} /> {t('back')}
      </Link>
      <header class={styles['head']}>
        <Avatar name={person().name} id={person().id} size={56} />
        <div class={styles['titles']}>
          <h1 class={styles['name']}>
            {person().name}
            <Show when={person().pinyin}>{(pinyin) => <span class={styles['pinyin']}>{pinyin()}</span>}</Show>
          </h1>
          <p class={styles['work']}>{work()}</p>
          <Show when={person().tags.length > 0}>
            <p class={styles['tags']}>
              <For each={person().tags}>{(tag) => <Badge>{tag}</Badge>}</For>
            </p>
          </Show>
        </div>
        <Button icon={<Pencil />} onClick={() => setEditing(true)}>
          {t('edit')}
        </Button>
      </header>
      <div class={styles['columns']}>
        <div class={styles['main']}>
          <Candidacies person={person()} />
          <Notes person={person()} />
        </div>
        <aside class={styles['aside']}>
          <Handles person={person()} />
          <Show when={person().source}>
            <section class={styles['section']}>
              <h2>{t('form.source')}</h2>
              <p>{person().source}</p>
            </section>
          </Show>
        </aside>
      </div>
      <PersonDialog open={editing()} person={person()} onClose={() => setEditing(false)} onSaved={() => {}} />
    </div>
  );
}
