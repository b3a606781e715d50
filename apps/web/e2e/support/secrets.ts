import { systemClock } from '@baton/base';
import { openFirmKit, parseLink, ready, signIn } from '@baton/vault';
import { fromWords, linkKeysIn, makeMemoryDevice, openRecoveryCode, stretchPassword } from '@baton/vault/testing';
import { makeCookieFetch } from '../../../../scripts/headless/cookieFetch.ts';
import { openVaultAs } from '../../../../scripts/headless/openVault.ts';
import { keyCanary, textCanary, type Canary } from '../../../../scripts/testing/canaries/canary.ts';
import { openMatrixSecrets } from '../../../../scripts/testing/canaries/matrixSecrets.ts';
import { makeRequester } from '../../src/platform/graphql/request.ts';
import { makeAccountServer } from '../../src/session/server/accountServer.ts';
import type { Credentials } from './recruiter.ts';

/* What only people and their devices may know, in plain bytes: a search on the servers has to find none of it. */

/** Private keys of libsodium's signatures end in the public half, which everybody may know. */
const privateHalf = (key: Uint8Array): Uint8Array => key.subarray(0, 32);

/**
 * A password, both halves of what it is stretched to, and all that it opens: the account's seed and keys, its Matrix
 * identity, its backup, and the sessions in it.
 * @param homeserver the homeserver's SQLite database, where the latter lie encrypted
 */
export async function secretsOfAccount(whose: string, { email, password }: Credentials, system: { origin: string; homeserver: string }): Promise<Canary[]> {
  await ready();
  const server = makeAccountServer(makeRequester(`${system.origin}/graphql`, makeCookieFetch(system.origin), () => {}));
  const { authKey, wrapKey } = await stretchPassword(password, await server.passwordParameters(email));
  const signedIn = await signIn({ server, device: await makeMemoryDevice().open(), clock: systemClock, deviceName: 'A search' }, { email, password });
  const { keys, viewer } = signedIn.account;
  const { identity, sessions } = openMatrixSecrets(system.homeserver, viewer.mxid, keys.matrixStorageKey);
  return [
    textCanary('password', password),
    keyCanary('password’s half for the server', Buffer.from(authKey, 'base64url')), keyCanary('password’s half for the seed', wrapKey),
    keyCanary('seed', keys.seed), keyCanary('signing key', privateHalf(keys.signing.privateKey)), keyCanary('box key', keys.box.privateKey),
    keyCanary('secret storage key', keys.matrixStorageKey), keyCanary('account data key', keys.accountDataKey), keyCanary('key of links', keys.linkSecretKey),
    ...identity, ...sessions,
  ].map((canary) => ({ ...canary, name: `${whose}: ${canary.name}` }));
}

/** A link's secret and keys, and its fragment as it stands in the link. */
export async function secretsOfLink(whose: string, link: string): Promise<Canary[]> {
  await ready();
  const { secret, signing, box } = linkKeysIn(parseLink(link));
  return [
    textCanary(`${whose}: fragment`, link.slice(link.indexOf('#') + 1)), keyCanary(`${whose}: secret`, secret),
    keyCanary(`${whose}: signing key`, privateHalf(signing.privateKey)), keyCanary(`${whose}: box key`, box.privateKey),
  ];
}

/** What opens a project's vault: the seeds of its epochs, and the keys that its sessions are sealed to. */
export async function secretsOfVault(whose: string, credentials: Credentials, { origin, project }: { origin: string; project: string }): Promise<Canary[]> {
  const { vault } = await openVaultAs(origin, credentials, project);
  return vault.keys.flatMap(({ number, seed, deposits }) => [
    keyCanary(`${whose}: seed of epoch ${number}`, seed), keyCanary(`${whose}: key of the deposits of epoch ${number}`, deposits.privateKey),
  ]);
}

/** Recovery words, as a person types them and as software strings them together, and the bytes that they stand for. */
export async function secretsOfKit(kit: { recoveryWords: string[]; firmWords: string[] }, rootFingerprint: string): Promise<Canary[]> {
  await ready();
  const [account, firm] = [kit.recoveryWords.join(' '), kit.firmWords.join(' ')];
  const halves = openRecoveryCode(account);
  const root = await openFirmKit(firm, rootFingerprint);
  return [
    ...[' ', '\n', ',', ', ', '","', '", "'].flatMap((between) => [textCanary('recovery words', kit.recoveryWords.join(between)), textCanary('firm’s words', kit.firmWords.join(between))]),
    keyCanary('recovery words’ bytes', fromWords(account, 12)),
    keyCanary('recovery words’ half for the server', Buffer.from(halves.authKey, 'base64url')), keyCanary('recovery words’ half for the seed', halves.wrapKey),
    keyCanary('firm’s root seed', root.seed), keyCanary('firm’s signing key', privateHalf(root.signing.privateKey)), keyCanary('firm’s recovery key', root.recovery.privateKey),
  ];
}
