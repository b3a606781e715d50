import type { RoomSummary } from '@baton/messaging';
import type { BatonClient, ConversationSummary } from '../../../session/contract.ts';

/** Since when a conversation's candidate waits for an answer, ISO 8601; null: they don't; undefined: this browser does not know its thread. */
export type Waits = (conversationId: string) => string | null | undefined;

/** Who had the last word in each thread, as this browser knows it. A candidate who has left, or wants no more, waits for nothing. */
export function waitsIn(conversations: readonly ConversationSummary[], rooms: readonly RoomSummary[]): Waits {
  const byRoom = new Map(rooms.map((room) => [room.roomId, room]));
  const byId = new Map(conversations.map((conversation) => [conversation.conversationId, conversation]));
  return (conversationId) => {
    const conversation = byId.get(conversationId);
    const last = conversation && byRoom.get(conversation.roomId)?.last;
    if (!last) return undefined;
    const isOver = conversation.state === 'LEFT' || conversation.state === 'BLOCKED';
    return !isOver && last.sender === conversation.candidate?.mxid ? new Date(last.at).toISOString() : null;
  };
}

/** The same as it is now. */
export const waitsNow = ({ conversations, messaging }: Pick<BatonClient, 'conversations' | 'messaging'>): Waits => waitsIn(conversations.list.current(), messaging.rooms.current());
