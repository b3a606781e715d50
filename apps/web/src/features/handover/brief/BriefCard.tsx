import ArrowRight from 'lucide-solid/icons/arrow-right';
import ArrowRightLeft from 'lucide-solid/icons/arrow-right-left';
import MessageCircle from 'lucide-solid/icons/message-circle-reply';
import { useQuery } from '@tanstack/solid-query';
import { createMemo, For, Show, type JSX } from 'solid-js';
import { HandOverPromisesDocument } from '../../../generated/graphql.ts';
import { useClient } from '../../../platform/client/clientContext.ts';
import { answerOf, nothingMeanwhile, queryKeys } from '../../../platform/graphql/queries.ts';
import { request } from '../../../platform/graphql/request.ts';
import { formatSpan } from '../../../platform/i18n/formatRelative.ts';
import { fromSubscribable } from '../../../platform/subscribable/fromSubscribable.ts';
import { Avatar } from '../../../ui/avatar/Avatar.tsx';
import { Link } from '../../../ui/link/Link.tsx';
import { RelativeTime } from '../../../ui/relative-time/RelativeTime.tsx';
import { waiting, type Brief, type BriefCandidate, type BriefStage } from './brief.ts';
import { t } from './brief.messages.ts';
import styles from './brief.module.css';
import { Expandable } from './Expandable.tsx';
import { PromiseList } from './PromiseList.tsx';
import { openPromisesOf, overdueIn } from './promises.ts';
import { t as promised } from './promises.messages.ts';
import { waitsIn } from './waits.ts';

/** How many of a stage, of promises, or of those who wait are named at first. */
const named = 6;

/** A brief for people: from whom to whom, what was said to it, who waits now, what was promised, who stands where, and who looks after what. */
export function BriefCard(props: { brief: Brief; foot?: JSX.Element }): JSX.Element {
  const all = (): number => props.brief.stages.reduce((sum, { count }) => sum + count, 0);
  const client = useClient();
  const [conversations, rooms] = [fromSubscribable(client.conversations.list), fromSubscribable(client.messaging.rooms)];
  const waits = createMemo(() => waiting(props.brief, waitsIn(conversations(), rooms())));
  // As it stands now for whoever is on the project; for others, and without a network, as it stood at the handover.
  const open = useQuery(() => ({ queryKey: [queryKeys.project, props.brief.project.id, 'promises'], queryFn: () => request(HandOverPromisesDocument, { id: props.brief.project.id }), placeholderData: nothingMeanwhile }));
  const promises = createMemo(() => {
    const now = answerOf(open)?.project;
    const first = now ? openPromisesOf([now]) : props.brief.promises.first;
    return { first, count: now ? first.length : props.brief.promises.count };
  });
  return (
    <article class={styles['card']} aria-label={t('card', props.brief.project.name)}>
      <header class={styles['head']}>
        <p class={styles['kind']}>
          <ArrowRightLeft size={13} aria-hidden="true" />
          {t('handedOver')} · <RelativeTime at={props.brief.at} />
        </p>
        <h3 class={styles['project']}>
          <Link look="plain" href={`/projects/${props.brief.project.id}`}>
            {props.brief.project.name}
          </Link>
        </h3>
        <p class={styles['people']}>
          <Person person={props.brief.from} />
          <ArrowRight size={14} class={styles['arrow']!} role="img" aria-label={t('to')} />
          <Person person={props.brief.to} />
          <Show when={props.brief.by?.id !== props.brief.from.id}>
            <span class={styles['quiet']}>{props.brief.by ? t('by', props.brief.by.name) : t('withKit')}</span>
          </Show>
        </p>
      </header>
      <Show when={props.brief.words}>
        <blockquote class={styles['words']}>
          <p>{props.brief.words}</p>
          <Show when={props.brief.by}>{(by) => <footer class={styles['quiet']}>{t('words', by().name)}</footer>}</Show>
        </blockquote>
      </Show>
      <section class={styles['part']} aria-label={t('waiting')}>
        <Show when={waits().length > 0} fallback={<p class={styles['quiet']}>{all() === 0 ? t('none') : t('nobodyWaits')}</p>}>
          <h4 class={styles['title']}>{t('waitingCount', waits().length, formatSpan(waits()[0]!.waitsSince, Date.now()))}</h4>
          <Expandable each={waits()} named={named} list={styles['waits']!} more={(hidden) => t('more', hidden)}>
            {({ name, conversationId, waitsSince }) => (
              <li>
                <Link look="plain" class={styles['wait']} href={`/inbox/${conversationId}`}>
                  <MessageCircle size={14} aria-hidden="true" />
                  <span class={styles['name']}>{name}</span>
                  <span class={styles['quiet']}>
                    <RelativeTime at={waitsSince} />
                  </span>
                </Link>
              </li>
            )}
          </Expandable>
        </Show>
      </section>
      <Show when={promises().count > 0}>
        <section class={styles['part']} aria-label={promised('title')}>
          <h4 class={styles['title']}>{promised('count', promises().count, overdueIn(promises().first, Date.now()))}</h4>
          <PromiseList promises={promises().first} named={named} />
          <Show when={promises().count > promises().first.length}>
            <p class={styles['quiet']}>{promised('more', promises().count - promises().first.length)}</p>
          </Show>
        </section>
      </Show>
      <Show when={all() > 0}>
        <section class={styles['part']} aria-label={t('candidates', all())}>
          <h4 class={styles['title']}>{t('candidates', all())}</h4>
          <dl class={styles['stages']}>
            <For each={props.brief.stages}>{(stage) => <Stage stage={stage} />}</For>
          </dl>
        </section>
      </Show>
      <Show when={props.brief.notes.length > 0}>
        <section class={styles['part']} aria-label={t('notes')}>
          <h4 class={styles['title']}>{t('notes')}</h4>
          <ul class={styles['notes']}>
            <For each={props.brief.notes}>
              {(note) => (
                <li>
                  <p>{note.text}</p>
                  <p class={styles['quiet']}>
                    <Candidate candidate={{ name: note.candidate, conversationId: note.conversationId }} /> · {t('noteBy', note.by)} · <RelativeTime at={note.at} />
                  </p>
                </li>
              )}
            </For>
          </ul>
        </section>
      </Show>
      <Show when={props.brief.owners.length > 0}>
        <section class={styles['part']} aria-label={t('owners')}>
          <h4 class={styles['title']}>{t('owners')}</h4>
          <p class={styles['owners']}>
            <For each={props.brief.owners}>{({ name, threads }) => <span>{t('owner', name, threads)}</span>}</For>
          </p>
        </section>
      </Show>
      <Show when={props.foot}>
        <footer class={styles['foot']}>{props.foot}</footer>
      </Show>
    </article>
  );
}

function Person(props: { person: Brief['from'] }): JSX.Element {
  return (
    <span class={styles['person']}>
      <Avatar name={props.person.name} id={props.person.id} size={24} />
      {props.person.name}
    </span>
  );
}

function Stage(props: { stage: BriefStage }): JSX.Element {
  const unnamed = (): number => props.stage.count - props.stage.candidates.length;
  return (
    <>
      <dt>
        {props.stage.name} <b>{props.stage.count}</b>
      </dt>
      <dd>
        <Expandable each={props.stage.candidates} named={named} list={styles['names']!} more={(hidden) => t('more', hidden)}>
          {(candidate) => (
            <li>
              <Candidate candidate={candidate} />
            </li>
          )}
        </Expandable>
        <Show when={unnamed() > 0}>
          <span class={styles['quiet']}>{t('more', unnamed())}</span>
        </Show>
      </dd>
    </>
  );
}

/** Leads to the thread where there is one. */
function Candidate(props: { candidate: Pick<BriefCandidate, 'name' | 'conversationId'> }): JSX.Element {
  return (
    <Show when={props.candidate.conversationId} fallback={<span>{props.candidate.name}</span>}>
      {(id) => <Link href={`/inbox/${id()}`}>{props.candidate.name}</Link>}
    </Show>
  );
}
