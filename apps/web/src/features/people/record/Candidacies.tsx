import { newId } from '@baton/base';
import MessageCircle from 'lucide-solid/icons/message-circle';
import Plus from 'lucide-solid/icons/plus';
import { useNavigate } from '@solidjs/router';
import { useQuery, useQueryClient } from '@tanstack/solid-query';
import { For, Show, type JSX } from 'solid-js';
import { AddToProjectDocument, PeopleProjectsDocument, type PersonRecordFragment } from '../../../generated/graphql.ts';
import { errorText } from '../../../platform/errors/errorText.ts';
import { queryKeys } from '../../../platform/graphql/queries.ts';
import { request, throwUserErrors } from '../../../platform/graphql/request.ts';
import { Badge } from '../../../ui/badge/Badge.tsx';
import { Button } from '../../../ui/button/Button.tsx';
import { Link } from '../../../ui/link/Link.tsx';
import { Menu } from '../../../ui/menu/Menu.tsx';
import { RelativeTime } from '../../../ui/relative-time/RelativeTime.tsx';
import { showToast } from '../../../ui/toast/toasts.ts';
import { t } from '../people.messages.ts';
import styles from './record.module.css';

type Candidacy = PersonRecordFragment['candidacies'][number];

/** The projects that the person stands in, each with its history and its thread. */
export function Candidacies(props: { person: PersonRecordFragment }): JSX.Element {
  const queries = useQueryClient();
  const projects = useQuery(() => ({ queryKey: [queryKeys.projects, 'choice'], queryFn: async () => (await request(PeopleProjectsDocument)).projects }));
  const choices = () => (projects.data ?? []).filter(({ id, can }) => can.addCandidates && !props.person.candidacies.some(({ project }) => project.id === id));
  const add = async (project: { id: string; name: string }): Promise<void> => {
    try {
      const { addCandidacy } = await request(AddToProjectDocument, { input: { id: newId('candidacy'), personId: props.person.id, projectId: project.id } });
      throwUserErrors(addCandidacy.userErrors);
      await queries.invalidateQueries({ queryKey: [queryKeys.person, props.person.id] });
      showToast(t('record.added', project.name));
    } catch (error) {
      showToast(errorText(error), { tone: 'bad' });
    }
  };
  return (
    <section class={styles['section']} aria-label={t('record.projects')}>
      <header class={styles['sectionHead']}>
        <h2>{t('record.projects')}</h2>
        <Show when={choices().length > 0}>
          <Menu
            placement="bottom-end"
            entries={choices().map((project) => ({ label: project.name, hint: project.client.name, onSelect: () => void add(project) }))}
            trigger={(trigger) => (
              <Button {...trigger} size="small" variant="quiet" icon={<Plus />}>
                {t('record.addToProject')}
              </Button>
            )}
          />
        </Show>
      </header>
      <ul class={styles['candidacies']}>
        <For each={props.person.candidacies} fallback={<li class={styles['quiet']}>{t('record.noProjects')}</li>}>
          {(candidacy) => <CandidacyCard candidacy={candidacy} />}
        </For>
      </ul>
    </section>
  );
}

function CandidacyCard(props: { candidacy: Candidacy }): JSX.Element {
  const navigate = useNavigate();
  const candidacy = (): Candidacy => props.candidacy;
  return (
    <li class={styles['candidacy']}>
      <div class={styles['candidacyHead']}>
        <div>
          <Link look="plain" class={styles['project']!} href={`/projects/${candidacy().project.id}`}>
            {candidacy().project.name}
          </Link>
          <p class={styles['quiet']}>{candidacy().project.client.name}</p>
        </div>
        <Badge tone={candidacy().stage.kind === 'PLACED' ? 'good' : candidacy().stage.kind === 'CLOSED' ? 'neutral' : 'accent'}>{candidacy().stage.name}</Badge>
        <Show
          when={candidacy().conversation}
          fallback={
            <Show when={candidacy().project.can.openConversations}>
              <Button size="small" variant="primary" icon={<MessageCircle />} onClick={() => navigate(`/inbox/new/${candidacy().id}`)}>
                {t('record.startThread')}
              </Button>
            </Show>
          }
        >
          {(conversation) => (
            <Button size="small" icon={<MessageCircle />} onClick={() => navigate(`/inbox/${conversation().id}`)}>
              {t('record.openThread')}
            </Button>
          )}
        </Show>
      </div>
      <ol class={styles['history']}>
        <For each={candidacy().history.toReversed()}>
          {(event) => (
            <li>
              <span>{event.from ? `${event.from.name} → ${event.to.name}` : t('record.started', event.to.name)}</span>
              <Show when={event.reason}>
                <span class={styles['reason']}>{event.reason}</span>
              </Show>
              <span class={styles['quiet']}>
                {t('record.by', event.actor.name)} · <RelativeTime at={event.occurredAt} />
              </span>
            </li>
          )}
        </For>
      </ol>
    </li>
  );
}
