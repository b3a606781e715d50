import type { MessageCard } from '@baton/messaging';
import { lazy, Suspense, type JSX } from 'solid-js';
import { Skeleton } from '../../../ui/skeleton/Skeleton.tsx';
import { briefKind } from './brief.ts';
import { readBrief } from './readBrief.ts';

// Few threads have one: no inbox waits for it.
const SignedBrief = lazy(async () => ({ default: (await import('./SignedBrief.tsx')).SignedBrief }));

/** How a card in a team's room looks; null for one that is none of ours, or of a later kind: its text is shown. */
export function cardFor(card: MessageCard): (() => JSX.Element) | null {
  const brief = card.kind === briefKind ? readBrief(card.data) : null;
  return brief && (() => (
    <Suspense fallback={<Skeleton height="320px" />}>
      <SignedBrief brief={brief} />
    </Suspense>
  ));
}
