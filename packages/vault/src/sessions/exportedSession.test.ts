import { beforeAll, describe, expect, test } from 'vitest';
import { fromBase64, toBase64 } from '../crypto/bytes.ts';
import { ready } from '../crypto/sodium.ts';
import { makeTestSession } from '../testing/testSession.ts';
import { firstIndexOf } from './exportedSession.ts';

beforeAll(ready);

const room = '!room:baton.test';
/** A session as Matrix' own SDK exported it (matrix-sdk-crypto, after one message). */
const real = {
  room: '!r:x',
  session: 'Qs3N2sUGgIQRRqDSdcR9roUycg6swHQZAadjLpYn6gc',
  exported: JSON.stringify({
    algorithm: 'm.megolm.v1.aes-sha2',
    room_id: '!r:x',
    sender_key: 'bp8YrTl1koAS296awqJeluZKTHF4kdxefGlPV5UMvAo',
    session_id: 'Qs3N2sUGgIQRRqDSdcR9roUycg6swHQZAadjLpYn6gc',
    session_key: 'AQAAAACPC6zE8lImOl3GLtUHDr9s1UQtEX6INXsmKgX+zkSTxdMxGznfLypJHXXOZo3C+W0W4cM6HmFku3nCwMo8BF3iMUtY4v3kr1gIRbdoUPMP793EclGJaGDK67zaOkwXfec4c/Fjv/MNwGiKBOAz8jw1tYp9FbHmGvvBxfCZiqQnmELNzdrFBoCEEUag0nXEfa6FMnIOrMB0GQGnYy6WJ+oH',
    sender_claimed_keys: { ed25519: '+nh2kHYugoXtt8alK8sf7Ryyza6OgqwAzfrn3Jemgv4' },
    forwarding_curve25519_key_chain: [],
  }),
};

describe('an exported session', () => {
  test('says where it begins', () => {
    expect(firstIndexOf(real)).toBe(0);
    for (const index of [0, 1, 258, 2 ** 32 - 1]) expect(firstIndexOf(makeTestSession(room, 'one', { index }))).toBe(index);
  });

  test('of another room or session is not this one', () => {
    const { exported, session } = makeTestSession(room, 'one');
    expect(firstIndexOf({ exported, session, room: '!other:baton.test' })).toBeNull();
    expect(firstIndexOf({ exported, session: makeTestSession(room, 'two').session, room })).toBeNull();
  });

  test('under the label of another session is not that one: the key has to be its own', () => {
    const [one, two] = [makeTestSession(room, 'one'), makeTestSession(room, 'two')];
    const mislabelled = JSON.stringify({ ...(JSON.parse(two.exported) as object), session_id: one.session });
    expect(firstIndexOf({ ...one, exported: mislabelled })).toBeNull();
  });

  test('of another version or length is none', () => {
    const { exported, session } = makeTestSession(room, 'one');
    const parsed = JSON.parse(exported) as { session_key: string };
    const key = fromBase64(parsed.session_key);
    const withKey = (bytes: Uint8Array): string => JSON.stringify({ ...parsed, session_key: toBase64(bytes) });
    expect(firstIndexOf({ room, session, exported: withKey(key) })).toBe(0);
    expect(firstIndexOf({ room, session, exported: withKey(Uint8Array.of(2, ...key.subarray(1))) })).toBeNull();
    expect(firstIndexOf({ room, session, exported: withKey(key.subarray(1)) })).toBeNull();
  });

  test.each(['', 'junk', 'null', '[]', '{}', '{"room_id":"!room:baton.test","session_id":"AAAA","session_key":7}'])('is not %s', (exported) => {
    expect(firstIndexOf({ room, session: 'AAAA', exported })).toBeNull();
  });
});
