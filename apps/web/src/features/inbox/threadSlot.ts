import type { MessageCard } from '@baton/messaging';
import type { Component, JSX } from 'solid-js';

/**
 * What the inbox wants of the feature that shows messages. Features don't know each other: memberRoutes.tsx gives the inbox a
 * component of this shape.
 */
export interface ThreadSlotProps {
  threadId: string;
  roomId: string;
  viewer: string;
  people: readonly { mxid: string; name: string; accountId?: string }[];
  to: string;
  beginning?: JSX.Element;
  notice?: JSX.Element;
  closed?: JSX.Element;
  autofocus?: boolean;
  /** Blocks always carry their writer's name. */
  named?: boolean;
  /** Where notes on other threads lead. */
  noteTarget?: ((conversationId: string) => { name: string; href: string } | null) | undefined;
  /** How cards in messages look. */
  cardFor?: ((card: MessageCard) => (() => JSX.Element) | null) | undefined;
  onLeave?: (() => void) | undefined;
  control?: ((focusComposer: () => void) => void) | undefined;
}

export type ThreadSlot = Component<ThreadSlotProps>;
