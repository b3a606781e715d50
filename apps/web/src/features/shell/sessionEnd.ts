import { createSignal, type Accessor } from 'solid-js';
import { onSessionEnd } from '../../platform/graphql/request.ts';

const [noticed, setNoticed] = createSignal(false);

/** Whether this page's own requests were told that nobody is signed in; the worker has to ask for itself. */
export const sessionEndNoticed: Accessor<boolean> = noticed;

/** Forgets it: somebody has signed in again. */
export function forgetSessionEnd(): void {
  setNoticed(false);
}

onSessionEnd(() => setNoticed(true));
