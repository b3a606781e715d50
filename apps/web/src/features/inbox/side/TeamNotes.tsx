import { BatonError } from '@baton/base';
import type { MessageItem } from '@baton/messaging';
import { createMemo, For, onCleanup, Show, type JSX } from 'solid-js';
import { useClient, useViewer } from '../../../platform/client/clientContext.ts';
import { fromSubscribable } from '../../../platform/subscribable/fromSubscribable.ts';
import type { ConversationSummary, TeamRoomSummary } from '../../../session/contract.ts';
import { Button } from '../../../ui/button/Button.tsx';
import { DeliveryMark } from '../../../ui/delivery-mark/DeliveryMark.tsx';
import { RelativeTime } from '../../../ui/relative-time/RelativeTime.tsx';
import { t } from '../inbox.messages.ts';
import { NoteForm } from './NoteForm.tsx';
import styles from './side.module.css';

/** The team's own notes on this thread: messages of its room that point here. They are written and read offline like any message. */
export function TeamNotes(props: { conversation: ConversationSummary }): JSX.Element {
  const client = useClient();
  const teamRooms = fromSubscribable(client.conversations.teamRooms);
  const roomOf = () => teamRooms().find(({ projectId }) => projectId === props.conversation.projectId);
  // An answer of the API is a new object; the room is the same one.
  const room = createMemo(roomOf, undefined, { equals: (before, after) => JSON.stringify(before) === JSON.stringify(after) });

  async function add(body: string): Promise<void> {
    const { projectId, conversationId } = props.conversation;
    if (!room() && projectId) {
      // Nobody has written in this project yet: the team's room comes with its vault.
      await client.vault.begin(projectId);
      await client.conversations.refresh();
    }
    const target = roomOf();
    if (!target) throw new BatonError('NOT_FOUND');
    await client.messaging.send(target.roomId, { body, noteOn: conversationId });
  }

  return (
    <section class={styles.section} aria-label={t('teamNotes.title')}>
      <h3>{t('teamNotes.title')}</h3>
      <Show when={room()}>{(found) => <Written room={found()} conversationId={props.conversation.conversationId} />}</Show>
      <NoteForm body="" submit={t('teamNotes.add')} label={t('teamNotes.label')} placeholder={t('teamNotes.placeholder')} hint={t('teamNotes.hint')} onSubmit={add} />
    </section>
  );
}

function Written(props: { room: TeamRoomSummary; conversationId: string }): JSX.Element {
  const { messaging } = useClient();
  const viewer = useViewer();
  const timeline = createMemo(() => {
    const { state, close } = messaging.openTimeline(props.room.roomId);
    onCleanup(close);
    return fromSubscribable(state);
  });
  const notes = () => timeline()().items.filter((item): item is MessageItem => item.kind === 'message' && item.noteOn === props.conversationId);
  const writer = (mxid: string) => (mxid === viewer()?.mxid ? t('teamNotes.you') : (props.room.team.find((member) => member.mxid === mxid)?.name ?? t('teamNotes.formerly')));
  return (
    <>
      <Show when={timeline()().hasEarlier}>
        <Button size="small" variant="quiet" busy={timeline()().loadingEarlier} onClick={() => void messaging.loadEarlier(props.room.roomId).catch(() => undefined)}>
          {t('teamNotes.earlier')}
        </Button>
      </Show>
      <ul class={styles.notes}>
        <For each={notes()}>
          {(note) => (
            <li>
              <article class={`${styles.note} ${styles.teamNote}`}>
                <p>{note.body}</p>
                <footer>
                  {writer(note.sender)} · <RelativeTime at={note.at} />
                  <Show when={note.status}>{(status) => <DeliveryMark state={status()} label={t(`row.status.${status()}`)} />}</Show>
                  <Show when={note.status === 'failed'}>
                    <span class={styles.noteButtons}>
                      <Button size="small" onClick={() => void messaging.retry(props.room.roomId, note.key).catch(() => undefined)}>
                        {t('side.retry')}
                      </Button>
                    </span>
                  </Show>
                </footer>
              </article>
            </li>
          )}
        </For>
      </ul>
    </>
  );
}
