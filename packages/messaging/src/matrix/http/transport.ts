import { failureOf, noAnswer, type ErrorBody } from './failures.ts';
import { logIn } from './login.ts';

/** Requests in a device's name. */
export interface Transport {
  readonly baseUrl: string;
  accessToken(): string;
  /** Like `fetch`, with the device's token, renewed once when the homeserver says that it has only lapsed. */
  fetch(url: string, init?: RequestInit): Promise<Response>;
  /** A JSON request below `/_matrix/client/v3`. Throws HomeserverError. */
  request<T = unknown>(method: 'GET' | 'PUT' | 'POST' | 'DELETE', path: string, options?: RequestOptions): Promise<T>;
}

export interface RequestOptions {
  query?: Record<string, string>;
  body?: unknown;
  signal?: AbortSignal;
  /** Milliseconds until the request counts as unanswered; 30 s unless told. */
  timeoutMs?: number;
}

/** How long the SDK's own requests may take, in milliseconds: it names no end to them, and what waits for one would wait for ever. */
const sdkTimeoutMs = 60_000;

export interface TransportPorts {
  baseUrl: string;
  deviceId: string;
  accessToken: string;
  /** A fresh JWT, or null when our own session is over. */
  relogin(): Promise<string | null>;
  onAccessToken(token: string): void;
  /** The device is gone: signed out from afar, or its account closed. */
  onEnded(): void;
}

/** Makes the transport of one device. */
export function makeTransport(ports: TransportPorts): Transport {
  let accessToken = ports.accessToken;
  let renewal: Promise<boolean> | null = null;

  const renew = async (stale: string): Promise<boolean> => {
    if (stale !== accessToken) return true;
    renewal ??= (async () => {
      const token = await ports.relogin();
      if (token === null) return false;
      const login = await logIn(ports.baseUrl, { token, deviceId: ports.deviceId });
      accessToken = login.accessToken;
      ports.onAccessToken(accessToken);
      return true;
    })().finally(() => (renewal = null));
    return renewal;
  };

  const once = (url: string, init: RequestInit): Promise<Response> => {
    const headers = new Headers(init.headers);
    headers.set('authorization', `Bearer ${accessToken}`);
    return fetch(url, { ...init, headers });
  };

  const authorised = async (url: string, init: RequestInit = {}): Promise<Response> => {
    const token = accessToken;
    const response = await once(url, init);
    if (response.status !== 401) return response;
    const body = (await response.clone().json().catch(() => ({}))) as ErrorBody;
    if (body.errcode !== 'M_UNKNOWN_TOKEN') return response;
    if (body.soft_logout === true && (await renew(token))) return once(url, init);
    ports.onEnded();
    return response;
  };

  return {
    baseUrl: ports.baseUrl,
    accessToken: () => accessToken,
    fetch: (url, init = {}) => authorised(url, { ...init, signal: init.signal ?? AbortSignal.timeout(sdkTimeoutMs) }),
    async request<T>(method: string, path: string, options: RequestOptions = {}): Promise<T> {
      const query = options.query === undefined ? '' : `?${new URLSearchParams(options.query)}`;
      const timeout = AbortSignal.timeout(options.timeoutMs ?? 30_000);
      try {
        const response = await authorised(`${ports.baseUrl}/_matrix/client/v3${path}${query}`, {
          method,
          signal: options.signal === undefined ? timeout : AbortSignal.any([timeout, options.signal]),
          ...(options.body === undefined ? {} : { body: JSON.stringify(options.body), headers: { 'content-type': 'application/json' } }),
        });
        if (response.ok) return (await response.json()) as T;
        const body = (await response.json().catch(() => ({}))) as ErrorBody;
        throw failureOf(response.status, body, response.headers.get('retry-after'));
      } catch (error) {
        throw error instanceof Error && error.name === 'HomeserverError' ? error : noAnswer(error);
      }
    },
  };
}
