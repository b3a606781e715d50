import { inject } from 'vitest';
import type { TestPerson } from './firm.ts';

/** A request to the homeserver in a person's name. */
export type MatrixBrowser = (method: string, path: string, body?: object) => Promise<{ status: number; body: any }>;

/** Logs a person's browser in at the homeserver of synapse tests, with the token that the API gives it. */
export async function logIn({ client }: TestPerson): Promise<MatrixBrowser> {
  const { url } = inject('matrix');
  const { matrixLogin } = await client.must('mutation { matrixLogin { matrix { token userId deviceId } userErrors { code } } }');
  const { token, deviceId } = matrixLogin.matrix;
  const call = async (method: string, path: string, body?: object, accessToken?: string) => {
    const response = await fetch(`${url}/_matrix/client/v3/${path}`, { method, headers: accessToken ? { authorization: `Bearer ${accessToken}` } : {}, ...(body && { body: JSON.stringify(body) }) });
    return { status: response.status, body: await response.json() };
  };
  const { body } = await call('POST', 'login', { type: 'org.matrix.login.jwt', token, device_id: deviceId });
  return (method, path, content) => call(method, path, content, body.access_token);
}
