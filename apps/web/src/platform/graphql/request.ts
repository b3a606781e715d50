import { BatonError } from '@baton/base';
import type { TypedDocumentString } from '../../generated/graphql.ts';

/** What a refused command says, beside the field that caused it. */
export interface UserErrorLike {
  field?: string | null | undefined;
  code: string;
  message: string;
}

interface Answer<T> {
  data?: T | null;
  errors?: { message: string; extensions?: { code?: string; [detail: string]: unknown } }[];
}

/**
 * How long an answer may take, in milliseconds. A request that was lost on its way is answered by nobody, and the logs, which ask
 * one question after the other, would wait for it for ever.
 */
const patienceMs = 60_000;

let whenSessionEnds: () => void = () => {};

/** Names what is to happen when the server says that nobody is signed in any more. The composition root sets it. */
export function onSessionEnd(act: () => void): void {
  whenSessionEnds = act;
}

/** Numbers and strings of an error's extensions: what a sentence's placeholders may take. */
function detailsOf(extensions: Record<string, unknown>): Record<string, string | number> {
  const plain = Object.entries(extensions).filter(([key, value]) => key !== 'code' && (typeof value === 'string' || typeof value === 'number'));
  return Object.fromEntries(plain) as Record<string, string | number>;
}

/** Asks the API. The rest parameter lets a document without variables be asked without any. */
export type Requester = <TResult, TVariables>(
  document: TypedDocumentString<TResult, TVariables>,
  ...[variables, options]: TVariables extends Record<string, never> ? [variables?: TVariables, options?: RequestOptions] : [variables: TVariables, options?: RequestOptions]
) => Promise<TResult>;

/**
 * Makes a requester. A document goes by its hash, with its text where no build took that away: a released API wants the
 * one, one under development the other.
 * `url` is where the API is; `send` is the page's `fetch`, or for a client without a browser one that keeps cookies.
 * Errors: BatonError with the server's code; OFFLINE when nothing was reached or nothing came within a minute, SERVER_UNREACHABLE when something else
 * than the API answered. UNAUTHENTICATED also calls `sessionEnded`.
 */
export function makeRequester(url: string, send: typeof fetch, sessionEnded: () => void): Requester {
  return async (document, ...[variables, options]) => {
    const text = document.toString();
    const body = { documentId: document.__meta__?.['hash'], ...(text === '' ? {} : { query: text }), variables };
    let response: Response;
    try {
      response = await send(url, {
        method: 'POST',
        credentials: 'same-origin',
        // A header that a form or an image on another site can't send.
        headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json, application/json', 'x-baton': '1' },
        body: JSON.stringify(body),
        signal: options?.signal ? AbortSignal.any([options.signal, AbortSignal.timeout(patienceMs)]) : AbortSignal.timeout(patienceMs),
      });
    } catch (error) {
      if (options?.signal?.aborted) throw error;
      throw new BatonError('OFFLINE', {}, { cause: error });
    }
    const answer = (await response.json().catch(() => null)) as Answer<ResultOf<typeof document>> | null;
    if (answer === null) throw new BatonError('SERVER_UNREACHABLE', { status: response.status });
    const refused = answer.errors?.[0];
    if (refused) {
      const code = refused.extensions?.code ?? 'INTERNAL';
      if (code === 'UNAUTHENTICATED') sessionEnded();
      throw new BatonError(code, detailsOf(refused.extensions ?? {}));
    }
    if (!answer.data) throw new BatonError('SERVER_UNREACHABLE', { status: response.status });
    return answer.data;
  };
}

type ResultOf<D> = D extends TypedDocumentString<infer R, infer _V> ? R : never;

/** The page's own requester. UNAUTHENTICATED also tells the one that `onSessionEnd` named. */
export const request: Requester = makeRequester('/graphql', (...call) => fetch(...call), () => whenSessionEnds());

export interface RequestOptions {
  signal?: AbortSignal;
}

/** Throws the first of a command's refusals, for callers that show one sentence; its field is in `details.field`. */
export function throwUserErrors(userErrors: readonly UserErrorLike[]): void {
  const first = userErrors[0];
  if (first) throw new BatonError(first.code, first.field ? { field: first.field } : {});
}

/** Refusals by field, for a form: `{ email: 'INVALID_EMAIL' }`. What belongs to no field is under the empty string. */
export function codesByField(userErrors: readonly UserErrorLike[]): Record<string, string> {
  return Object.fromEntries(userErrors.toReversed().map((error) => [error.field ?? '', error.code]));
}
