import { MemoryRouter, createMemoryHistory, Route } from '@solidjs/router';
import { render } from '@solidjs/testing-library';
import { QueryClient, QueryClientProvider } from '@tanstack/solid-query';
import type { Component } from 'solid-js';
import { ClientContext } from '../platform/client/clientContext.ts';
import { makeFakeClient, type FakeClient, type FakeClientOptions } from '../session/testing/makeFakeClient.ts';

/** Renders one page with a fake client, a router in memory and an empty query cache. `route` names the parts of the address that the page reads. */
export function renderWithClient(page: Component, options: FakeClientOptions & { at?: string; route?: string } = {}): { client: FakeClient; path(): string } {
  const client = makeFakeClient(options);
  const history = createMemoryHistory();
  history.set({ value: options.at ?? '/' });
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(() => (
    <ClientContext.Provider value={client}>
      <QueryClientProvider client={queries}>
        <MemoryRouter history={history}>
          <Route path={options.route ?? '*'} component={page} />
        </MemoryRouter>
      </QueryClientProvider>
    </ClientContext.Provider>
  ));
  return { client, path: () => history.get() };
}
