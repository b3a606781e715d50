import { BatonError } from '@baton/base';
import { vi } from 'vitest';

/** An operation that the page asked for. */
export interface Asked {
  name: string;
  variables: Record<string, unknown>;
}

type Answer = Record<string, unknown> | ((variables: never) => unknown);

/**
 * Answers the page's GraphQL operations by their name, in place of a server; a function gets the variables and may throw
 * a BatonError to refuse. Returns what was asked so far. Undone by `vi.unstubAllGlobals()`.
 */
export function answerRequests(answers: Record<string, Answer>): Asked[] {
  const asked: Asked[] = [];
  vi.stubGlobal('fetch', async (_url: string, init: { body: string }) => {
    const { query, variables = {} } = JSON.parse(init.body) as { query: string; variables?: Record<string, unknown> };
    const name = /(?:query|mutation) (\w+)/.exec(query)?.[1] ?? '';
    asked.push({ name, variables });
    const answer = answers[name];
    if (answer === undefined) throw new TypeError(`nobody answers ${name}`);
    try {
      return new Response(JSON.stringify({ data: typeof answer === 'function' ? await answer(variables as never) : answer }));
    } catch (error) {
      if (!(error instanceof BatonError)) throw error;
      return new Response(JSON.stringify({ data: null, errors: [{ message: error.code, extensions: { code: error.code } }] }));
    }
  });
  return asked;
}
