import { createContext, createMemo, useContext, type Accessor } from 'solid-js';
import type { BatonClient, ClientStatus, ViewerSummary } from '../../session/contract.ts';
import { fromSubscribable } from '../subscribable/fromSubscribable.ts';

/** Carries the page's client to every view; main.tsx provides it. */
export const ClientContext = createContext<BatonClient>();

/** The page's client. Throws outside of a ClientContext: that is a bug. */
export function useClient(): BatonClient {
  const client = useContext(ClientContext);
  if (!client) throw new Error('no ClientContext above this component');
  return client;
}

/** Who is signed in, as a signal. */
export function useStatus(): Accessor<ClientStatus> {
  return fromSubscribable(useClient().status);
}

/**
 * The person who is signed in; undefined while nobody is. When a session ends under somebody's hands they stay the
 * viewer: the page keeps what it shows, and the shell asks for the password over it.
 */
export function useViewer(): Accessor<ViewerSummary | undefined> {
  const status = useStatus();
  return createMemo<ViewerSummary | undefined>((before) => {
    const now = status();
    if (now.phase === 'signed-in') return now.viewer;
    return now.phase === 'signed-out' && now.because === 'SESSION_ENDED' ? before : undefined;
  });
}
