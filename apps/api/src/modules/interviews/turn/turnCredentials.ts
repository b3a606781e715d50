import { createHmac } from 'node:crypto';

/** How long a credential opens the relay, in seconds: an interview and whatever went wrong in it. */
const lifetime = 4 * 60 * 60;

/**
 * Credentials of coturn's `use-auth-secret` (draft-uberti-behave-turn-rest): a name with its end in it, and the name's HMAC.
 * The relay's log shows the name: an account's place in it is a hash that only this installation can make.
 * @param secret what the relay checks credentials with
 * @param now milliseconds since 1970
 */
export function turnCredentials(secret: string, secretKey: Uint8Array, accountId: string, now: number): { username: string; credential: string } {
  const account = createHmac('sha256', secretKey).update(`turn ${accountId}`).digest('hex').slice(0, 16);
  const username = `${Math.floor(now / 1000) + lifetime}:${account}`;
  return { username, credential: createHmac('sha1', secret).update(username).digest('base64') };
}
