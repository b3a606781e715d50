import { afterEach, expect, test, vi } from 'vitest';
import { codesByField, onSessionEnd, request } from './request.ts';

const named = (text: string, hash?: string) => ({ toString: () => text, __meta__: hash === undefined ? undefined : { hash } }) as never as Parameters<typeof request<{ n: number }, { a: number }>>[0];

function answerWith(body: unknown, init?: ResponseInit): ReturnType<typeof vi.fn> {
  const fetched = vi.fn(async () => new Response(typeof body === 'string' ? body : JSON.stringify(body), init));
  vi.stubGlobal('fetch', fetched);
  return fetched;
}
const sentBody = (fetched: ReturnType<typeof vi.fn>): unknown => JSON.parse((fetched.mock.calls[0]![1] as { body: string }).body);

afterEach(() => vi.unstubAllGlobals());

test('answers with the data', async () => {
  const fetched = answerWith({ data: { n: 1 } });
  expect(await request(named('query { n }'), { a: 1 })).toEqual({ n: 1 });
  expect(sentBody(fetched)).toEqual({ query: 'query { n }', variables: { a: 1 } });
});

test('a document with text names its hash as well', async () => {
  const fetched = answerWith({ data: { n: 1 } });
  await request(named('query { n }', 'sha256:abc'), { a: 1 });
  expect(sentBody(fetched)).toEqual({ documentId: 'sha256:abc', query: 'query { n }', variables: { a: 1 } });
});

test('a document without text goes by its hash', async () => {
  const fetched = answerWith({ data: { n: 1 } });
  await request(named('', 'sha256:abc'), { a: 1 });
  expect(sentBody(fetched)).toEqual({ documentId: 'sha256:abc', variables: { a: 1 } });
});

test('the server’s code and its details arrive as a BatonError', async () => {
  answerWith({ data: null, errors: [{ message: 'slow down', extensions: { code: 'THROTTLED', seconds: 7 } }] });
  await expect(request(named('q'), { a: 1 })).rejects.toMatchObject({ name: 'BatonError', code: 'THROTTLED', details: { seconds: 7 } });
});

test('who is signed out on the way is told so', async () => {
  const ended = vi.fn();
  onSessionEnd(ended);
  answerWith({ errors: [{ message: 'no', extensions: { code: 'UNAUTHENTICATED' } }] }, { status: 401 });
  await expect(request(named('q'), { a: 1 })).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  expect(ended).toHaveBeenCalledOnce();
});

test('no network and a foreign answer are told apart', async () => {
  vi.stubGlobal('fetch', async () => {
    throw new TypeError('Failed to fetch');
  });
  await expect(request(named('q'), { a: 1 })).rejects.toMatchObject({ code: 'OFFLINE' });
  answerWith('<html>502 Bad Gateway</html>', { status: 502 });
  await expect(request(named('q'), { a: 1 })).rejects.toMatchObject({ code: 'SERVER_UNREACHABLE', details: { status: 502 } });
});

test('a question that nobody answers ends, as without a network', async () => {
  vi.useFakeTimers();
  vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
    const end = new AbortController();
    setTimeout(() => end.abort(), ms);
    return end.signal;
  });
  vi.stubGlobal('fetch', (_url: string, { signal }: RequestInit) => new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason as Error))));
  const asked = expect(request(named('q'), { a: 1 })).rejects.toMatchObject({ code: 'OFFLINE' });
  await vi.advanceTimersByTimeAsync(60_000);
  await asked;
  vi.useRealTimers();
  vi.restoreAllMocks();
});

test('refusals are sorted by field, the first of each', () => {
  expect(codesByField([{ field: 'email', code: 'INVALID_EMAIL', message: '' }, { field: 'email', code: 'EMAIL_TAKEN', message: '' }, { field: null, code: 'CONFLICT', message: '' }])).toEqual({
    email: 'INVALID_EMAIL',
    '': 'CONFLICT',
  });
});
