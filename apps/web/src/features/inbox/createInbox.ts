import type { Subscribable } from '@baton/base';
import type { RoomSummary } from '@baton/messaging';
import { createMemo, type Accessor } from 'solid-js';
import { fromSubscribable } from '../../platform/subscribable/fromSubscribable.ts';
import type { ConversationSummary, TeamRoomSummary } from '../../session/contract.ts';

export type InboxTab = 'mine' | 'unread' | 'team';
export const inboxTabs: readonly InboxTab[] = ['mine', 'unread', 'team'];

/** What a row says of a candidate who has not come: the link waits, ran out, was taken back, or is being answered now. */
export type Arrival = 'waiting' | 'arriving' | 'expired' | 'revoked' | null;

interface RoomRow {
  /** Of the conversation, or of the team's project. Stands in the address. */
  id: string;
  roomId: string;
  /** Of the candidate, or of the project. */
  name: string;
  /** Of the last words, or of the beginning where it is known. */
  at: number | null;
  last: RoomSummary['last'];
  draft: string | null;
  unread: number;
  failed: boolean;
  typing: boolean;
}

/** One conversation as the list shows it: what the firm knows of it and what was said last, joined. */
export interface CandidateRow extends RoomRow {
  kind: 'candidate';
  conversation: ConversationSummary;
  arrival: Arrival;
  /** The project, where the same person has another conversation: their name alone would not tell which. */
  project: string | null;
}

/** The room of a project's team. */
export interface TeamRow extends RoomRow {
  kind: 'team';
  teamRoom: TeamRoomSummary;
}

export type InboxRow = CandidateRow | TeamRow;

export interface InboxSources {
  conversations: Subscribable<readonly ConversationSummary[]>;
  teamRooms: Subscribable<readonly TeamRoomSummary[]>;
  rooms: Subscribable<readonly RoomSummary[]>;
}

/** The list of an inbox: rows of a tab that match a search, newest activity first, and how many each tab has. Works offline. */
export function createInbox(sources: InboxSources, view: { accountId: Accessor<string | undefined>; tab: Accessor<InboxTab>; search: Accessor<string> }) {
  const conversations = fromSubscribable(sources.conversations);
  const teamRooms = fromSubscribable(sources.teamRooms);
  const rooms = fromSubscribable(sources.rooms);

  // A row about which nothing changed stays the same object: the list draws only the others again.
  const made = new Map<string, { from: readonly unknown[]; row: InboxRow }>();
  const keep = <Row extends InboxRow>(from: readonly [ConversationSummary | TeamRoomSummary, ...unknown[]], make: () => Row): Row => {
    const known = made.get(from[0].roomId);
    if (known?.from.every((part, index) => part === from[index])) return known.row as Row;
    const row = make();
    made.set(row.roomId, { from, row });
    return row;
  };

  const all = createMemo(() => {
    const byRoom = new Map(rooms().map((room) => [room.roomId, room]));
    const seen = new Set<string | null>();
    const several = new Set(conversations().flatMap(({ personId }) => (seen.has(personId) ? [personId] : (seen.add(personId), []))));
    const candidates = conversations().map((conversation) => {
      const room = byRoom.get(conversation.roomId);
      const project = conversation.personId !== null && several.has(conversation.personId) ? conversation.projectName : null;
      return keep([conversation, room, project], (): CandidateRow => ({
        kind: 'candidate',
        ...roomRow(room, { id: conversation.conversationId, roomId: conversation.roomId, name: conversation.candidateName, begun: Date.parse(conversation.createdAt) }),
        conversation,
        arrival: arrivalOf(conversation),
        project,
      }));
    });
    const teams = teamRooms().map((teamRoom) => {
      const room = byRoom.get(teamRoom.roomId);
      return keep([teamRoom, room], (): TeamRow => ({
        kind: 'team',
        ...roomRow(room, { id: teamRoom.projectId, roomId: teamRoom.roomId, name: teamRoom.projectName, begun: null }),
        teamRoom,
      }));
    });
    return [...candidates, ...teams].sort((a, b) => (b.at ?? 0) - (a.at ?? 0));
  });
  const belongs: Record<InboxTab, (row: InboxRow) => boolean> = {
    // Only who is on a team has its room.
    mine: (row) => row.kind === 'team' || row.conversation.ownerId === view.accountId(),
    unread: ({ unread }) => unread > 0,
    team: () => true,
  };
  const rows = createMemo(() => {
    const words = view.search().toLowerCase().split(/\s+/).filter(Boolean);
    const isOfTab = belongs[view.tab()];
    return all().filter((row) => isOfTab(row) && words.every((word) => textOf(row).includes(word)));
  });
  const counts = createMemo(() => Object.fromEntries(inboxTabs.map((tab) => [tab, all().filter(belongs[tab]).length])) as Record<InboxTab, number>);

  return {
    rows,
    counts,
    isEmpty: () => all().length === 0,
    find: (id: string | undefined) => all().find((row) => row.id === id),
    /** The row that many places further down (negative: up) among those shown; from nowhere, the first. */
    neighbour(id: string | undefined, step: 1 | -1): InboxRow | undefined {
      const index = rows().findIndex((row) => row.id === id);
      return index < 0 ? rows()[0] : rows()[index + step];
    },
  };
}

function roomRow(room: RoomSummary | undefined, { begun, ...named }: Pick<RoomRow, 'id' | 'roomId' | 'name'> & { begun: number | null }): RoomRow {
  return {
    ...named,
    at: room?.last?.at ?? begun,
    last: room?.last ?? null,
    draft: room?.draft ?? null,
    unread: room?.unreadCount ?? 0,
    failed: room?.failed ?? false,
    typing: (room?.typing.length ?? 0) > 0,
  };
}

/** How far a candidate's coming is; null once they are in (or have gone again). */
export function arrivalOf({ state, invitation }: ConversationSummary): Arrival {
  if (state === 'CLAIMED') return 'arriving';
  if (state !== 'INVITED') return null;
  if (invitation?.state === 'EXPIRED') return 'expired';
  return invitation?.state === 'REVOKED' ? 'revoked' : 'waiting';
}

function textOf(row: InboxRow): string {
  const known = row.kind === 'team' ? row.teamRoom.team.map(({ name }) => name) : [row.conversation.about, row.conversation.projectName, row.conversation.stageName, row.conversation.ownerName];
  return [row.name, ...known, row.last?.body].join('\n').toLowerCase();
}
