import { afterEach, describe, expect, it, vi } from 'vitest';
import { makeTransport } from './transport.ts';

afterEach(() => vi.unstubAllGlobals());

const json = (status: number, body: unknown): Response => new Response(JSON.stringify(body), { status });
const lapsed = () => json(401, { errcode: 'M_UNKNOWN_TOKEN', soft_logout: true });

/** A transport against a homeserver that answers by what token it is asked with. */
function against(answer: (token: string | null, url: string) => Response | Error, relogin: () => Promise<string | null> = async () => 'jwt') {
  const asked: string[] = [];
  vi.stubGlobal('fetch', async (url: string, init: RequestInit = {}) => {
    const token = new Headers(init.headers).get('authorization')?.slice('Bearer '.length) ?? null;
    asked.push(`${new URL(url).pathname} ${token ?? '-'}`);
    const response = answer(token, url);
    if (response instanceof Error) throw response;
    return response;
  });
  const events = { tokens: [] as string[], ended: 0 };
  const transport = makeTransport({
    baseUrl: 'http://hs', deviceId: 'D', accessToken: 'old', relogin,
    onAccessToken: (token) => events.tokens.push(token),
    onEnded: () => void events.ended++,
  });
  return { transport, events, asked };
}

const renewing = (token: string | null, url: string): Response => {
  if (url.endsWith('/login')) return json(200, { access_token: 'new', user_id: '@a:hs' });
  return token === 'new' ? json(200, { ok: true }) : lapsed();
};

describe('a token that has only lapsed', () => {
  it('is renewed once for all who found out, and their requests go through', async () => {
    const { transport, events, asked } = against(renewing);
    expect(await Promise.all([transport.request('GET', '/a'), transport.request('GET', '/b')])).toEqual([{ ok: true }, { ok: true }]);
    expect(asked.filter((request) => request.includes('/login'))).toHaveLength(1);
    expect(events).toEqual({ tokens: ['new'], ended: 0 });
  });

  it('means the end when our own session is over', async () => {
    const { transport, events } = against(renewing, async () => null);
    await expect(transport.request('GET', '/a')).rejects.toMatchObject({ failure: { kind: 'again', outcome: 'unsent' } });
    expect(events.ended).toBe(1);
  });

  it('is not the end when our API can’t be reached now', async () => {
    const { transport, events } = against(renewing, () => Promise.reject(new TypeError('offline')));
    await expect(transport.request('GET', '/a')).rejects.toMatchObject({ failure: { kind: 'again' } });
    expect(events.ended).toBe(0);
  });
});

it('a device that is gone ends the session without asking for another token', async () => {
  const { transport, events, asked } = against(() => json(401, { errcode: 'M_UNKNOWN_TOKEN', soft_logout: false }));
  await expect(transport.request('PUT', '/a', { body: {} })).rejects.toMatchObject({ failure: { kind: 'again', outcome: 'unsent' } });
  expect(events.ended).toBe(1);
  expect(asked).toHaveLength(1);
});

it('a request without an answer may or may not have arrived', async () => {
  const { transport } = against(() => new TypeError('network'));
  await expect(transport.request('PUT', '/a', { body: {} })).rejects.toMatchObject({ name: 'HomeserverError', failure: { kind: 'again', outcome: 'unknown' } });
});
