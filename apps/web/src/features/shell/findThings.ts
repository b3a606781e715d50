import MessageSquare from 'lucide-solid/icons/message-square';
import Users from 'lucide-solid/icons/users';
import type { Action } from '../../platform/actions/actions.ts';
import type { ConversationSummary } from '../../session/contract.ts';
import { t } from './shell.messages.ts';

/** Conversations shown at most: whoever wants another one types on. */
const atMost = 6;

/** What the command menu finds besides actions: conversations that have all typed words, and the search among people. */
export function findThings(typed: string, conversations: readonly ConversationSummary[], open: (path: string) => void): Action[] {
  const query = typed.trim();
  if (query === '') return [];
  const words = query.toLowerCase().split(/\s+/);
  const fits = ({ candidateName, projectName, about }: ConversationSummary): boolean => {
    const text = [candidateName, projectName, about].join('\n').toLowerCase();
    return words.every((word) => text.includes(word));
  };
  return [
    ...conversations.filter(fits).slice(0, atMost).map(({ conversationId, candidateName, projectName, about }): Action => ({
      id: `open ${conversationId}`, label: [candidateName, projectName].filter(Boolean).join(' · '), group: t('group.conversations'), icon: MessageSquare,
      keywords: `${query} ${about}`, act: () => open(`/inbox/${conversationId}`),
    })),
    { id: 'find people', label: t('menu.people', query), group: t('people'), icon: Users, act: () => open(`/people?q=${encodeURIComponent(query)}`) },
  ];
}
