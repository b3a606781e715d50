import type { BatonClient } from '../../../session/contract.ts';

/** Since when a conversation's candidate waits for an answer, as this browser knows its thread: they had the last word. */
export function waitsSince({ conversations, messaging }: Pick<BatonClient, 'conversations' | 'messaging'>): (conversationId: string) => string | undefined {
  const rooms = new Map(messaging.rooms.current().map((room) => [room.roomId, room]));
  const known = new Map(conversations.list.current().map((conversation) => [conversation.conversationId, conversation]));
  return (conversationId) => {
    const conversation = known.get(conversationId);
    const last = conversation && rooms.get(conversation.roomId)?.last;
    return last && last.sender === conversation.candidate?.mxid ? new Date(last.at).toISOString() : undefined;
  };
}
