import { newId } from '@baton/base';
import Pencil from 'lucide-solid/icons/pencil';
import Trash from 'lucide-solid/icons/trash';
import { useQueryClient } from '@tanstack/solid-query';
import { createSignal, For, Show, type JSX } from 'solid-js';
import { AddNoteDocument, DeleteNoteDocument, UpdateNoteDocument, type PersonRecordFragment } from '../../../generated/graphql.ts';
import { useViewer } from '../../../platform/client/clientContext.ts';
import { errorText } from '../../../platform/errors/errorText.ts';
import { createSubmit } from '../../../platform/forms/createSubmit.ts';
import { queryKeys } from '../../../platform/graphql/queries.ts';
import { request, throwUserErrors, type UserErrorLike } from '../../../platform/graphql/request.ts';
import { Button } from '../../../ui/button/Button.tsx';
import { IconButton } from '../../../ui/icon-button/IconButton.tsx';
import { RelativeTime } from '../../../ui/relative-time/RelativeTime.tsx';
import { TextArea } from '../../../ui/text-area/TextArea.tsx';
import { showToast } from '../../../ui/toast/toasts.ts';
import { t } from '../people.messages.ts';
import styles from './record.module.css';

type Note = PersonRecordFragment['notes'][number];

interface NotePayload {
  person: PersonRecordFragment | null;
  userErrors: readonly UserErrorLike[];
}

/** What colleagues noted, newest first. */
export function Notes(props: { person: PersonRecordFragment }): JSX.Element {
  const queries = useQueryClient();
  const viewer = useViewer();
  const [editing, setEditing] = createSignal<string>();
  const notes = (): Note[] => props.person.notes.toSorted((a, b) => b.createdAt.localeCompare(a.createdAt));
  /** Shows what the server made of a command; rejects with its refusal. */
  const take = (payload: NotePayload): void => {
    throwUserErrors(payload.userErrors);
    if (payload.person) queries.setQueryData([queryKeys.person, props.person.id], payload.person);
  };
  const add = async (body: string): Promise<void> => take((await request(AddNoteDocument, { input: { id: newId('note'), personId: props.person.id, body } })).addNote);
  const update = async (id: string, body: string): Promise<void> => {
    take((await request(UpdateNoteDocument, { input: { id, body } })).updateNote);
    setEditing(undefined);
  };
  const remove = async (note: Note): Promise<void> => {
    try {
      take((await request(DeleteNoteDocument, { input: { id: note.id } })).deleteNote);
      showToast(t('record.noteDeleted'), { action: { label: t('undo'), onAction: () => void add(note.body) } });
    } catch (error) {
      showToast(errorText(error), { tone: 'bad' });
    }
  };
  const mayChange = (note: Note): boolean => note.author.id === viewer()?.accountId || viewer()?.role === 'PARTNER';
  return (
    <section class={styles['section']} aria-label={t('record.notes')}>
      <h2>{t('record.notes')}</h2>
      <NoteForm label={t('record.notePlaceholder')} submit={t('record.addNote')} hint={t('record.noteHint')} onSubmit={add} />
      <ul class={styles['notes']}>
        <For each={notes()} fallback={<li class={styles['quiet']}>{t('record.noNotes')}</li>}>
          {(note) => (
            <li class={styles['note']}>
              <Show
                when={editing() === note.id}
                fallback={
                  <>
                    <p class={styles['noteBody']}>{note.body}</p>
                    <p class={styles['quiet']}>
                      {note.author.name} · <RelativeTime at={note.createdAt} />
                      <Show when={note.updatedAt !== note.createdAt}> · {t('record.edited')}</Show>
                    </p>
                    <Show when={mayChange(note)}>
                      <span class={styles['noteActions']}>
                        <IconButton size="small" label={t('note.edit')} onClick={() => setEditing(note.id)}>
                          <Pencil size={14} />
                        </IconButton>
                        <IconButton size="small" label={t('note.remove')} onClick={() => void remove(note)}>
                          <Trash size={14} />
                        </IconButton>
                      </span>
                    </Show>
                  </>
                }
              >
                <NoteForm label={t('note.edit')} submit={t('note.save')} body={note.body} onSubmit={(body) => update(note.id, body)} onCancel={() => setEditing(undefined)} />
              </Show>
            </li>
          )}
        </For>
      </ul>
    </section>
  );
}

/** Text stays in the field until the server has it. */
function NoteForm(props: { label: string; submit: string; hint?: string; body?: string; onSubmit(body: string): Promise<void>; onCancel?(): void }): JSX.Element {
  const [text, setText] = createSignal(props.body ?? '');
  const { busy, error, onSubmit } = createSubmit(async () => {
    if (text().trim() === '') return;
    await props.onSubmit(text().trim());
    setText('');
  });
  return (
    <form
      class={styles['noteForm']}
      onSubmit={onSubmit}
    >
      <TextArea
        label={props.label}
        hideLabel
        placeholder={props.label}
        hint={props.hint}
        error={error()?.text}
        value={text()}
        onValue={setText}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) onSubmit(event);
        }}
      />
      <Show when={text().trim() !== '' || props.onCancel}>
        <div class={styles['noteButtons']}>
          <Show when={props.onCancel}>{(cancel) => <Button size="small" onClick={() => cancel()()}>{t('note.cancel')}</Button>}</Show>
          <Button size="small" variant="primary" type="submit" busy={busy()} shortcut="Mod+Enter">
            {props.submit}
          </Button>
        </div>
      </Show>
    </form>
  );
}
