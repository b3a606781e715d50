import { BatonError } from '@baton/base';

/** An answer of the homeserver that is not 2xx and not its fault. */
export class MatrixRefusal extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, what: string) {
    super(`the homeserver refused ${what}: ${status} ${code}`);
    this.name = 'MatrixRefusal';
    this.status = status;
    this.code = code;
  }
}

/** A JSON request to the homeserver. `as` acts as that user, who is of the application service's namespace. */
export interface MatrixRequest {
  method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  path: string;
  body?: object;
  as?: string;
  /** Another token than the application service's; null: none. */
  token?: string | null;
}

export type MatrixClient = <T = Record<string, unknown>>(request: MatrixRequest) => Promise<T>;

const patience = 15_000;

/**
 * Makes a client. It rejects with BatonError `MATRIX_UNAVAILABLE` when the homeserver does not answer, answers 5xx or has
 * too much to do, and with MatrixRefusal for everything else that is not 2xx.
 */
export function makeMatrixClient(url: string, asToken: string): MatrixClient {
  return async <T>({ method, path, body, as, token = asToken }: MatrixRequest): Promise<T> => {
    const address = new URL(path, `${url}/`);
    if (as !== undefined) address.searchParams.set('user_id', as);
    const what = `${method} ${address.pathname}`;
    const response = await fetch(address, {
      method,
      headers: { ...(token !== null && { authorization: `Bearer ${token}` }), ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(patience),
    }).catch((error: unknown) => {
      throw new BatonError('MATRIX_UNAVAILABLE', {}, { cause: error });
    });
    if (response.status >= 500 || response.status === 429) {
      await response.body?.cancel();
      throw new BatonError('MATRIX_UNAVAILABLE', { status: response.status });
    }
    const answer = (await response.json().catch(() => ({}))) as { errcode?: string };
    if (!response.ok) throw new MatrixRefusal(response.status, answer.errcode ?? 'M_UNKNOWN', what);
    return answer as T;
  };
}

/** Takes refusals with one of these codes for an answer: what was to be done is done already. */
export async function unless(codes: readonly string[], request: Promise<unknown>): Promise<void> {
  await request.catch((error: unknown) => {
    if (!(error instanceof MatrixRefusal) || !codes.includes(error.code)) throw error;
  });
}
