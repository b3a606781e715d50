import type { MessageCard, MessageItem } from '@baton/messaging';
import { createContext, useContext, type JSX } from 'solid-js';
import { createTranslator } from '../../platform/i18n/messages.ts';
import { conversationMessages } from './conversation.messages.ts';

export const t = createTranslator(conversationMessages);

export interface ThreadTarget {
  name: string;
  href: string;
}

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
  /** The conversation that a note is on: its name and address; null where this thread leads to none. */
  noteTarget(conversationId: string): ThreadTarget | null;
  /** How a message's card looks here; null where this thread shows none of its kind: its text is shown. */
  cardFor(card: MessageCard): (() => JSX.Element) | null;
  /** Name of who took the project over at this line of its log; empty where the name is not known, null where the signed log has no such line. */
  successorAt(seq: number): string | null;
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
