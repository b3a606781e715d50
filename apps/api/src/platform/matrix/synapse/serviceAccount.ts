import { createHmac, randomBytes } from 'node:crypto';
import { MatrixRefusal, unless, type MatrixClient } from './matrixClient.ts';

/**
 * Makes the service account a server administrator. The application service can register it, but only an administrator
 * can make another: a throw-away one, registered with the shared secret, does that and is deactivated.
 */
export async function ensureServiceAccount(request: MatrixClient, svc: string, registrationSecret: string): Promise<void> {
  await unless(['M_USER_IN_USE'], request({
    method: 'POST', path: '_matrix/client/v3/register',
    body: { type: 'm.login.application_service', username: svc.slice(1, svc.indexOf(':')), inhibit_login: true },
  }));
  if (await isAdmin(request, svc)) return;

  const { accessToken, userId } = await registerAdmin(request, registrationSecret);
  await request({ method: 'PUT', path: `_synapse/admin/v1/users/${encodeURIComponent(svc)}/admin`, body: { admin: true }, token: accessToken });
  await request({ method: 'POST', path: `_synapse/admin/v1/deactivate/${encodeURIComponent(userId)}`, body: { erase: true } });
}

async function isAdmin(request: MatrixClient, svc: string): Promise<boolean> {
  try {
    const { admin } = await request<{ admin: boolean }>({ method: 'GET', path: `_synapse/admin/v1/users/${encodeURIComponent(svc)}/admin` });
    return admin;
  } catch (error) {
    // Whoever is none may not ask.
    if (error instanceof MatrixRefusal && error.status === 403) return false;
    throw error;
  }
}

async function registerAdmin(request: MatrixClient, registrationSecret: string): Promise<{ accessToken: string; userId: string }> {
  const path = '_synapse/admin/v1/register';
  const { nonce } = await request<{ nonce: string }>({ method: 'GET', path, token: null });
  const username = `bootstrap-${randomBytes(8).toString('hex')}`;
  const password = randomBytes(32).toString('base64url');
  const mac = createHmac('sha1', registrationSecret).update([nonce, username, password, 'admin'].join('\0')).digest('hex');
  const made = await request<{ access_token: string; user_id: string }>({
    method: 'POST', path, body: { nonce, username, password, admin: true, mac }, token: null,
  });
  return { accessToken: made.access_token, userId: made.user_id };
}
