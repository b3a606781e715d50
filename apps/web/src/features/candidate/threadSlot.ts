import type { Component, JSX } from 'solid-js';

/** What these pages want of the feature that shows messages; app.tsx gives them a component of this shape. */
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
  onSent?: (() => void) | undefined;
}

export type ThreadSlot = Component<ThreadSlotProps>;
