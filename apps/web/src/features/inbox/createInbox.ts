import type { Subscribable } from '@baton/base';
import type { RoomSummary } from '@baton/messaging';
import { createMemo, type Accessor } from 'solid-js';
import { fromSubscribable } from '../../platform/subscribable/fromSubscribable.ts';
import type { ConversationSummary } from '../../session/contract.ts';

export type InboxTab = 'mine' | 'unread' | 'team';
export const inboxTabs: readonly InboxTab[] = ['mine', 'unread', 'team'];

/** What a row says of a candidate who has not come: the link waits, ran out, was taken back, or is being answered now. */
export type Arrival = 'waiting' | 'arriving' | 'expired' | 'revoked' | null;

/** One conversation as the list shows it: what the firm knows of it and what was said last, joined. */
export interface InboxRow {
  conversation: ConversationSummary;
  at: number;
  last: RoomSummary['last'];
  draft: string | null;
  unread: number;
  failed: boolean;
  typing: boolean;
  arrival: Arrival;
  /** The project, where the same person has another conversation: their name alone would not tell which. */
  project: string | null;
}

export interface InboxSources {
  conversations: Subscribable<readonly ConversationSummary[]>;
  rooms: Subscribable<readonly RoomSummary[]>;
}

/** The list of an inbox: rows of a tab that match a search, newest activity first, and how many each tab has. Works offline. */
export function createInbox(sources: InboxSources, view: { accountId: Accessor<string | undefined>; tab: Accessor<InboxTab>; search: Accessor<string> }) {
  const conversations = fromSubscribable(sources.conversations);
  const rooms = fromSubscribable(sources.rooms);

  const all = createMemo(() => {
    const byRoom = new Map(rooms().map((room) => [room.roomId, room]));
    const seen = new Set<string | null>();
    const several = new Set(conversations().flatMap(({ personId }) => (seen.has(personId) ? [personId] : (seen.add(personId), []))));
    return conversations()
      .map((conversation) => ({
        ...rowOf(conversation, byRoom.get(conversation.roomId)),
        project: conversation.personId !== null && several.has(conversation.personId) ? conversation.projectName : null,
      }))
      .sort((a, b) => b.at - a.at);
  });
  const belongs: Record<InboxTab, (row: InboxRow) => boolean> = {
    mine: ({ conversation }) => conversation.ownerId === view.accountId(),
    unread: ({ unread }) => unread > 0,
    team: () => true,
  };
  const rows = createMemo(() => {
    const words = view.search().toLowerCase().split(/\s+/).filter(Boolean);
    return all().filter((row) => belongs[view.tab()](row) && words.every((word) => textOf(row).includes(word)));
  });
  const counts = createMemo(() => Object.fromEntries(inboxTabs.map((tab) => [tab, all().filter(belongs[tab]).length])) as Record<InboxTab, number>);

  return {
    rows,
    counts,
    isEmpty: () => all().length === 0,
    find: (conversationId: string | undefined) => all().find(({ conversation }) => conversation.conversationId === conversationId),
    /** The row that many places further down (negative: up) among those shown; from nowhere, the first. */
    neighbour(conversationId: string | undefined, step: 1 | -1): InboxRow | undefined {
      const index = rows().findIndex(({ conversation }) => conversation.conversationId === conversationId);
      return index < 0 ? rows()[0] : rows()[index + step];
    },
  };
}

function rowOf(conversation: ConversationSummary, room: RoomSummary | undefined): Omit<InboxRow, 'project'> {
  return {
    conversation,
    at: room?.last?.at ?? Date.parse(conversation.createdAt),
    last: room?.last ?? null,
    draft: room?.draft ?? null,
    unread: room?.unreadCount ?? 0,
    failed: room?.failed ?? false,
    typing: (room?.typing.length ?? 0) > 0,
    arrival: arrivalOf(conversation),
  };
}

/** How far a candidate's coming is; null once they are in (or have gone again). */
export function arrivalOf({ state, invitation }: ConversationSummary): Arrival {
  if (state === 'CLAIMED') return 'arriving';
  if (state !== 'INVITED') return null;
  if (invitation?.state === 'EXPIRED') return 'expired';
  return invitation?.state === 'REVOKED' ? 'revoked' : 'waiting';
}

function textOf({ conversation, last }: InboxRow): string {
  return [conversation.candidateName, conversation.about, conversation.projectName, conversation.stageName, conversation.ownerName, last?.body].join('\n').toLowerCase();
}
