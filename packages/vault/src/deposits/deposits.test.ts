import { newId } from '@baton/base';
import { beforeAll, describe, expect, test } from 'vitest';
import { makeAccount, publicKeysOf, type AccountKeys } from '../account/account.ts';
import { sealTo } from '../crypto/box.ts';
import { toBase64url, toUtf8 } from '../crypto/bytes.ts';
import { canonicalJson } from '../crypto/canonical.ts';
import { ready } from '../crypto/sodium.ts';
import { epochStatement, makeEpoch, type EpochKeys } from '../project/epoch.ts';
import { makeTestSession, type TestSession } from '../testing/testSession.ts';
import { mxidOf } from '../verification/certificate.ts';
import type { VerifiedIdentity } from '../verification/identity.ts';
import { openDeposit, verifyDeposit } from './open.ts';
import { sealDeposit } from './seal.ts';

beforeAll(ready);

const room = '!room:baton.test';
const organisation = newId('organisation');
const project = newId('project');

interface Depositor {
  account: string;
  keys: AccountKeys;
  identity: VerifiedIdentity;
}
function somebody(kind: 'member' | 'candidate' = 'member'): Depositor {
  const [account, keys] = [newId('account'), makeAccount()];
  const identity: VerifiedIdentity = {
    account, kind, role: kind === 'member' ? 'consultant' : null, organisation, root: 'root', invitation: null, mxid: mxidOf(kind, account, 'baton.test'),
    ...publicKeysOf(keys), matrixMasterKey: 'A'.repeat(43), sequence: 1,
  };
  return { account, keys, identity };
}

function deposit(by: Depositor, { epoch = makeEpoch(project, 1), own = true, session = makeTestSession(room, 'one') }: { epoch?: EpochKeys; own?: boolean; session?: TestSession } = {}) {
  const place = { organisation, project, epoch: epochStatement(epoch, null) };
  const sealed = sealDeposit(by, place, { ...session, own });
  const expected = { depositor: by.identity, organisation, epoch, room, session: session.session };
  return { sealed, epoch, expected, session };
}
const reseal = (epoch: EpochKeys, value: unknown): string => toBase64url(sealTo(epoch.deposits.publicKey, toUtf8(canonicalJson(value))) as Uint8Array);

describe('a deposit', () => {
  test('opens with the epoch’s keys, and names who wrote only where it is their own', () => {
    const by = somebody();
    for (const own of [true, false]) {
      const { sealed, epoch, expected, session } = deposit(by, { own });
      expect(verifyDeposit(openDeposit(sealed, epoch), expected)).toEqual({ exported: session.exported, firstIndex: 0, writer: own ? by.identity.mxid : null });
    }
  });

  test('of a candidate is good for their own sessions only', () => {
    const by = somebody('candidate');
    const own = deposit(by);
    expect(verifyDeposit(openDeposit(own.sealed, own.epoch), own.expected).writer).toBe(by.identity.mxid);
    const passedOn = deposit(by, { own: false });
    expect(() => verifyDeposit(openDeposit(passedOn.sealed, passedOn.epoch), passedOn.expected)).toThrow('DEPOSIT_FORGED');
  });

  test.each(['', '!!', 'AAAA', 'A'.repeat(400)])('of garbage is unreadable: %s', (garbage) => {
    expect(() => openDeposit(garbage, makeEpoch(project, 1))).toThrow(expect.objectContaining({ code: 'DEPOSIT_UNREADABLE' }));
  });

  test('is unreadable with the keys of another epoch, older or newer', () => {
    const { sealed } = deposit(somebody());
    expect(() => openDeposit(sealed, makeEpoch(project, 2))).toThrow('DEPOSIT_UNREADABLE');
  });

  test('without a signature is unreadable: the seal alone is anonymous', () => {
    const { epoch, session } = deposit(somebody());
    expect(() => openDeposit(reseal(epoch, session), epoch)).toThrow('DEPOSIT_UNREADABLE');
  });

  test('signed by somebody else in the name of a member is forged', () => {
    const [victim, forger] = [somebody(), somebody()];
    const { sealed, epoch, expected } = deposit({ ...victim, keys: forger.keys });
    expect(() => verifyDeposit(openDeposit(sealed, epoch), expected)).toThrow('DEPOSIT_FORGED');
    expect(() => verifyDeposit(openDeposit(sealed, epoch), { ...expected, depositor: forger.identity })).toThrow('DEPOSIT_FORGED');
  });

  test('changed in anything that was signed is forged', () => {
    const { sealed, epoch, expected } = deposit(somebody(), { own: false });
    const { signed } = openDeposit(sealed, epoch);
    const own = reseal(epoch, { ...signed, statement: { ...signed.statement, own: true } });
    expect(() => verifyDeposit(openDeposit(own, epoch), expected)).toThrow('DEPOSIT_FORGED');
  });

  test('sealed again to another vault, or to another epoch of this one, is transplanted', () => {
    const { sealed, epoch, expected } = deposit(somebody());
    const { signed } = openDeposit(sealed, epoch);
    for (const elsewhere of [makeEpoch(newId('project'), 1), makeEpoch(project, 2), makeEpoch(project, 1)]) {
      const opened = openDeposit(reseal(elsewhere, signed), elsewhere);
      expect(() => verifyDeposit(opened, { ...expected, epoch: elsewhere })).toThrow('DEPOSIT_TRANSPLANTED');
    }
  });

  test('filed under another room or session is transplanted', () => {
    const { sealed, epoch, expected } = deposit(somebody());
    for (const change of [{ room: '!other:baton.test' }, { session: makeTestSession(room, 'two').session }]) {
      expect(() => verifyDeposit(openDeposit(sealed, epoch), { ...expected, ...change })).toThrow('DEPOSIT_TRANSPLANTED');
    }
  });

  test('that holds another session than it says is forged, whoever signed it', () => {
    const [one, two] = [makeTestSession(room, 'one'), makeTestSession(room, 'two')];
    const mislabelled = JSON.stringify({ ...(JSON.parse(two.exported) as object), session_id: one.session });
    for (const exported of [two.exported, mislabelled, makeTestSession('!other:baton.test', 'one').exported, 'junk', 'null']) {
      const { sealed, epoch, expected } = deposit(somebody(), { session: { ...one, exported } });
      expect(() => verifyDeposit(openDeposit(sealed, epoch), expected)).toThrow('DEPOSIT_FORGED');
    }
  });

  test('is not made to a key of low order', () => {
    const place = { organisation, project, epoch: { number: 1, depositKey: toBase64url(new Uint8Array(32)) } };
    expect(() => sealDeposit(somebody(), place, { ...makeTestSession(room, 'one'), own: true })).toThrow('EPOCH_INVALID');
  });

  test('shows nothing of the session or of who made it outside', () => {
    const by = somebody();
    const { sealed } = deposit(by);
    const bytes = Buffer.from(sealed, 'base64url').toString('latin1');
    for (const word of ['session', room, by.account]) expect(bytes).not.toContain(word);
  });
});
