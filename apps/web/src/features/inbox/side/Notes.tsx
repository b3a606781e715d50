import { newId } from '@baton/base';
import Pencil from 'lucide-solid/icons/pencil';
import Trash from 'lucide-solid/icons/trash';
import { createSignal, For, Show, type JSX } from 'solid-js';
import { InboxAddNoteDocument, InboxDeleteNoteDocument, InboxUpdateNoteDocument, type InboxNoteFragment } from '../../../generated/graphql.ts';
import { request, throwUserErrors } from '../../../platform/graphql/request.ts';
import { useViewer } from '../../../platform/client/clientContext.ts';
import { IconButton } from '../../../ui/icon-button/IconButton.tsx';
import { RelativeTime } from '../../../ui/relative-time/RelativeTime.tsx';
import { showToast } from '../../../ui/toast/toasts.ts';
import { t } from '../inbox.messages.ts';
import type { Candidacy, CandidacyModel } from './createCandidacy.ts';
import { NoteForm } from './NoteForm.tsx';
import styles from './side.module.css';

/** The firm's own notes on the person: newest first, written and changed in place. */
export function Notes(props: { candidacy: Candidacy; model: CandidacyModel }): JSX.Element {
  const viewer = useViewer();
  const [editing, setEditing] = createSignal<string | null>(null);
  const notes = () => [...props.candidacy.person.notes].sort((a, b) => b.createdAt.localeCompare(a.createdAt));
  const setNotes = (change: (notes: InboxNoteFragment[]) => InboxNoteFragment[]) =>
    props.model.put((current) => ({ ...current, person: { ...current.person, notes: change(current.person.notes) } }));

  async function add(body: string): Promise<void> {
    const { addNote } = await request(InboxAddNoteDocument, { input: { id: newId('note'), personId: props.candidacy.person.id, body } });
    throwUserErrors(addNote.userErrors);
    if (addNote.note) setNotes((before) => [...before.filter(({ id }) => id !== addNote.note!.id), addNote.note!]);
  }

  async function update(id: string, body: string): Promise<void> {
    const { updateNote } = await request(InboxUpdateNoteDocument, { input: { id, body } });
    throwUserErrors(updateNote.userErrors);
    if (updateNote.note) setNotes((before) => before.map((note) => (note.id === id ? updateNote.note! : note)));
    setEditing(null);
  }

  async function remove(note: InboxNoteFragment): Promise<void> {
    setNotes((before) => before.filter(({ id }) => id !== note.id));
    try {
      throwUserErrors((await request(InboxDeleteNoteDocument, { input: { id: note.id } })).deleteNote.userErrors);
      showToast(t('notes.removed'), { action: { label: t('side.undo'), onAction: () => void add(note.body).catch(() => showToast(t('notes.failed'), { tone: 'bad' })) } });
    } catch {
      setNotes((before) => [...before, note]);
      showToast(t('notes.failed'), { tone: 'bad' });
    }
  }

  return (
    <section class={styles.section} aria-label={t('notes.title')}>
      <h3>{t('notes.title')}</h3>
      <ul class={styles.notes}>
        <For each={notes()} fallback={<li class={styles.quiet}>{t('notes.none')}</li>}>
          {(note) => (
            <li>
              <Show
                when={editing() === note.id}
                fallback={
                  <article class={styles.note}>
                    <p>{note.body}</p>
                    <footer>
                      {note.author.name} · <RelativeTime at={note.createdAt} />
                      <Show when={note.updatedAt !== note.createdAt}> · {t('notes.edited')}</Show>
                      <Show when={note.author.id === viewer()?.accountId || viewer()?.role === 'PARTNER'}>
                        <span class={styles.noteActions}>
                          <IconButton size="small" label={t('notes.edit')} onClick={() => setEditing(note.id)}>
                            <Pencil size={14} />
                          </IconButton>
                          <IconButton size="small" label={t('notes.remove')} onClick={() => void remove(note)}>
                            <Trash size={14} />
                          </IconButton>
                        </span>
                      </Show>
                    </footer>
                  </article>
                }
              >
                <NoteForm body={note.body} submit={t('notes.save')} hint={t('notes.hint')} onSubmit={(body) => update(note.id, body)} onCancel={() => setEditing(null)} />
              </Show>
            </li>
          )}
        </For>
      </ul>
      <NoteForm body="" submit={t('notes.add')} hint={t('notes.hint')} onSubmit={add} />
    </section>
  );
}
