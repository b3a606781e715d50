import type { FastifyInstance } from 'fastify';

/** An answer of the API. */
export interface Answer<T> {
  data: T | null;
  /** Codes of top-level errors, in order. */
  codes: string[];
  errors: { message: string; extensions?: Record<string, unknown> }[];
  extensions: Record<string, unknown>;
  status: number;
}

/** A browser, as far as the API sees one: it keeps its cookie, and has an address of its own. */
export interface TestClient {
  /** Sends a document; never throws for what the API refuses. */
  ask<T = Record<string, any>>(document: string, variables?: object): Promise<Answer<T>>;
  /** As `ask`, but a top-level error fails the test: for what must work. */
  must<T = Record<string, any>>(document: string, variables?: object): Promise<T>;
  /** The session cookie as a Cookie header; empty when nobody is signed in. */
  cookie(): string;
  /** Takes another browser's cookie. */
  setCookie(cookie: string): void;
}

let browsers = 0;

/** A browser at which nobody is signed in. Each has an address of its own, so that tests don't use up each other's attempts. */
export function makeTestClient(app: FastifyInstance, origin: string): TestClient {
  let cookie = '';
  browsers += 1;
  const address = `10.${(browsers >> 16) & 255}.${(browsers >> 8) & 255}.${browsers & 255}`;
  const ask = async <T>(document: string, variables: object = {}): Promise<Answer<T>> => {
    const response = await app.inject({
      method: 'POST',
      url: '/graphql',
      headers: { origin, 'x-forwarded-for': address, ...(cookie && { cookie }) },
      payload: { query: document, variables },
    });
    for (const set of [response.headers['set-cookie'] ?? []].flat()) {
      const [pair = ''] = set.split(';');
      cookie = pair.endsWith('=') ? '' : pair;
    }
    const body = response.json<{ data?: T | null; errors?: Answer<T>['errors']; extensions?: Record<string, unknown> }>();
    const errors = body.errors ?? [];
    return { data: body.data ?? null, errors, codes: errors.map((error) => String(error.extensions?.['code'])), extensions: body.extensions ?? {}, status: response.statusCode };
  };
  return {
    ask,
    must: async <T>(document: string, variables: object = {}) => {
      const answer = await ask<T>(document, variables);
      if (answer.errors.length > 0 || answer.data === null) throw new Error(`refused: ${JSON.stringify(answer.errors)}`);
      return answer.data;
    },
    cookie: () => cookie,
    setCookie: (given) => {
      cookie = given;
    },
  };
}
