import ArrowRightLeft from 'lucide-solid/icons/arrow-right-left';
import Download from 'lucide-solid/icons/download';
import Plus from 'lucide-solid/icons/plus';
import Search from 'lucide-solid/icons/search';
import Settings from 'lucide-solid/icons/settings-2';
import Upload from 'lucide-solid/icons/upload';
import Users from 'lucide-solid/icons/users';
import { useNavigate, useParams } from '@solidjs/router';
import { createSignal, For, Match, Show, Switch, type Component, type JSX } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { createActions } from '../../platform/actions/actions.ts';
import { errorText } from '../../platform/errors/errorText.ts';
import { createTitle } from '../../platform/page/createTitle.ts';
import { Avatar } from '../../ui/avatar/Avatar.tsx';
import { Banner } from '../../ui/banner/Banner.tsx';
import { Button } from '../../ui/button/Button.tsx';
import { EmptyState } from '../../ui/empty-state/EmptyState.tsx';
import { IconButton } from '../../ui/icon-button/IconButton.tsx';
import { Link } from '../../ui/link/Link.tsx';
import { Skeleton } from '../../ui/skeleton/Skeleton.tsx';
import { TextField } from '../../ui/text-field/TextField.tsx';
import { AddCandidateDialog } from './AddCandidateDialog.tsx';
import { Board } from './Board.tsx';
import type { BoardProject, Card } from './board.ts';
import styles from './board.module.css';
import { createBoard, type Board as BoardState } from './createBoard.ts';
import { HistoryDialog } from './HistoryDialog.tsx';
import { ProjectDialog } from './form/ProjectDialog.tsx';
import { t } from './projects.messages.ts';

interface BoardPageProps {
  /** Shows who can read the project, under its board. */
  readers?: Component<{ projectId: string }>;
  /** What stands above the board until it is put away or over. */
  offers?: Component<{ projectId: string }>;
  /** Begins to hand the project over. */
  onHandOver?(projectId: string): void;
  /** Begins to take the project out as an archive. */
  onExport?(project: { id: string; name: string }): void;
}

/** A project: who is in it, and where each candidate stands. */
export function BoardPage(props: BoardPageProps): JSX.Element {
  const params = useParams<{ id: string }>();
  const board = createBoard(() => params.id);
  createTitle(() => board.project()?.name);
  return (
    <Switch fallback={<BoardSkeleton />}>
      <Match when={board.project()}>{(project) => <ShownBoard {...props} project={project()} board={board} />}</Match>
      <Match when={board.error()}>
        {(error) => (
          <div class={styles['trouble']}>
            <Banner tone="bad" action={<Button size="small" onClick={() => board.reload()}>{t('retry')}</Button>}>
              {errorText(error())}
            </Banner>
          </div>
        )}
      </Match>
      <Match when={board.project() === null}>
        <EmptyState title={t('notFound')} action={<Link look="button" href="/projects">{t('back')}</Link>} />
      </Match>
    </Switch>
  );
}

function ShownBoard(props: BoardPageProps & { project: BoardProject; board: BoardState }): JSX.Element {
  const navigate = useNavigate();
  const [adding, setAdding] = createSignal(false);
  const [editing, setEditing] = createSignal(false);
  const [historyOf, setHistoryOf] = createSignal<Card>();
  let field: HTMLInputElement | undefined;
  let cards = { focusFirst: () => {} };
  const can = (): BoardProject['can'] => props.project.can;
  createActions(() => [
    ...(can().addCandidates ? [{ id: 'project.add', label: t('board.addCandidate'), group: props.project.name, keys: 'c', icon: Plus, act: () => setAdding(true) }] : []),
    { id: 'project.filter', label: t('board.search'), group: props.project.name, keys: '/', icon: Search, inMenu: false, act: () => field?.focus() },
    ...(can().edit ? [{ id: 'project.edit', label: t('board.settings'), group: props.project.name, icon: Settings, act: () => setEditing(true) }] : []),
    ...(can().edit && props.onHandOver ? [{ id: 'project.handOver', label: t('board.handOver'), group: props.project.name, icon: ArrowRightLeft, act: handOver }] : []),
    ...(can().export && props.onExport ? [{ id: 'project.export', label: t('board.export'), group: props.project.name, icon: Download, act: exportIt }] : []),
  ]);
  const handOver = (): void => props.onHandOver?.(props.project.id);
  const exportIt = (): void => props.onExport?.({ id: props.project.id, name: props.project.name });
  const onFilterKey = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown') {
      event.preventDefault();
      cards.focusFirst();
    } else if (event.key === 'Escape') {
      if (props.board.filter() === '') field?.blur();
      props.board.setFilter('');
    }
  };
  const importInto = (): void => navigate(`/import?project=${props.project.id}`);
  return (
    <div class={styles['page']}>
      <header class={styles['head']}>
        <div class={styles['titles']}>
          <h1 class={styles['title']} title={props.project.name}>
            {props.project.name}
          </h1>
          <p class={styles['subtitle']}>
            {props.project.client.name} · {t('candidates', props.project.candidacies.length)}
            <Show when={props.project.archivedAt}> · {t('archived')}</Show>
          </p>
        </div>
        <div class={styles['team']} title={props.project.members.map(({ member }) => member.name).join(', ')}>
          <For each={props.project.members.slice(0, 4)}>{({ member }) => <Avatar name={member.name} id={member.id} size={24} />}</For>
        </div>
        <div class={styles['tools']}>
          <Show when={can().edit}>
            <IconButton label={t('board.settings')} onClick={() => setEditing(true)}>
              <Settings />
            </IconButton>
            <IconButton label={t('board.handOver')} onClick={handOver}>
              <ArrowRightLeft />
            </IconButton>
          </Show>
          <Show when={can().export && props.onExport}>
            <IconButton label={t('board.export')} onClick={exportIt}>
              <Download />
            </IconButton>
          </Show>
          <Show when={can().addCandidates}>
            <IconButton label={t('board.importFile')} onClick={importInto}>
              <Upload />
            </IconButton>
          </Show>
        </div>
        <div class={styles['filter']} role="search">
          <TextField
            ref={(input) => (field = input)}
            label={t('board.search')}
            hideLabel
            type="search"
            icon={<Search size={14} />}
            placeholder={t('board.search')}
            value={props.board.filter()}
            onValue={props.board.setFilter}
            onKeyDown={onFilterKey}
          />
        </div>
        <Show when={can().addCandidates}>
          <Button variant="primary" icon={<Plus />} onClick={() => setAdding(true)}>
            {t('board.addCandidate')}
          </Button>
        </Show>
      </header>
      <Dynamic component={props.offers} projectId={props.project.id} />
      <Show
        when={props.project.candidacies.length > 0}
        fallback={
          <EmptyState
            icon={<Users />}
            title={t('board.emptyTitle')}
            action={
              <Show when={can().addCandidates}>
                <Button variant="primary" shortcut="c" onClick={() => setAdding(true)}>
                  {t('board.addCandidate')}
                </Button>
              </Show>
            }
          >
            {t('board.emptyText')}
          </EmptyState>
        }
      >
        <Board project={props.project} board={props.board} onHistory={setHistoryOf} control={(given) => (cards = given)} />
      </Show>
      <Dynamic component={props.readers} projectId={props.project.id} />
      <AddCandidateDialog open={adding()} project={props.project} onClose={() => setAdding(false)} onAdded={() => props.board.reload()} />
      <ProjectDialog open={editing()} project={props.project} onClose={() => setEditing(false)} onSaved={(project) => props.board.show(() => project)} />
      <HistoryDialog card={historyOf()} onClose={() => setHistoryOf(undefined)} />
    </div>
  );
}

function BoardSkeleton(): JSX.Element {
  return (
    <div class={styles['page']} aria-busy="true">
      <div class={styles['head']}>
        <Skeleton width="200px" height="20px" />
      </div>
      <div class={styles['board']}>
        <For each={[3, 2, 4, 1]}>
          {(cards) => (
            <div class={styles['column']}>
              <div class={styles['stage']}>
                <Skeleton width="96px" />
              </div>
              <div class={styles['cards']}>
                <For each={Array.from({ length: cards })}>{() => <Skeleton height="84px" />}</For>
              </div>
            </div>
          )}
        </For>
      </div>
    </div>
  );
}
