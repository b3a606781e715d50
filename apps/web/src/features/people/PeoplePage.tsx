import Plus from 'lucide-solid/icons/plus';
import Search from 'lucide-solid/icons/search';
import Upload from 'lucide-solid/icons/upload';
import Users from 'lucide-solid/icons/users';
import { useLocation, useNavigate, useSearchParams } from '@solidjs/router';
import { createEffect, createSignal, For, Match, on, onCleanup, Show, Switch, type JSX } from 'solid-js';
import { createActions } from '../../platform/actions/actions.ts';
import { errorText } from '../../platform/errors/errorText.ts';
import { formatNumber } from '../../platform/i18n/format.ts';
import { createTitle } from '../../platform/page/createTitle.ts';
import { Banner } from '../../ui/banner/Banner.tsx';
import { Button } from '../../ui/button/Button.tsx';
import { EmptyState } from '../../ui/empty-state/EmptyState.tsx';
import { Select } from '../../ui/select/Select.tsx';
import { Skeleton } from '../../ui/skeleton/Skeleton.tsx';
import { TextField } from '../../ui/text-field/TextField.tsx';
import { PersonDialog } from './form/PersonDialog.tsx';
import { createPeople } from './list/createPeople.ts';
import { lastOffset, rememberList } from './list/lastList.ts';
import { PeopleTable } from './list/PeopleTable.tsx';
import { t } from './people.messages.ts';
import styles from './people.module.css';

/** How long one may pause between letters before the server is asked, in milliseconds. */
const typingPause = 150;

/** Everybody the firm knows: candidates, clients' people and referees at once. */
export function PeoplePage(): JSX.Element {
  const navigate = useNavigate();
  const location = useLocation();
  const [query, setQuery] = useSearchParams<{ q?: string; tag?: string }>();
  const [typed, setTyped] = createSignal(query.q ?? '');
  const [creating, setCreating] = createSignal(false);
  let field!: HTMLInputElement;
  let table = { focusFirst: () => {} };
  const people = createPeople(() => query.q ?? '', () => query.tag ?? '');
  createTitle(() => t('title'));
  let sent = query.q ?? '';
  createEffect(
    on(typed, (text) => {
      const timer = setTimeout(() => {
        sent = text.trim();
        setQuery({ q: sent || undefined }, { replace: true });
      }, typingPause);
      onCleanup(() => clearTimeout(timer));
    }, { defer: true }),
  );
  // The address changed under the field: the place was pressed in the rail, or one went back.
  createEffect(
    on(() => query.q ?? '', (search) => {
      if (search === sent) return;
      sent = search;
      setTyped(search);
    }, { defer: true }),
  );
  createEffect(on(() => location.search, (search) => rememberList(search, lastOffset(search))));
  const filtered = (): boolean => Boolean(query.q || query.tag);
  const clear = (): void => {
    setTyped('');
    setQuery({ q: undefined, tag: undefined }, { replace: true });
  };
  createActions(() => [
    { id: 'person.create', label: t('create'), group: t('title'), keys: 'c', icon: Plus, act: () => setCreating(true) },
    { id: 'people.search', label: t('search'), group: t('title'), keys: '/', inMenu: false, act: () => (field.focus(), field.select()) },
    { id: 'people.import', label: t('importFile'), group: t('title'), icon: Upload, act: () => navigate('/import') },
  ]);

  const onSearchKey = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    if (event.key === 'ArrowDown') {
      event.preventDefault();
      table.focusFirst();
    } else if (event.key === 'Escape') {
      if (typed() === '') field.blur();
      setTyped('');
    }
  };

  return (
    <div class={styles['page']}>
      <header class={styles['head']}>
        <h1 class={styles['title']}>
          {t('title')}{' '}
          <Show when={people.total() !== undefined}>
            <span class={styles['total']}>{formatNumber(people.total()!)}</span>
          </Show>
        </h1>
        <div class={styles['search']} role="search">
          <TextField
            ref={(input) => (field = input)}
            label={t('search')}
            hideLabel
            type="search"
            icon={<Search size={14} />}
            placeholder={t('search')}
            value={typed()}
            onValue={setTyped}
            onKeyDown={onSearchKey}
          />
        </div>
        <Show when={people.tags().length > 0}>
          <div class={styles['tag']}>
            <Select label={t('tag')} hideLabel value={query.tag ?? ''} options={[{ value: '', label: t('allTags') }, ...people.tags().map((tag) => ({ value: tag, label: tag }))]} onChange={(tag) => setQuery({ tag: tag || undefined })} />
          </div>
        </Show>
        <Button icon={<Upload />} onClick={() => navigate('/import')}>
          {t('importFile')}
        </Button>
        <Button variant="primary" icon={<Plus />} onClick={() => setCreating(true)}>
          {t('create')}
        </Button>
      </header>
      <Switch
        fallback={
          <PeopleTable
            rows={people.rows()}
            loadingMore={people.loadingMore()}
            initialOffset={lastOffset(location.search)}
            onScroll={(offset) => rememberList(location.search, offset)}
            onEnd={() => people.loadMore()}
            control={(given) => (table = given)}
          />
        }
      >
        <Match when={people.error()}>
          {(error) => (
            <div class={styles['loading']}>
              <Banner tone="bad" action={<Button size="small" onClick={() => people.retry()}>{t('retry')}</Button>}>
                {errorText(error())}
              </Banner>
            </div>
          )}
        </Match>
        <Match when={people.pending()}>
          <div class={styles['loading']} aria-busy="true">
            <For each={[1, 2, 3, 4, 5, 6]}>{() => <Skeleton height="40px" />}</For>
          </div>
        </Match>
        <Match when={people.rows().length === 0 && filtered()}>
          <EmptyState icon={<Search />} title={t('noMatch.title')} action={<Button onClick={clear}>{t('clear')}</Button>}>
            {t('noMatch.text')}
          </EmptyState>
        </Match>
        <Match when={people.rows().length === 0}>
          <EmptyState
            icon={<Users />}
            title={t('empty.title')}
            action={
              <span class={styles['ways']}>
                <Button variant="primary" shortcut="c" onClick={() => setCreating(true)}>
                  {t('create')}
                </Button>
                <Button icon={<Upload />} onClick={() => navigate('/import')}>
                  {t('importFile')}
                </Button>
              </span>
            }
          >
            {t('empty.text')}
          </EmptyState>
        </Match>
      </Switch>
      <PersonDialog open={creating()} onClose={() => setCreating(false)} onSaved={(id) => navigate(`/people/${id}`)} />
    </div>
  );
}
