/**
 * Three shares of a secret, any two of which give it back; one alone fits every secret of that length. Shamir's scheme over
 * GF(256), byte by byte; a share is one byte longer than the secret and ends in its coordinate (1 to 255).
 * The library is loaded here, because hardly anybody ever needs it.
 */
export async function splitInThree(secret: Uint8Array): Promise<Uint8Array[]> {
  const { split } = await import('shamir-secret-sharing');
  return await split(secret, 3, 2);
}

/** The secret of two shares. Anything that is no share of the same secret gives another one: compare it. Throws on equal coordinates. */
export async function joinShares(one: Uint8Array, other: Uint8Array): Promise<Uint8Array> {
  const { combine } = await import('shamir-secret-sharing');
  return await combine([one, other]);
}
