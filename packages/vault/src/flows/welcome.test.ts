import { BatonError } from '@baton/base';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { restoreAccount } from '../account/openedAccount.ts';
import { ready } from '../crypto/sodium.ts';
import { makeMemoryDevice } from '../device/memoryDevice.ts';
import { makeCandidateInvitation } from './invite.ts';
import { makeTestSession } from '../testing/testSession.ts';
import { makeTestFirm, type TestFirm, type TestPerson } from '../testing/testFirm.ts';
import type { AccountServer } from './server.ts';
import { forgetWelcome, makeWelcomeDepositor, openWelcomeBundle, type DepositableSession } from './welcome.ts';

// Passwords are no part of this, and each firm needs many.
vi.mock('../crypto/argon2.ts', () => import('../testing/cheapArgon2.ts'));

let firm: TestFirm;
let recruiter: TestPerson;
beforeAll(async () => {
  await ready();
  firm = await makeTestFirm();
  recruiter = await firm.join('Cy', 'consultant');
});

const roomId = '!room:baton.test';
const idOf = (name: string): string => makeTestSession(roomId, name).session;
const session = (name: string): DepositableSession => ({ roomId, sessionId: idOf(name), exportSession: async () => makeTestSession(roomId, name).exported });
/** What the candidate gets of a session that `by` deposited. */
const opened = (name: string, by: TestPerson) => ({ sessionId: idOf(name), sender: by.account.viewer.mxid, exported: makeTestSession(roomId, name).exported });

function depositor(by: TestPerson, conversationId: string, invitation: unknown, server: AccountServer = by.server) {
  const { account, trust } = by;
  return makeWelcomeDepositor({ account, server, trust, awaited: async () => ({ conversationId, invitation }), clock: firm.clock });
}

describe('what is written before the candidate comes', () => {
  test('is read by them although the recruiter is gone, colleagues’ messages included', async () => {
    const { conversation, link, invitation } = firm.link(recruiter);
    await depositor(recruiter, conversation, invitation).deposit(roomId, [session('one')]);
    await depositor(firm.partner, conversation, invitation).deposit(roomId, [session('two')]);
    const device = makeMemoryDevice();
    const candidate = await firm.come(link, device);
    const reloaded = await restoreAccount(candidate.device);
    for (const account of [candidate.account, reloaded as typeof candidate.account]) {
      const bundle = await openWelcomeBundle(candidate, account, { conversationId: conversation, roomId });
      expect(bundle).toEqual({ sessions: [opened('one', recruiter), opened('two', firm.partner)], refused: [] });
    }
    await forgetWelcome(candidate, candidate.account);
    const later = await restoreAccount(candidate.device);
    expect(later?.welcome).toBeNull();
    expect(await openWelcomeBundle(candidate, later as typeof candidate.account, { conversationId: conversation, roomId })).toEqual({ sessions: [], refused: [] });
  });

  test('is deposited once for each session and link', async () => {
    const { conversation, invitation } = firm.link(recruiter);
    let sent = 0;
    const server: AccountServer = { ...recruiter.server, depositWelcome: async (input) => (sent++, await recruiter.server.depositWelcome(input)) };
    const once = depositor(recruiter, conversation, invitation, server);
    for (let message = 0; message < 3; message++) await once.deposit(roomId, [session('one')]);
    await once.deposit(roomId, [session('one'), session('two')]);
    expect(sent).toBe(2);
    expect((await firm.server.welcomeBundle(conversation)).map(({ sessionId }) => sessionId)).toEqual([idOf('one'), idOf('two')]);
  });

  test('is deposited a hundred sessions at a time where there is a long history', async () => {
    const { conversation, link, invitation } = firm.link(recruiter);
    const sent: number[] = [];
    const server: AccountServer = { ...recruiter.server, depositWelcome: async (input) => (sent.push(input.deposits.length), await recruiter.server.depositWelcome(input)) };
    const history = Array.from({ length: 250 }, (_, index) => `session ${index}`);
    await depositor(recruiter, conversation, invitation, server).deposit(roomId, history.map(session));
    expect(sent).toEqual([100, 100, 50]);
    const candidate = await firm.come(link);
    const { sessions, refused } = await openWelcomeBundle(candidate, candidate.account, { conversationId: conversation, roomId });
    expect([sessions.map(({ sessionId }) => sessionId), refused]).toEqual([history.map(idOf), []]);
  });

  test('waits where the deposit did not arrive, and is tried again', async () => {
    const { conversation, invitation } = firm.link(recruiter);
    let online = false;
    const server: AccountServer = { ...recruiter.server, depositWelcome: async (input) => { if (!online) throw new BatonError('OFFLINE'); await recruiter.server.depositWelcome(input); } };
    const flaky = depositor(recruiter, conversation, invitation, server);
    await expect(flaky.deposit(roomId, [session('one')])).rejects.toMatchObject({ code: 'OFFLINE' });
    online = true;
    await flaky.deposit(roomId, [session('one')]);
    expect(await firm.server.welcomeBundle(conversation)).toHaveLength(1);
  });

  test('is not deposited where nobody is awaited, the candidate is in, or the link has ended', async () => {
    const { account, server, trust } = recruiter;
    const nobody = makeWelcomeDepositor({ account, server, trust, awaited: async () => null, clock: firm.clock });
    await nobody.deposit(roomId, [session('one')]);
    const claimed = firm.link(recruiter);
    await firm.come(claimed.link);
    await depositor(recruiter, claimed.conversation, claimed.invitation).deposit(roomId, [session('one')]);
    const ended = firm.link(recruiter);
    firm.clock.pass(31 * 86_400_000);
    await depositor(recruiter, ended.conversation, ended.invitation).deposit(roomId, [session('one')]);
    for (const { conversation } of [claimed, ended]) expect(await firm.server.welcomeBundle(conversation)).toEqual([]);
  });
});

describe('a server that would like to read', () => {
  test('gets nothing sealed to a key of its own', async () => {
    const { conversation, invitation } = firm.link(recruiter);
    const { invitation: own } = makeCandidateInvitation(firm, (await makeTestFirm()).partner.account, conversation);
    const substituted = { ...invitation, statement: { ...invitation.statement, linkBoxKey: own.statement.linkBoxKey } };
    await expect(depositor(recruiter, conversation, substituted).deposit(roomId, [session('one')])).rejects.toMatchObject({ code: 'BAD_SIGNATURE' });
    await expect(depositor(recruiter, conversation, own).deposit(roomId, [session('one')])).rejects.toMatchObject({ code: 'UNKNOWN_MEMBER' });
    const elsewhere = firm.link(recruiter).invitation;
    await expect(depositor(recruiter, conversation, elsewhere).deposit(roomId, [session('one')])).rejects.toMatchObject({ code: 'WRONG_INVITATION' });
    await expect(depositor(recruiter, conversation, null).deposit(roomId, [session('one')])).rejects.toMatchObject({ code: 'MALFORMED_STATEMENT' });
    expect(await firm.server.welcomeBundle(conversation)).toEqual([]);
  });

  test('may spoil a deposit, and the others still open', async () => {
    const { conversation, link, invitation } = firm.link(recruiter);
    await depositor(recruiter, conversation, invitation).deposit(roomId, [session('one')]);
    const candidate = await firm.come(link);
    const [genuine] = await firm.server.welcomeBundle(conversation);
    const sealed = genuine?.sealed ?? '';
    const server: AccountServer = { ...candidate.server, welcomeBundle: async () => [{ sessionId: 'zero', sealed: 'AAAA' }, { sessionId: idOf('two'), sealed }, { sessionId: idOf('one'), sealed }] };
    expect(await openWelcomeBundle({ server, trust: candidate.trust }, candidate.account, { conversationId: conversation, roomId })).toEqual({
      sessions: [opened('one', recruiter)],
      refused: [{ sessionId: 'zero', code: 'WELCOME_UNREADABLE' }, { sessionId: idOf('two'), code: 'WELCOME_TRANSPLANTED' }],
    });
  });

  test('can not pass a stranger off as a colleague', async () => {
    const { conversation, link, invitation } = firm.link(recruiter);
    const other = await makeTestFirm();
    const posing = { ...other.partner, trust: recruiter.trust };
    await depositor(posing, conversation, invitation, recruiter.server).deposit(roomId, [session('one')]);
    const candidate = await firm.come(link);
    const bundle = await openWelcomeBundle(candidate, candidate.account, { conversationId: conversation, roomId });
    expect(bundle).toEqual({ sessions: [], refused: [{ sessionId: idOf('one'), code: 'UNKNOWN_MEMBER' }] });
  });

  test('sees a missing network for what it is, not for a forgery', async () => {
    const { conversation, link, invitation } = firm.link(recruiter);
    await depositor(recruiter, conversation, invitation).deposit(roomId, [session('one')]);
    const candidate = await firm.come(link);
    const trust = { identities: async () => { throw new BatonError('OFFLINE'); } };
    await expect(openWelcomeBundle({ server: candidate.server, trust }, candidate.account, { conversationId: conversation, roomId })).rejects.toMatchObject({ code: 'OFFLINE' });
  });
});
