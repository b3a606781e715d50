import { BatonError, isBatonError, newId } from '@baton/base';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { fromBase64url, randomBytes, toBase64url } from '../crypto/bytes.ts';
import { ready } from '../crypto/sodium.ts';
import { makeMemoryDevice, type MemoryDevice } from '../device/memoryDevice.ts';
import { buildLink, parseLink } from '../invitations/link.ts';
import { openOrganisationLog } from '../log/client.ts';
import { makeTestFirm, testMasterKey, testPassword, type TestFirm } from '../testing/testFirm.ts';
import { claimAsCandidate, claimAsColleague } from './claim.ts';
import type { FlowDependencies } from './dependencies.ts';
import { inspectLink } from './inspectLink.ts';
import { inviteColleague, linkOf, makeCandidateInvitation } from './invite.ts';
import { publishIdentity } from './publishIdentity.ts';
import type { AccountServer, PublicInvitationAnswer } from './server.ts';
import { signIn, signInWithRecovery } from './signIn.ts';

// Passwords are no part of this, and each firm needs many.
vi.mock('../crypto/argon2.ts', () => import('../testing/cheapArgon2.ts'));

let firm: TestFirm;
let otherFirm: TestFirm;
beforeAll(async () => {
  await ready();
  [firm, otherFirm] = [await makeTestFirm(), await makeTestFirm()];
});

const browser = async (server: AccountServer = firm.server, device: MemoryDevice = makeMemoryDevice()): Promise<FlowDependencies> => ({
  server, device: await device.open(), clock: firm.clock, deviceName: 'Safari on iPhone',
});
const day = 86_400_000;

describe('looking at a link', () => {
  test('shows who invites to what, without effect', async () => {
    const { link, conversation } = firm.link();
    for (let look = 0; look < 2; look++) {
      const { answer, invitation, inviter } = await inspectLink(await browser(), `https://hire.example/c/${link}`);
      expect(answer).toMatchObject({ kind: 'candidate', state: 'open', firmName: 'Morgan Search', inviterName: 'Ada Morgan', role: null });
      expect(invitation.statement.for).toEqual({ kind: 'candidate', conversation });
      expect(inviter.account).toBe(firm.partner.account.secrets.account);
    }
  });

  test('that is broken, or that nobody knows, says which', async () => {
    const { link } = firm.link();
    await expect(inspectLink(await browser(), link.slice(0, -3))).rejects.toMatchObject({ code: 'LINK_BROKEN' });
    const unknown = buildLink(newId('invitation'), randomBytes(32), firm.partner.account.secrets.root);
    await expect(inspectLink(await browser(), unknown)).rejects.toMatchObject({ code: 'LINK_UNKNOWN' });
  });

  test('of which the secret or the fingerprint was changed is forged', async () => {
    const { invitation, secret, root } = parseLink(firm.link().link);
    const inspect = async (text: string) => inspectLink(await browser(), text);
    await expect(inspect(buildLink(invitation, randomBytes(32), root))).rejects.toMatchObject({ code: 'LINK_FORGED', details: { because: 'WRONG_LINK' } });
    const otherRoot = buildLink(invitation, fromBase64url(secret), toBase64url(randomBytes(32)));
    await expect(inspect(otherRoot)).rejects.toMatchObject({ code: 'LINK_FORGED', details: { because: 'WRONG_ROOT' } });
  });

  test.each<[string, string, (answer: PublicInvitationAnswer, other: PublicInvitationAnswer) => Partial<PublicInvitationAnswer>]>([
    ['another organisation', 'WRONG_ROOT', (_, other) => ({ organisation: other.organisation })],
    ["another firm's inviter", 'WRONG_ROOT', (_, other) => ({ inviterCertificate: other.inviterCertificate })],
    ["another firm's invitation", 'WRONG_INVITER', (_, other) => ({ statement: other.statement })],
    ['a junk invitation', 'MALFORMED_STATEMENT', () => ({ statement: { statement: {} } })],
    ['no inviter', 'MALFORMED_STATEMENT', () => ({ inviterCertificate: null })],
  ])('with %s under it is forged', async (_, because, change) => {
    const { link, invitation } = firm.link();
    const foreign = (await otherFirm.server.publicInvitation(otherFirm.link().invitation.statement.invitation)) as PublicInvitationAnswer;
    const genuine = (await firm.server.publicInvitation(invitation.statement.invitation)) as PublicInvitationAnswer;
    const server: AccountServer = { ...firm.server, publicInvitation: async () => ({ ...genuine, ...change(genuine, foreign) }) };
    await expect(inspectLink(await browser(server), link)).rejects.toMatchObject({ code: 'LINK_FORGED', details: { because } });
  });

  test('believes the signed end and role, whatever the server says', async () => {
    const { link } = await inviteColleague({ server: firm.server, clock: firm.clock }, firm.partner.account, { name: 'Bo', role: 'researcher' });
    const lying: AccountServer = {
      ...firm.server,
      publicInvitation: async (id) => ({ ...((await firm.server.publicInvitation(id)) as PublicInvitationAnswer), role: 'partner', expiresAt: '2099-01-01T00:00:00.000Z', state: 'open' }),
    };
    firm.clock.pass(8 * day);
    const { answer } = await inspectLink(await browser(lying), link);
    expect(answer).toMatchObject({ role: 'researcher', state: 'expired' });
    expect(answer.expiresAt).not.toContain('2099');
  });
});

describe('coming in through a link', () => {
  test('makes an account of the own client: the link alone opens nothing of it', async () => {
    const { link, conversation } = firm.link();
    const deps = await browser();
    const { account, conversation: opened, matrix } = await claimAsCandidate(deps, link);
    expect(opened).toBe(conversation);
    expect(matrix.userId).toBe(account.viewer.mxid);
    expect(account.secrets).toMatchObject({ kind: 'candidate', root: firm.partner.account.secrets.root });
    expect(Buffer.from(account.secrets.seed).toString('base64url')).not.toBe(parseLink(link).secret);
  });

  test('a second time, by somebody else with the same link, is refused', async () => {
    const { link } = firm.link();
    await claimAsCandidate(await browser(), link);
    await expect(claimAsCandidate(await browser(), link)).rejects.toMatchObject({ code: 'ALREADY_CLAIMED' });
  });

  test('goes on with the same account when the answer was lost and the page closed', async () => {
    const { link } = firm.link();
    const device = makeMemoryDevice();
    const losing: AccountServer = { ...firm.server, claimInvitation: async (input) => { await firm.server.claimInvitation(input); throw new BatonError('OFFLINE'); } };
    await expect(claimAsCandidate(await browser(losing, device), link)).rejects.toMatchObject({ code: 'OFFLINE' });
    const { account } = await claimAsCandidate(await browser(firm.server, device), link);
    expect(account.viewer.accountId).toBe(account.secrets.account);
  });

  test('a colleague whose first answer was lost gets words that work, whether or not the API takes the claim again', async () => {
    for (const takesAgain of [true, false]) {
      const { link } = await inviteColleague({ server: firm.server, clock: firm.clock }, firm.partner.account, { name: 'Jo', role: 'researcher' });
      const given = { link, name: 'Jo', email: `jo-${takesAgain}@morgan.test`, password: testPassword };
      let account = '';
      const mine = (): AccountServer => firm.server.as(account);
      const server: AccountServer = {
        ...firm.server,
        claimInvitation: async (input) => {
          if (account !== '' && !takesAgain) throw new BatonError('ALREADY_CLAIMED');
          await firm.server.claimInvitation(input);
          const lost = account === '';
          account = input.claim.statement.account;
          if (lost) throw new BatonError('OFFLINE');
          return await firm.server.claimInvitation(input);
        },
        setPassword: async (input) => await mine().setPassword(input),
      };
      const device = makeMemoryDevice();
      await expect(claimAsColleague(await browser(server, device), given)).rejects.toMatchObject({ code: 'OFFLINE' });
      const { kit, account: joined } = await claimAsColleague(await browser(server, device), given);
      const recovered = await signInWithRecovery(await browser(server), { email: given.email, words: kit.accountWords.join(' '), newPassword: 'quite another sentence' });
      expect(recovered.account.secrets).toEqual(joined.secrets);
    }
  });

  test('that the server answers with somebody else is refused', async () => {
    const stranger = await firm.come(firm.link().link);
    const mixing: AccountServer = { ...firm.server, claimInvitation: async (input) => ({ ...(await firm.server.claimInvitation(input)), viewer: stranger.account.viewer }) };
    await expect(claimAsCandidate(await browser(mixing), firm.link().link)).rejects.toMatchObject({ code: 'WRONG_ACCOUNT' });
  });

  test('after its end is refused', async () => {
    const { link } = firm.link();
    firm.clock.pass(31 * day);
    await expect(claimAsCandidate(await browser(), link)).rejects.toMatchObject({ code: 'EXPIRED_INVITATION' });
  });

  test('a colleague gets a kit of their own and signs in elsewhere with the password', async () => {
    const { link } = await inviteColleague({ server: firm.server, clock: firm.clock }, firm.partner.account, { name: 'Di', role: 'consultant' });
    const given = { link, name: 'Di', email: 'di@morgan.test', password: testPassword };
    await expect(claimAsColleague(await browser(), { ...given, password: 'di@morgan.test' })).rejects.toMatchObject({ code: 'WEAK_PASSWORD' });
    const { kit, account } = await claimAsColleague(await browser(), given);
    expect(kit).toMatchObject({ firmName: 'Morgan Search', firmWords: null, fingerprint: firm.kit.fingerprint });
    expect(account.viewer.role).toBe('consultant');
    expect((await signIn(await browser(), given)).account.secrets).toEqual(account.secrets);
  });

  test("a candidate's link is no way into the firm, nor a colleague's into a conversation", async () => {
    const candidateLink = firm.link().link;
    const { link } = await inviteColleague({ server: firm.server, clock: firm.clock }, firm.partner.account, { name: 'Ed', role: 'researcher' });
    const given = { name: 'Ed', email: 'ed@morgan.test', password: testPassword };
    await expect(claimAsColleague(await browser(), { ...given, link: candidateLink })).rejects.toMatchObject({ code: 'ROLE_MISMATCH' });
    await expect(claimAsCandidate(await browser(), link)).rejects.toMatchObject({ code: 'ROLE_MISMATCH' });
  });

  test('an inviter may show the link again, another colleague may not', async () => {
    const made = makeCandidateInvitation({ clock: firm.clock }, firm.partner.account, newId('conversation'));
    expect(linkOf(firm.partner.account, made.id, made.sealedSecret)).toBe(made.link);
    const bo = await firm.join('Bo', 'partner');
    expect(linkOf(bo.account, made.id, made.sealedSecret)).toBeNull();
  });
});

describe('publishing a Matrix identity', () => {
  test('certifies it once, and a new one with the next number, in the log as well', async () => {
    const bo = await firm.join('Bob', 'consultant');
    let published = 0;
    const server: AccountServer = { ...bo.server, publishCertificate: async (certificate) => (published++, await bo.server.publishCertificate(certificate)) };
    const publish = (matrixMasterKey: string) => publishIdentity({ server, clock: firm.clock, log: bo.log }, bo.account, { mxid: bo.account.viewer.mxid, matrixMasterKey });
    expect((await publish(bo.masterKey)).statement.sequence).toBe(1);
    expect(published).toBe(0);
    expect((await publish(testMasterKey('X'))).statement.sequence).toBe(2);
    expect(published).toBe(1);
    const state = await firm.partner.log?.refresh();
    expect(state?.members[bo.account.secrets.account]?.identity).toMatchObject({ matrixMasterKey: testMasterKey('X'), sequence: 2, role: 'consultant' });
  });

  test('is finished by a later start where the first one broke off between certificate and log', async () => {
    const { link } = await inviteColleague({ server: firm.server, clock: firm.clock }, firm.partner.account, { name: 'Flo', role: 'researcher' });
    const deps = await browser();
    const { account } = await claimAsColleague(deps, { link, name: 'Flo', email: 'flo@morgan.test', password: testPassword });
    const mine = firm.server.as(account.secrets.account);
    const identity = { mxid: account.viewer.mxid, matrixMasterKey: testMasterKey('F') };
    const breaking: AccountServer = { ...mine, appendOrganisationLog: async () => { throw new BatonError('OFFLINE'); } };
    const open = (server: AccountServer) => openOrganisationLog({ server, device: deps.device, root: account.secrets.root });
    await expect(publishIdentity({ server: breaking, clock: firm.clock, log: await open(breaking) }, account, identity)).rejects.toMatchObject({ code: 'OFFLINE' });
    const certificate = await publishIdentity({ server: mine, clock: firm.clock, log: await open(mine) }, account, identity);
    expect(certificate.statement.sequence).toBe(1);
    expect((await firm.partner.log?.refresh())?.members[account.secrets.account]?.identity.role).toBe('researcher');
  });

  test('that another device of the same person published at the same moment is taken over', async () => {
    const bo = await firm.join('Ben', 'consultant');
    const identity = { mxid: bo.account.viewer.mxid, matrixMasterKey: testMasterKey('Q') };
    let first = true;
    const late: AccountServer = {
      ...bo.server,
      certificates: async (mxids) => {
        const before = await bo.server.certificates(mxids);
        if (first) await publishIdentity({ server: bo.server, clock: firm.clock, log: bo.log }, bo.account, identity);
        first = false;
        return before;
      },
      publishCertificate: async (certificate) => {
        try {
          await bo.server.publishCertificate(certificate);
        } catch (error) {
          throw isBatonError(error, 'SEQUENCE_TOO_LOW') ? new BatonError('CERTIFICATE_OUTDATED') : error;
        }
      },
    };
    const log = await openOrganisationLog({ server: late, device: await makeMemoryDevice().open(), root: bo.account.secrets.root });
    expect((await publishIdentity({ server: late, clock: firm.clock, log }, bo.account, identity)).statement).toMatchObject({ sequence: 2, matrixMasterKey: testMasterKey('Q') });
  });

  test('is refused where the server certifies other keys under this account', async () => {
    const bo = await firm.join('Bill', 'consultant');
    const [foreign] = await firm.server.certificates([firm.partner.account.viewer.mxid]);
    const server: AccountServer = { ...bo.server, certificates: async () => [foreign] };
    const publish = publishIdentity({ server, clock: firm.clock, log: bo.log }, bo.account, { mxid: bo.account.viewer.mxid, matrixMasterKey: bo.masterKey });
    await expect(publish).rejects.toMatchObject({ code: 'REPLACED_IDENTITY' });
  });
});
