import { failureOf, noAnswer, type ErrorBody } from './failures.ts';

/** Exchanges a JWT of our API for an access token of this device. Throws HomeserverError. */
export async function logIn(baseUrl: string, login: { token: string; deviceId: string }): Promise<{ accessToken: string; userId: string }> {
  let response: Response;
  try {
    response = await fetch(`${baseUrl}/_matrix/client/v3/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ type: 'org.matrix.login.jwt', token: login.token, device_id: login.deviceId }),
      signal: AbortSignal.timeout(30_000),
    });
  } catch (error) {
    throw noAnswer(error);
  }
  const body = (await response.json().catch(() => ({}))) as { access_token?: string; user_id?: string } & ErrorBody;
  if (!response.ok || body.access_token === undefined || body.user_id === undefined) throw failureOf(response.status, body, response.headers.get('retry-after'));
  return { accessToken: body.access_token, userId: body.user_id };
}
