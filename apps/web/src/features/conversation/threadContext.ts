import type { MessageItem } from '@baton/messaging';
import { createContext, useContext } from 'solid-js';
import { createTranslator } from '../../platform/i18n/messages.ts';
import { conversationMessages } from './conversation.messages.ts';

export const t = createTranslator(conversationMessages);

/** What a row may know of its thread and do in it. */
export interface ThreadActions {
  nameOf(mxid: string): string;
  /** More than one other person writes here: blocks carry their writer's name. */
  showNames(): boolean;
  reply(item: MessageItem): void;
  retry(item: MessageItem): void;
  edit(item: MessageItem): void;
  remove(item: MessageItem): void;
  /** Scrolls to a message by the key or event id in a quote. */
  goTo(target: { key: string | null; eventId: string }): void;
  openMenu(item: MessageItem): void;
  copy(item: MessageItem): void;
  /** Key of the row that the Tab key reaches. */
  current(): string | null;
  isCurrent(key: string): boolean;
}

export const ThreadContext = createContext<ThreadActions>();

export function useThread(): ThreadActions {
  const thread = useContext(ThreadContext);
  if (!thread) throw new Error('no ThreadContext above this component');
  return thread;
}
