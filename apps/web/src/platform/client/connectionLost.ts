import { createSignal, onCleanup, onMount, type Accessor } from 'solid-js';
import { fromSubscribable } from '../subscribable/fromSubscribable.ts';
import { useClient, useStatus } from './clientContext.ts';

/** Whether nothing comes from the servers at the moment, as far as this page knows. Reactive. */
export function createConnectionLost(): Accessor<boolean> {
  const status = useStatus();
  const connection = fromSubscribable(useClient().messaging.connection);
  const [networkLost, setNetworkLost] = createSignal(!navigator.onLine);
  const onNetwork = (): void => void setNetworkLost(!navigator.onLine);
  onMount(() => {
    addEventListener('online', onNetwork);
    addEventListener('offline', onNetwork);
  });
  onCleanup(() => {
    removeEventListener('online', onNetwork);
    removeEventListener('offline', onNetwork);
  });
  /** Messages can't be opened for want of a connection; they will be once there is one. */
  const stalled = (): boolean => {
    const now = status();
    return now.phase === 'signed-in' && now.messaging === 'starting' && now.failure !== undefined;
  };
  return () => networkLost() || connection() === 'offline' || stalled();
}
