import Inbox from 'lucide-solid/icons/inbox';
import Search from 'lucide-solid/icons/search';
import X from 'lucide-solid/icons/x';
import { For, Match, onCleanup, onMount, Show, Switch, type Component, type JSX } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { Button } from '../../../ui/button/Button.tsx';
import { EmptyState } from '../../../ui/empty-state/EmptyState.tsx';
import { Link } from '../../../ui/link/Link.tsx';
import { prepareTimes } from '../../../ui/relative-time/RelativeTime.tsx';
import { Skeleton } from '../../../ui/skeleton/Skeleton.tsx';
import { Tabs } from '../../../ui/tabs/Tabs.tsx';
import { inboxTabs, type createInbox, type InboxRow, type InboxTab } from '../createInbox.ts';
import { t } from '../inbox.messages.ts';
import { ConversationList, type ListControl } from './ConversationList.tsx';
import styles from './list.module.css';

export interface ListPaneProps {
  inbox: ReturnType<typeof createInbox>;
  tab: InboxTab;
  search: string;
  /** The store is being opened: nothing in it is no sign of an empty inbox yet. */
  starting: boolean;
  /** Stands above the rows. */
  offers?: Component | undefined;
  selected: string | undefined;
  hrefOf(row: InboxRow): string;
  onTab(tab: InboxTab): void;
  onSearch(text: string): void;
  /** The open row was pressed once more. */
  onOpenAgain(): void;
  control(given: ListControl & { focusSearch(): void }): void;
}

/** The inbox's left pane: search, tabs, rows; and what to do when there are none. */
export function ListPane(props: ListPaneProps): JSX.Element {
  let field: HTMLInputElement | undefined;
  let list: ListControl = { focusRow: () => {} };
  onMount(() => props.control({ focusRow: (id) => list.focusRow(id), focusSearch: () => field?.select() }));

  return (
    <nav class={styles.pane} aria-label={t('title')}>
      <header class={styles.head}>
        <h1>{t('title')}</h1>
        <div class={styles.search} role="search">
          <Search size={15} aria-hidden="true" />
          <input
            ref={field}
            type="search"
            aria-label={t('search')}
            placeholder={t('search')}
            value={props.search}
            onInput={(event) => props.onSearch(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Escape') {
                event.stopPropagation();
                if (props.search) props.onSearch('');
                else event.currentTarget.blur();
              }
            }}
          />
          <Show when={props.search}>
            <button type="button" aria-label={t('clearSearch')} onClick={() => (props.onSearch(''), field?.focus())}>
              <X size={14} aria-hidden="true" />
            </button>
          </Show>
        </div>
      </header>
      <div class={styles.tabs}>
        <Tabs
          label={t('tabs.label')}
          value={props.tab}
          onChange={props.onTab}
          tabs={inboxTabs.map((value) => ({ value, label: t(`tabs.${value}`), count: props.inbox.counts()[value] }))}
        />
      </div>
      <Dynamic component={props.offers} />
      <Switch fallback={<ConversationList rows={props.inbox.rows()} selected={props.selected} hrefOf={props.hrefOf} onOpenAgain={() => props.onOpenAgain()} control={(given) => (list = given)} />}>
        <Match when={props.inbox.isEmpty() && props.starting}>
          <Rows />
        </Match>
        <Match when={props.inbox.rows().length === 0}>
          <Nothing {...props} />
        </Match>
      </Switch>
    </nav>
  );
}

/** After the first paint, in milliseconds. */
const restMs = 500;

function Nothing(props: ListPaneProps): JSX.Element {
  // The first rows may come by the hundred, when the machine has enough to do.
  const timer = setTimeout(prepareTimes, restMs);
  onCleanup(() => clearTimeout(timer));
  return (
    <div class={styles.nothingHere}>
      <Switch>
        <Match when={props.inbox.isEmpty()}>
          <EmptyState icon={<Inbox />} title={t('empty.inbox')} action={<Link href="/projects" look="primary">{t('empty.projects')}</Link>}>
            {t('empty.inboxText')}
          </EmptyState>
        </Match>
        <Match when={props.search}>
          <EmptyState title={t('empty.search', props.search)} action={<Button onClick={() => props.onSearch('')}>{t('clearSearch')}</Button>}>
            {t('empty.searchText')}
          </EmptyState>
        </Match>
        <Match when={props.tab === 'unread'}>
          <EmptyState title={t('empty.unread')}>{t('empty.unreadText')}</EmptyState>
        </Match>
        <Match when={props.tab === 'mine'}>
          <EmptyState title={t('empty.mine')} action={<Button onClick={() => props.onTab('team')}>{t('empty.team')}</Button>}>
            {t('empty.mineText')}
          </EmptyState>
        </Match>
      </Switch>
    </div>
  );
}

function Rows(): JSX.Element {
  return (
    <div class={styles.skeletons} aria-hidden="true">
      <For each={[52, 38, 64, 46, 58, 41]}>
        {(width) => (
          <div>
            <Skeleton round width="40px" height="40px" />
            <Skeleton width={`${width}%`} height="14px" />
            <Skeleton width="80%" height="12px" />
          </div>
        )}
      </For>
    </div>
  );
}
