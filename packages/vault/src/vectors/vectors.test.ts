import { wordlist } from '@scure/bip39/wordlists/english.js';
import { beforeAll, describe, expect, test } from 'vitest';
import { accountKeysOf, publicKeysOf } from '../account/account.ts';
import { stretchPassword } from '../account/password.ts';
import { openRecoveryCode } from '../account/recoveryCode.ts';
import { fromWords } from '../account/words.ts';
import { unwrapSecrets } from '../account/wraps.ts';
import { fromBase64url, toBase64url } from '../crypto/bytes.ts';
import { canonicalJson } from '../crypto/canonical.ts';
import { deriveKey } from '../crypto/derive.ts';
import { hashBytes, hashObject } from '../crypto/hash.ts';
import { ready } from '../crypto/sodium.ts';
import { openDeposit, verifyDeposit } from '../deposits/open.ts';
import { verifyProjectExport } from '../export/verify.ts';
import { linkKeysIn, linkKeysOf, parseLink } from '../invitations/link.ts';
import { hashOfEntry, replayOrganisationLog } from '../log/replay.ts';
import { shortFingerprint } from '../organisation/fingerprint.ts';
import { openFirmKit } from '../organisation/kit.ts';
import { rootOf } from '../organisation/root.ts';
import { commitmentOf, epochOf, openBackLink } from '../project/epoch.ts';
import { openEpochs } from '../project/openEpochs.ts';
import { hashOfProjectLine, replayProjectLog } from '../project/replay.ts';
import { parseInvitation, parseLogEntry, parseProjectLine } from '../statements/parse.ts';
import { verifyCertificateChain } from '../verification/chain.ts';
import { verifyClaim } from '../verification/claim.ts';
import type { VerifiedIdentity } from '../verification/identity.ts';
import { verifyInvitation } from '../verification/invitation.ts';
import { verifyOrganisation } from '../verification/organisation.ts';
import { openWelcome, verifyWelcome } from '../welcome/open.ts';
import exported from './export.json' with { type: 'json' };
import hashes from './hashes.json' with { type: 'json' };
import keys from './keys.json' with { type: 'json' };
import kit from './kit.json' with { type: 'json' };
import project from './project.json' with { type: 'json' };
import statements from './statements.json' with { type: 'json' };
import welcome from './welcome.json' with { type: 'json' };
import wraps from './wraps.json' with { type: 'json' };

// What was made with an earlier version opens with this one. A vector that has to change is a new version of a format.
beforeAll(ready);

test.each(hashes)('hash of $canonical under $domain', ({ domain, object, canonical, hash }) => {
  expect(canonicalJson(object)).toBe(canonical);
  expect(toBase64url(hashObject(domain, object))).toBe(hash);
});

describe('keys', () => {
  test('of an account', () => {
    const { seed, ...expected } = keys.account;
    const account = accountKeysOf(fromBase64url(seed));
    const { matrixStorageKey, accountDataKey, linkSecretKey } = account;
    const symmetric = { matrixStorageKey, accountDataKey, linkSecretKey };
    const written = Object.fromEntries(Object.entries(symmetric).map(([name, key]) => [name, toBase64url(key)]));
    expect({ ...publicKeysOf(account), ...written }).toEqual(expected);
  });
  test('of an organisation, from its kit', () => {
    const { seed, words, rootKey, recoveryKey, fingerprint, short } = keys.organisation;
    expect(toBase64url(fromWords(words, 24))).toBe(seed);
    const root = rootOf(fromBase64url(seed));
    expect(toBase64url(root.signing.publicKey)).toBe(rootKey);
    expect(toBase64url(root.recovery.publicKey)).toBe(recoveryKey);
    expect([root.fingerprint, shortFingerprint(root.fingerprint)]).toEqual([fingerprint, short]);
  });
  test('of a link', () => {
    const link = linkKeysOf(fromBase64url(keys.link.secret));
    expect([toBase64url(link.signing.publicKey), toBase64url(link.box.publicKey)]).toEqual([keys.link.linkKey, keys.link.linkBoxKey]);
  });
  test('of a password and of a recovery code', async () => {
    const { password, parameters, authKey, wrapKey } = keys.password;
    expect(await stretchPassword(password, parameters)).toEqual({ authKey, wrapKey: fromBase64url(wrapKey) });
    expect(openRecoveryCode(keys.recovery.words)).toEqual({ authKey: keys.recovery.authKey, wrapKey: fromBase64url(keys.recovery.wrapKey) });
  });
});

describe('a firm’s kit in three parts', () => {
  const { seed, fingerprint } = keys.organisation;

  test.each([[0, 1], [0, 2], [1, 2]])('opens with those at %i and %i', async (one, other) => {
    const root = await openFirmKit(`${kit.parts[one]?.words} ${kit.parts[other]?.words}`, fingerprint);
    expect(toBase64url(root.seed)).toBe(seed);
  });

  test.each([1, 2, 3])('has the bytes that the format says, part %i', (number) => {
    const { words = '', bytes = '' } = kit.parts[number - 1] ?? {};
    const bits = words.split(' ').map((word) => wordlist.indexOf(word).toString(2).padStart(11, '0')).join('');
    expect(BigInt(`0b${bits}`).toString(16)).toBe(bytes);
    expect(bytes).toMatch(new RegExp(`^1${number}${kit.split}${Buffer.from(fingerprint, 'base64url').toString('hex').slice(0, 6)}`, 'i'));
    expect(Buffer.from(hashBytes('baton/v1/kit-part', Buffer.from(bytes, 'hex').subarray(0, 40))).toString('hex').slice(0, 8)).toBe(bytes.slice(80));
  });
});

test.each(['password', 'recovery'] as const)('a %s wrap opens', (kind) => {
  const { wrap, wrapKey } = wraps[kind];
  const secrets = unwrapSecrets(wrap, { kind, account: wraps.account, wrapKey: fromBase64url(wrapKey) });
  expect([secrets.root, toBase64url(secrets.seed)]).toEqual([wraps.root, wraps.seed]);
});

test('an organisation, an invitation, a claim and a chain hold', () => {
  const { root, at } = statements;
  expect(() => verifyOrganisation(statements.organisation, { root })).not.toThrow();
  const inviter = verifyCertificateChain(statements.chain.inviter, { root });
  const invitation = verifyInvitation(statements.invitation, { inviter, at });
  expect(verifyClaim(statements.claim, { invitation, at }).statement.account).toBe(statements.chain.certificate.statement.account);
  expect(verifyCertificateChain(statements.chain, { root })).toMatchObject({ kind: 'candidate', matrixMasterKey: 'C'.repeat(43) });
  expect(toBase64url(linkKeysIn(parseLink(statements.link)).signing.publicKey)).toBe(invitation.statement.linkKey);
});

test('a log with a line of each kind replays to the same heads', () => {
  const state = replayOrganisationLog(statements.log, { root: statements.root });
  expect(statements.log.map((line) => hashOfEntry(parseLogEntry(line).statement))).toEqual(statements.hashes);
  expect(state.head).toBe(statements.hashes.at(-1));
  expect(Object.values(state.members).map(({ identity, revokedAt }) => [identity.role, revokedAt !== null])).toEqual([['partner', true], ['partner', false]]);
});

test('a welcome deposit opens', () => {
  const { conversation, room, session, exported } = welcome;
  const sender = verifyCertificateChain(statements.chain.inviter.inviter, { root: statements.root });
  expect(sender.account).toBe(welcome.sender);
  const invitation = parseInvitation(statements.invitation).statement;
  const opened = openWelcome(welcome.sealed, linkKeysOf(fromBase64url(welcome.linkSecret)));
  expect(verifyWelcome(opened, { sender, invitation, conversation, room, session })).toBe(exported);
});

describe('a project', () => {
  const organisation = () => replayOrganisationLog(statements.log, { root: statements.root });
  const state = () => replayProjectLog(project.lines, organisation(), project.project);
  const seedOf = (number: number): Uint8Array => fromBase64url(project.epochs[number - 1]?.seed ?? '');

  test('with a line of each kind replays to the same heads', () => {
    const { heads, changes, roster } = state();
    expect(project.lines.map((line) => hashOfProjectLine(parseProjectLine(line).statement))).toEqual(project.hashes);
    expect(heads).toEqual(project.hashes);
    expect(changes.map(({ type, epoch }) => [type, epoch])).toEqual([['genesis', 1], ['roster', 1], ['rotate', 2], ['handover', 3]]);
    expect(roster).toEqual([{ account: changes[3]?.to, role: 'lead' }]);
  });

  test('has epochs whose keys and commitments come of their seeds', () => {
    for (const { number, seed, depositKey, backLinkKey, commitment } of project.epochs) {
      const epoch = epochOf(project.project, number, fromBase64url(seed));
      expect([toBase64url(epoch.deposits.publicKey), toBase64url(deriveKey(epoch.seed, 'epoch', 2)), commitmentOf(epoch)]).toEqual([depositKey, backLinkKey, commitment]);
      expect(state().epochs[number - 1]).toMatchObject({ number, depositKey, commitment });
    }
  });

  test('has wraps and back links that open to those seeds', () => {
    const recovery = rootOf(fromBase64url(keys.organisation.seed)).recovery;
    const all = openEpochs(state(), { id: state().organisation, box: recovery });
    expect(all.keys.map(({ seed }) => toBase64url(seed))).toEqual(project.epochs.map(({ seed }) => seed));
    const predecessor = openEpochs(state(), { id: project.lead, box: accountKeysOf(fromBase64url(keys.account.seed)).box });
    expect(predecessor.keys.map(({ number }) => number)).toEqual([1, 2]);
    const [first, second] = state().epochs;
    expect(openBackLink(epochOf(project.project, 2, seedOf(2)), second?.backLink ?? '', first as NonNullable<typeof first>).seed).toEqual(seedOf(1));
  });

  test('has a deposit that opens', () => {
    const { epoch, room, session, exported, firstIndex, depositor: account, sealed } = project.deposit;
    const depositor = organisation().members[account]?.identity as VerifiedIdentity;
    const keysOfEpoch = epochOf(project.project, epoch, seedOf(epoch));
    const expected = { depositor, organisation: state().organisation, epoch: keysOfEpoch, room, session };
    expect(verifyDeposit(openDeposit(sealed, keysOfEpoch), expected)).toEqual({ exported, firstIndex, writer: depositor.mxid });
  });

  test('has an export whose manifest holds beside the logs of its day', () => {
    const { organisationLines, projectLines, manifest } = exported;
    const then = replayOrganisationLog(statements.log.slice(0, organisationLines), { root: statements.root });
    const log = replayProjectLog(project.lines.slice(0, projectLines), then, project.project);
    expect(verifyProjectExport(manifest, { organisation: then, project: log })).toMatchObject({ exporter: project.lead, messages: 3 });
  });
});
