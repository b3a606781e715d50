import { Router, useIsRouting } from '@solidjs/router';
import { createEffect, lazy, type JSX } from 'solid-js';
import { usePlace } from './features/candidate/place.ts';
import { memberRoutes } from './memberRoutes.tsx';

const NotFoundPage = lazy(async () => ({ default: (await import('./features/shell/pages.tsx')).NotFoundPage }));

/** An address of a candidate's pages, which are beside the router and not in it. */
function Candidates(): null {
  const place = usePlace();
  const isRouting = useIsRouting();
  // The router changes the address when it is done.
  createEffect(() => !isRouting() && place.read());
  return null;
}

/** Pages of colleagues, the ways in, and the page for an address that leads nowhere. */
export function Elsewhere(): JSX.Element {
  return (
    <Router preload={false}>{[...memberRoutes, { path: ['/c/*rest', '/talk', '/talk/*rest'], component: Candidates }, { path: '*', component: NotFoundPage }]}</Router>
  );
}
