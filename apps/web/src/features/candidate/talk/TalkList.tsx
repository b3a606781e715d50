import { For, Show, type JSX } from 'solid-js';
import type { RoomSummary } from '@baton/messaging';
import { Avatar } from '../../../ui/avatar/Avatar.tsx';
import { Badge } from '../../../ui/badge/Badge.tsx';
import { RelativeTime } from '../../../ui/relative-time/RelativeTime.tsx';
import type { ConversationSummary } from '../../../session/contract.ts';
import { later as t } from '../later.messages.ts';
import { Page } from '../Page.tsx';
import { followWith, usePlace } from '../place.ts';
import styles from './talk.module.css';

/** A candidate's conversations, where there are several. */
export function TalkList(props: { conversations: readonly ConversationSummary[]; rooms: readonly RoomSummary[] }): JSX.Element {
  const follow = followWith(usePlace());
  const rows = () =>
    props.conversations
      .map((conversation) => ({ conversation, room: props.rooms.find(({ roomId }) => roomId === conversation.roomId) }))
      .map(({ conversation, room }) => ({ conversation, room, at: room?.last?.at ?? Date.parse(conversation.createdAt) }))
      .sort((a, b) => b.at - a.at);
  return (
    <Page title={t('elsewhere.list')}>
      <ul class={styles.list}>
        <For each={rows()}>
          {({ conversation, room, at }) => (
            <li>
              <a href={`/talk/${conversation.conversationId}`} class={styles.listRow} onClick={follow}>
                <Avatar name={conversation.ownerName} id={conversation.ownerName} size={44} />
                <span class={styles.listText}>
                  <b>{t('elsewhere.with', conversation.ownerName, conversation.firmName)}</b>
                  <span>{conversation.about}</span>
                  <Show when={room?.last}>{(last) => <span>{`${last().mine ? t('elsewhere.you') : ''}${last().body}`}</span>}</Show>
                </span>
                <span class={styles.listEnd}>
                  <RelativeTime at={at} style="column" />
                  <Show when={room?.unreadCount}>
                    {(count) => (
                      <Badge tone="count" label={t('elsewhere.unread', count())}>
                        {count()}
                      </Badge>
                    )}
                  </Show>
                </span>
              </a>
            </li>
          )}
        </For>
      </ul>
    </Page>
  );
}
