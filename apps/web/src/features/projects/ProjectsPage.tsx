import FolderOpen from 'lucide-solid/icons/folder-open';
import Plus from 'lucide-solid/icons/plus';
import { useNavigate } from '@solidjs/router';
import { useQuery, useQueryClient } from '@tanstack/solid-query';
import { createSignal, For, Match, Show, Switch, type JSX } from 'solid-js';
import { ProjectsDocument, type ProjectCardFragment } from '../../generated/graphql.ts';
import { createActions } from '../../platform/actions/actions.ts';
import { useViewer } from '../../platform/client/clientContext.ts';
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
import { Switch as Toggle } from '../../ui/switch/Switch.tsx';
import { ProjectDialog } from './form/ProjectDialog.tsx';
import styles from './projects.module.css';
import { t } from './projects.messages.ts';

/** The searches that the viewer takes part in. */
export function ProjectsPage(): JSX.Element {
  const navigate = useNavigate();
  const viewer = useViewer();
  const queries = useQueryClient();
  const [archived, setArchived] = createSignal(false);
  const [creating, setCreating] = createSignal(false);
  const answer = useQuery(() => ({
    queryKey: [queryKeys.projects, 'list', archived()],
    queryFn: async () => (await request(ProjectsDocument, { includeArchived: archived() })).projects,
  }));
  createTitle(() => t('title'));
  const mayCreate = (): boolean => viewer()?.role !== 'RESEARCHER';
  const create = (): void => void setCreating(true);
  createActions(() => (mayCreate() ? [{ id: 'project.create', label: t('create'), group: t('title'), keys: 'c', icon: Plus, act: create }] : []));

  return (
    <div class={styles['page']}>
      <header class={styles['head']}>
        <h1 class={styles['title']}>{t('title')}</h1>
        <div class={styles['archivedSwitch']}>
          <Toggle label={t('showArchived')} checked={archived()} onChange={setArchived} />
        </div>
        <Show when={mayCreate()}>
          <Button variant="primary" icon={<Plus />} onClick={create}>
            {t('create')}
          </Button>
        </Show>
      </header>
      <Switch>
        <Match when={answer.isPending}>
          <ul class={styles['grid']} aria-busy="true">
            <For each={[1, 2, 3]}>{() => <li><Skeleton height="132px" /></li>}</For>
          </ul>
        </Match>
        <Match when={answerOf(answer)?.length === 0}>
          <EmptyState
            icon={<FolderOpen />}
            title={t('empty.title')}
            action={
              <Show when={mayCreate()}>
                <Button variant="primary" shortcut="c" onClick={create}>
                  {t('create')}
                </Button>
              </Show>
            }
          >
            {mayCreate() ? t('empty.text') : t('empty.notYours')}
          </EmptyState>
        </Match>
        <Match when={answerOf(answer)}>
          {(projects) => (
            <ul class={styles['grid']}>
              <For each={projects()}>{(project) => <ProjectTile project={project} />}</For>
            </ul>
          )}
        </Match>
        <Match when={answer.isError}>
          <div class={styles['trouble']}>
            <Banner tone="bad" action={<Button size="small" onClick={() => void answer.refetch()}>{t('retry')}</Button>}>
              {errorText(answer.error)}
            </Banner>
          </div>
        </Match>
      </Switch>
      <ProjectDialog
        open={creating()}
        onClose={() => setCreating(false)}
        onSaved={(project) => {
          void queries.invalidateQueries({ queryKey: [queryKeys.projects] });
          navigate(`/projects/${project.id}`);
        }}
      />
    </div>
  );
}

function ProjectTile(props: { project: ProjectCardFragment }): JSX.Element {
  return (
    <li>
      <Link look="plain" href={`/projects/${props.project.id}`} class={styles['tile']!}>
        <span class={styles['client']}>{props.project.client.name}</span>
        <span class={styles['name']}>{props.project.name}</span>
        <span class={styles['foot']}>
          <span class={styles['team']}>
            <For each={props.project.members.slice(0, 4)}>{({ member }) => <Avatar name={member.name} id={member.id} size={22} />}</For>
          </span>
          <span>{t('candidates', props.project.candidacyCount)}</span>
          <Show when={props.project.archivedAt}>
            <Badge>{t('archived')}</Badge>
          </Show>
        </span>
      </Link>
    </li>
  );
}
