import { newId } from '@baton/base';
import Undo from 'lucide-solid/icons/undo-2';
import { createMemo, createSignal, For, Show, untrack, type JSX } from 'solid-js';
import { InboxAddPromiseDocument, InboxSettlePromiseDocument, type InboxPromiseFragment, type PromiseState } from '../../../generated/graphql.ts';
import { useViewer } from '../../../platform/client/clientContext.ts';
import { errorText } from '../../../platform/errors/errorText.ts';
import { request, throwUserErrors } from '../../../platform/graphql/request.ts';
import { DueDate } from '../../../ui/due-date/DueDate.tsx';
import { IconButton } from '../../../ui/icon-button/IconButton.tsx';
import { RelativeTime } from '../../../ui/relative-time/RelativeTime.tsx';
import { TextField } from '../../../ui/text-field/TextField.tsx';
import { showToast } from '../../../ui/toast/toasts.ts';
import { t as inbox } from '../inbox.messages.ts';
import type { Candidacy, CandidacyModel } from './createCandidacy.ts';
import { NoteForm } from './NoteForm.tsx';
import { t } from './promises.messages.ts';
import styles from './promises.module.css';
import side from './side.module.css';

/** Characters of a promise at most, as the API takes them. */
const maxLength = 500;

/** What the candidate was promised, the earliest due first: ticked off in place, taken back, added below. One for each candidacy. */
export function Promises(props: { candidacy: Candidacy; model: CandidacyModel }): JSX.Element {
  const viewer = useViewer();
  const candidacyId = untrack(() => props.candidacy.id);
  const [dueOn, setDueOn] = createSignal('');
  // Ticked off here: they stay where they are, so that a slip is undone where it happened.
  const [justKept, setJustKept] = createSignal<ReadonlySet<string>>(new Set());
  const [showsKept, setShowsKept] = createSignal(false);
  let section!: HTMLElement;

  const all = createMemo(() => new Map(props.candidacy.promises.map((promise) => [promise.id, promise])));
  const inPlace = (): InboxPromiseFragment[] => [...all().values()].filter(({ id, state }) => state === 'OPEN' || justKept().has(id)).sort(byDueDate);
  const keptEarlier = (): InboxPromiseFragment[] => [...all().values()].filter(({ id, state }) => state === 'KEPT' && !justKept().has(id));
  const setPromises = (change: (promises: InboxPromiseFragment[]) => InboxPromiseFragment[]): void =>
    // An answer that comes when another thread is open belongs to none of its promises.
    props.model.put((current) => (current.id === candidacyId ? { ...current, promises: change(current.promises) } : current));
  const put = (promise: InboxPromiseFragment): void => setPromises((before) => [...before.filter(({ id }) => id !== promise.id), ...(promise.state === 'TAKEN_BACK' ? [] : [promise])]);

  async function add(body: string): Promise<void> {
    const input = { id: newId('promise'), candidacyId, body, dueOn: dueOn() || null };
    const { addPromise } = await request(InboxAddPromiseDocument, { input });
    throwUserErrors(addPromise.userErrors);
    if (addPromise.promise) put(addPromise.promise);
    setDueOn('');
  }

  async function settle(promise: InboxPromiseFragment, state: PromiseState): Promise<boolean> {
    const [id, name] = [viewer()?.accountId ?? '', viewer()?.name ?? ''];
    if (state === 'KEPT') setJustKept((before) => new Set(before).add(promise.id));
    put({ ...promise, state, ...(state === 'OPEN' ? { settledBy: null, settledAt: null } : { settledBy: { id, name }, settledAt: new Date().toISOString() }) });
    try {
      const { settlePromise } = await request(InboxSettlePromiseDocument, { input: { id: promise.id, state } });
      throwUserErrors(settlePromise.userErrors);
      if (settlePromise.promise) put(settlePromise.promise);
      return true;
    } catch (error) {
      put(promise);
      showToast(errorText(error), { tone: 'bad' });
      return false;
    }
  }

  async function takeBack(promise: InboxPromiseFragment): Promise<void> {
    const settled = settle(promise, 'TAKEN_BACK');
    section.querySelector<HTMLElement>('input[type=checkbox], textarea')?.focus();
    if (await settled) showToast(t('takenBack'), { action: { label: inbox('side.undo'), onAction: () => void settle({ ...promise, state: 'TAKEN_BACK' }, 'OPEN') } });
  }

  // By id: a row whose promise changes stays, with the focus in it.
  const Rows = (list: { of: InboxPromiseFragment[] }): JSX.Element => (
    <ul class={styles['promises']}>
      <For each={list.of.map(({ id }) => id)}>
        {(id) => (
          <Show when={all().get(id)}>
            {(promise) => (
              <li class={styles['promise']} data-kept={promise().state === 'KEPT' ? '' : undefined}>
                <label class={styles['tick']}>
                  <input
                    type="checkbox"
                    checked={promise().state === 'KEPT'}
                    onChange={(event) => {
                      void settle(promise(), event.currentTarget.checked ? 'KEPT' : 'OPEN');
                      // The box follows the record, also back when it could not be said.
                      event.currentTarget.checked = promise().state === 'KEPT';
                    }}
                  />
                  <span>{promise().body}</span>
                </label>
                <footer class={styles['foot']}>
                  <Show
                    when={promise().state === 'KEPT' && promise().settledBy}
                    fallback={
                      <span>
                        <Show when={promise().dueOn}>
                          {(due) => (
                            <>
                              <DueDate on={due()} /> ·{' '}
                            </>
                          )}
                        </Show>
                        {promise().promisedBy.endedAt ? t('left', promise().promisedBy.name) : promise().promisedBy.name} · <RelativeTime at={promise().promisedAt} />
                      </span>
                    }
                  >
                    {(by) => (
                      <span>
                        {t('kept', by().name)} · <RelativeTime at={promise().settledAt ?? promise().promisedAt} />
                      </span>
                    )}
                  </Show>
                  <Show when={promise().promisedBy.id === viewer()?.accountId || props.candidacy.project.can.edit}>
                    <IconButton class={styles['takeBack']!} size="small" label={t('takeBack')} onClick={() => void takeBack(promise())}>
                      <Undo size={14} />
                    </IconButton>
                  </Show>
                </footer>
              </li>
            )}
          </Show>
        )}
      </For>
    </ul>
  );

  return (
    <section class={side.section} aria-label={t('title')} ref={section}>
      <h3>{t('title')}</h3>
      <Rows of={inPlace()} />
      <NoteForm body="" submit={t('add')} label={t('label')} placeholder={t('placeholder')} hint={t('hint')} maxLength={maxLength} failure={errorText} onSubmit={add}>
        <TextField class={styles['due']!} type="date" label={t('due')} optional value={dueOn()} onValue={setDueOn} max="9999-12-31" />
      </NoteForm>
      <Show when={keptEarlier().length > 0}>
        <button type="button" class={styles['more']} aria-expanded={showsKept()} onClick={() => setShowsKept(!showsKept())}>
          {showsKept() ? t('hideKept') : t('showKept', keptEarlier().length)}
        </button>
        <Show when={showsKept()}>
          <Rows of={keptEarlier()} />
        </Show>
      </Show>
    </section>
  );
}

/** Without a date comes last; of the same day what was promised first. */
const byDueDate = (a: InboxPromiseFragment, b: InboxPromiseFragment): number =>
  (a.dueOn ?? '9999-99').localeCompare(b.dueOn ?? '9999-99') || a.promisedAt.localeCompare(b.promisedAt) || a.id.localeCompare(b.id);
