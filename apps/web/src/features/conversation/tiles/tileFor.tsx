import type { Component } from 'solid-js';
import type { Entry } from '../groupDays.ts';
import { HandoverTile } from './HandoverTile.tsx';
import { MembershipTile } from './MembershipTile.tsx';
import { MessageTile } from './MessageTile.tsx';
import { MissingTile } from './MissingTile.tsx';
import { ReorderedTile } from './ReorderedTile.tsx';
import { SealedTile } from './SealedTile.tsx';

/** The component that shows an entry's kind of item. */
export function tileFor(entry: Entry): Component<{ entry: Entry }> {
  switch (entry.item.kind) {
    case 'message':
      return MessageTile;
    case 'membership':
      return MembershipTile;
    case 'handover':
      return HandoverTile;
    case 'missing':
      return MissingTile;
    case 'reordered':
      return ReorderedTile;
    case 'sealed':
      return SealedTile;
  }
}
