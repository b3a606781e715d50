import { newId } from '@baton/base';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  candidateInvitation, claimAsCandidate, claimDocument, enterAsCandidate, enterDocument, holderOf, openConversation, openConversationDocument, type TestConversation,
} from '../../testing/candidates.ts';
import { certificateOf, makeFirm, type TestFirm, type TestPerson } from '../../testing/firm.ts';
import { authKeyOf, passwordInput } from '../../testing/passwords.ts';
import { homeserverDone } from '../../testing/matrixTasks.ts';
import { makeCandidacy, makePerson, makeProject, recordDocuments } from '../../testing/records.ts';
import { startTestApi, type TestApi } from '../../testing/startTestApi.ts';

let api: TestApi;
let firm: TestFirm;
let lead: TestPerson;
let researcher: TestPerson;
let outsider: TestPerson;
let stranger: TestPerson;
let projectId: string;
let candidacyId: string;

beforeAll(async () => {
  api = await startTestApi();
  firm = await makeFirm(api);
  lead = await firm.addMember('CONSULTANT');
  researcher = await firm.addMember('RESEARCHER');
  outsider = await firm.addMember('CONSULTANT');
  stranger = (await makeFirm(api)).partner;
  projectId = (await makeProject(lead.client, { members: [{ memberId: researcher.accountId, role: 'MEMBER' }] })).id;
});
beforeEach(async () => {
  candidacyId = (await makeCandidacy(lead.client, (await makePerson(lead.client)).id, projectId)).id;
});
afterAll(() => api.close());

const joined = (roomId: string): string[] => [...(api.matrix.rooms.get(roomId)?.joined ?? [])].sort();
const mxids = (...people: TestPerson[]): string[] => people.map((person) => person.mxid).sort();
const open = (): Promise<TestConversation> => openConversation(api, firm, lead, candidacyId);
const inputFor = (opener: TestPerson, conversationId: string = newId('conversation'), candidacy = candidacyId) => {
  const made = candidateInvitation(api, firm, opener, conversationId);
  return { conversationId, candidacyId: candidacy, about: 'Head of Platform', invitation: made.invitation, sealedSecret: made.sealedSecret };
};

describe('openConversation', () => {
  test('makes a room with the project\'s team in it, and an invitation', async () => {
    const input = inputFor(lead);
    const { openConversation: opened } = await lead.client.must(openConversationDocument, { input });
    expect(opened.userErrors).toEqual([]);
    expect(opened.conversation).toMatchObject({ id: input.conversationId, state: 'INVITED', candidateName: '王思远', about: 'Head of Platform', owner: { accountId: lead.accountId }, candidate: null, invitation: { state: 'OPEN' } });
    expect(opened.conversation.team.map((each: { accountId: string }) => each.accountId).sort()).toEqual([lead.accountId, researcher.accountId].sort());
    expect(joined(opened.conversation.roomId)).toEqual(mxids(lead, researcher));
  });

  test('sent twice, it opens once; another one for the same candidacy is refused', async () => {
    const input = inputFor(lead);
    const [first, again] = [await lead.client.must(openConversationDocument, { input }), await lead.client.must(openConversationDocument, { input })];
    expect(again.openConversation.conversation.roomId).toBe(first.openConversation.conversation.roomId);
    const other = await lead.client.must(openConversationDocument, { input: inputFor(lead) });
    expect(other.openConversation).toMatchObject({ conversation: { id: input.conversationId }, userErrors: [{ code: 'ALREADY_OPEN', field: 'candidacyId' }] });
  });

  test('of two colleagues at once, one opens it and the other is told which', async () => {
    const inputs = [inputFor(lead), inputFor(lead)];
    const answers = await Promise.all(inputs.map((input) => lead.client.must(openConversationDocument, { input })));
    const payloads = answers.map((answer) => answer.openConversation);
    expect(payloads.map((payload) => payload.userErrors.map((error: { code: string }) => error.code)).sort()).toEqual([[], ['ALREADY_OPEN']]);
    expect(new Set(payloads.map((payload) => payload.conversation.id)).size).toBe(1);
  });

  test('with the id of another conversation nobody comes into its room', async () => {
    const taken = await open();
    const own = (await makeProject(stranger.client)).id;
    const elsewhere = (await makeCandidacy(stranger.client, (await makePerson(stranger.client)).id, own)).id;
    const { openConversation: refused } = await stranger.client.must(openConversationDocument, { input: { ...inputFor(lead, taken.id), candidacyId: elsewhere } });
    expect(refused).toEqual({ conversation: null, userErrors: [{ code: 'ID_TAKEN', field: 'conversationId' }] });
    expect(joined(taken.roomId)).toEqual(mxids(lead, researcher));
  });

  test.each([
    ['signed by somebody else', () => ({ ...inputFor(lead), invitation: inputFor(researcher).invitation }), 'STATEMENT_INVALID'],
    ['for another conversation', () => ({ ...inputFor(lead), invitation: inputFor(lead).invitation }), 'STATEMENT_INVALID'],
    ['changed after it was signed', () => {
      const input = inputFor(lead);
      return { ...input, invitation: { ...input.invitation, statement: { ...input.invitation.statement, expiresAt: new Date(api.clock.now() + 1e9).toISOString() } } };
    }, 'STATEMENT_INVALID'],
    ['missing', () => ({ ...inputFor(lead), invitation: null }), 'REQUIRED'],
  ])('refuses an invitation that is %s, and makes nothing', async (_why, makeInput, code) => {
    const input = makeInput();
    const { openConversation: refused } = await lead.client.must(openConversationDocument, { input });
    expect(refused).toEqual({ conversation: null, userErrors: [{ code, field: 'invitation' }] });
    expect(await api.sql`select 1 from conversations where id = ${input.conversationId}`).toHaveLength(0);
  });

  test('a researcher may not, an outsider and another firm see no candidacy', async () => {
    expect((await researcher.client.ask(openConversationDocument, { input: inputFor(researcher) })).codes).toEqual(['FORBIDDEN']);
    expect((await outsider.client.ask(openConversationDocument, { input: inputFor(outsider) })).codes).toEqual(['NOT_FOUND']);
    expect((await stranger.client.ask(openConversationDocument, { input: inputFor(stranger) })).codes).toEqual(['NOT_FOUND']);
  });

  test('a partner who is not on the project takes part as its owner', async () => {
    const opened = await openConversation(api, firm, firm.partner, candidacyId);
    expect(joined(opened.roomId)).toEqual(mxids(lead, researcher, firm.partner));
  });

  test('while the homeserver is down it says so, and works afterwards', async () => {
    const input = inputFor(lead);
    api.matrix.down = true;
    const { openConversation: refused } = await lead.client.must(openConversationDocument, { input }).finally(() => (api.matrix.down = false));
    expect(refused.userErrors).toEqual([{ code: 'MATRIX_UNAVAILABLE', field: null }]);
    const { openConversation: opened } = await lead.client.must(openConversationDocument, { input });
    expect(opened.conversation.id).toBe(input.conversationId);
  });

  test('somebody who has an account with the firm is let in at once, without a link', async () => {
    const personId = (await makePerson(lead.client)).id;
    const first = await openConversation(api, firm, lead, (await makeCandidacy(lead.client, personId, projectId)).id);
    const candidate = await enterAsCandidate(api, firm, first);
    const elsewhere = await makeCandidacy(lead.client, personId, (await makeProject(lead.client)).id);
    const needsLink = async (id: string): Promise<boolean> => (await lead.client.must('query ($id: ID!) { candidacy(id: $id) { needsLink } }', { id })).candidacy.needsLink;
    expect([await needsLink(candidacyId), await needsLink(elsewhere.id)]).toEqual([true, false]);
    const { openConversation: second } = await lead.client.must(openConversationDocument, {
      input: { conversationId: newId('conversation'), candidacyId: elsewhere.id, about: 'CTO' },
    });
    expect(second.conversation).toMatchObject({ state: 'ENTERED', candidate: { accountId: candidate.accountId }, invitation: null });
    expect(joined(second.conversation.roomId)).toEqual(mxids(lead, candidate));
    expect((await candidate.client.must('{ conversations { about } }')).conversations.map((each: { about: string }) => each.about)).toEqual(['CTO', 'Head of Platform']);
  });
});

describe('claimInvitation', () => {
  test('makes the candidate an account, not yet in the room', async () => {
    const conversation = await open();
    const { person, input } = holderOf(api, firm, conversation.invitation);
    const { claimInvitation } = await person.client.must(claimDocument, { input });
    expect(claimInvitation.signedIn).toMatchObject({ viewer: { role: null, account: { id: person.accountId, kind: 'CANDIDATE', name: '王思远' } }, matrix: { userId: person.mxid } });
    expect(joined(conversation.roomId)).not.toContain(person.mxid);
    const { conversation: seen } = await lead.client.must('query ($id: ID!) { conversation(id: $id) { state candidate { mxid } invitation { state claimedOn } } }', { id: conversation.id });
    expect(seen).toEqual({ state: 'CLAIMED', candidate: { mxid: person.mxid }, invitation: { state: 'CLAIMED', claimedOn: 'Safari on iPhone' } });
  });

  test('whose answer was lost is answered again, for a day, and only to the same claim', async () => {
    const conversation = await open();
    const { person, input } = holderOf(api, firm, conversation.invitation);
    await person.client.must(claimDocument, { input });
    const { claimInvitation: again } = await api.client().must(claimDocument, { input });
    expect(again.signedIn.viewer.account.id).toBe(person.accountId);
    const thief = holderOf(api, firm, conversation.invitation);
    expect((await thief.person.client.must(claimDocument, { input: thief.input })).claimInvitation.userErrors).toEqual([{ code: 'ALREADY_CLAIMED', field: 'claim' }]);
    await api.sql`update invitations set claimed_at = claimed_at - interval '25 hours' where id = ${conversation.invitation.id}`;
    expect((await api.client().must(claimDocument, { input })).claimInvitation.userErrors).toEqual([{ code: 'ALREADY_CLAIMED', field: 'claim' }]);
  });

  test('of ten who claim at once, one wins and nine are told', async () => {
    const conversation = await open();
    const holders = Array.from({ length: 10 }, () => holderOf(api, firm, conversation.invitation));
    const answers = await Promise.all(holders.map(({ person, input }) => person.client.must(claimDocument, { input })));
    const codes = answers.map(({ claimInvitation }) => claimInvitation.userErrors[0]?.code ?? 'OK').sort();
    expect(codes).toEqual([...Array.from({ length: 9 }, () => 'ALREADY_CLAIMED'), 'OK']);
    expect(await api.sql`select 1 from accounts where id = any(${holders.map(({ person }) => person.accountId)})`).toHaveLength(1);
  });

  test('refuses a claim that the link did not sign, an unknown link, an expired one and one that was taken back', async () => {
    const [conversation, other] = [await open(), candidateInvitation(api, firm, lead, newId('conversation'))];
    const { person } = holderOf(api, firm, conversation.invitation);
    const foreign = holderOf(api, firm, { ...other, invitation: conversation.invitation.invitation });
    const claim = async (input: object) => (await person.client.must(claimDocument, { input })).claimInvitation.userErrors[0]?.code;
    expect(await claim(foreign.input)).toBe('STATEMENT_INVALID');
    expect(await claim(holderOf(api, firm, other).input)).toBe('LINK_UNKNOWN');

    const { input } = holderOf(api, firm, conversation.invitation);
    const revoke = await lead.client.must('mutation ($id: ID!) { revokeInvitation(input: { invitationId: $id }) { invitation { state } userErrors { code } } }', { id: conversation.invitation.id });
    expect(revoke.revokeInvitation.invitation.state).toBe('REVOKED');
    expect(await claim(input)).toBe('LINK_REVOKED');
    await api.sql`update invitations set revoked_at = null, expires_at = now() where id = ${conversation.invitation.id}`;
    expect(await claim(input)).toBe('LINK_EXPIRED');
  });
});

describe('enterConversation', () => {
  test('lets the certified candidate in, once', async () => {
    const conversation = await open();
    const candidate = await claimAsCandidate(api, firm, conversation.invitation);
    const input = { conversationId: conversation.id, certificate: certificateOf(api, candidate) };
    for (let i = 0; i < 2; i += 1) {
      const { enterConversation } = await candidate.client.must(enterDocument, { input });
      expect(enterConversation).toEqual({ conversation: { id: conversation.id, state: 'ENTERED' }, userErrors: [] });
    }
    expect(joined(conversation.roomId)).toEqual(mxids(lead, researcher, candidate));
  });

  test('refuses without a certificate, and with somebody else\'s', async () => {
    const [first, conversation] = [await open(), await openConversation(api, firm, lead, (await makeCandidacy(lead.client, (await makePerson(lead.client)).id, projectId)).id)];
    const other = await claimAsCandidate(api, firm, first.invitation);
    const candidate = await claimAsCandidate(api, firm, conversation.invitation);
    const enter = async (certificate: unknown) => (await candidate.client.must(enterDocument, { input: { conversationId: conversation.id, certificate } })).enterConversation.userErrors;
    expect(await enter(undefined)).toEqual([{ code: 'CERTIFICATE_REQUIRED', field: 'certificate' }]);
    expect(await enter(certificateOf(api, other))).toEqual([{ code: 'STATEMENT_INVALID', field: 'certificate' }]);
    expect(await enter(certificateOf(api, { ...candidate, mxid: candidate.mxid.replace('@c-', '@m-') }))).toEqual([{ code: 'STATEMENT_INVALID', field: 'certificate' }]);
    expect(joined(conversation.roomId)).not.toContain(candidate.mxid);
  });

  test('another candidate and a colleague can not', async () => {
    const conversation = await open();
    const other = await enterAsCandidate(api, firm, await openConversation(api, firm, lead, (await makeCandidacy(lead.client, (await makePerson(lead.client)).id, projectId)).id));
    expect((await other.client.ask(enterDocument, { input: { conversationId: conversation.id } })).codes).toEqual(['NOT_FOUND']);
    expect((await lead.client.ask(enterDocument, { input: { conversationId: conversation.id } })).codes).toEqual(['FORBIDDEN']);
  });
});

describe('the welcome bundle', () => {
  const deposit = 'mutation ($input: DepositWelcomeInput!) { depositWelcome(input: $input) { deposited userErrors { code } } }';
  const bundle = 'query ($id: ID!) { welcomeBundle(conversationId: $id) { sessionId sealed } }';
  const acknowledge = 'mutation ($id: ID!) { acknowledgeWelcome(input: { conversationId: $id }) { conversation { id } userErrors { code } } }';
  const inputOf = (conversation: TestConversation, sessionId = 'megolm-1') => ({ conversationId: conversation.id, invitationId: conversation.invitation.id, deposits: [{ sessionId, sealed: `sealed ${sessionId}` }] });

  test('is filled until the candidate is in, read by them alone, and goes when they have kept it', async () => {
    const conversation = await open();
    const put = async (client: TestPerson['client'], session: string) => (await client.must(deposit, { input: inputOf(conversation, session) })).depositWelcome;
    expect(await put(lead.client, 'megolm-1')).toEqual({ deposited: true, userErrors: [] });
    expect(await put(lead.client, 'megolm-1')).toEqual({ deposited: true, userErrors: [] });
    expect(await put(researcher.client, 'megolm-2')).toEqual({ deposited: true, userErrors: [] });
    const candidate = await claimAsCandidate(api, firm, conversation.invitation);
    expect(await put(lead.client, 'megolm-3')).toEqual({ deposited: true, userErrors: [] });
    expect((await candidate.client.must(acknowledge, { id: conversation.id })).acknowledgeWelcome.userErrors).toEqual([{ code: 'NOT_ENTERED' }]);
    await candidate.client.must(enterDocument, { input: { conversationId: conversation.id, certificate: certificateOf(api, candidate) } });
    expect(await put(lead.client, 'megolm-4')).toEqual({ deposited: false, userErrors: [{ code: 'CLAIMED' }] });

    const { welcomeBundle } = await candidate.client.must(bundle, { id: conversation.id });
    expect(welcomeBundle.map((each: { sessionId: string }) => each.sessionId)).toEqual(['megolm-1', 'megolm-2', 'megolm-3']);
    expect((await lead.client.ask(bundle, { id: conversation.id })).codes).toEqual(['FORBIDDEN']);
    expect((await candidate.client.must(acknowledge, { id: conversation.id })).acknowledgeWelcome.userErrors).toEqual([]);
    expect((await candidate.client.must(bundle, { id: conversation.id })).welcomeBundle).toEqual([]);
  });

  test('takes nothing from whoever is not in the conversation, nor for another link', async () => {
    const conversation = await open();
    expect((await outsider.client.ask(deposit, { input: inputOf(conversation) })).codes).toEqual(['NOT_FOUND']);
    // A partner sees every conversation of the firm, and takes part in those of their projects only.
    expect((await firm.partner.client.ask(deposit, { input: inputOf(conversation) })).codes).toEqual(['FORBIDDEN']);
    const { depositWelcome } = await lead.client.must(deposit, { input: { ...inputOf(conversation), invitationId: newId('invitation') } });
    expect(depositWelcome.userErrors).toEqual([{ code: 'LINK_UNKNOWN' }]);
  });

  test('takes a long history at once, a hundred sessions at most', async () => {
    const conversation = await open();
    const put = async (count: number, sealed: string) => {
      const deposits = Array.from({ length: count }, (_, index) => ({ sessionId: `megolm-${index % 100}`, sealed }));
      return (await lead.client.must(deposit, { input: { ...inputOf(conversation), deposits } })).depositWelcome;
    };
    expect(await put(100, 'once')).toEqual({ deposited: true, userErrors: [] });
    expect(await put(100, 'again')).toEqual({ deposited: true, userErrors: [] });
    for (const [count, code] of [[0, 'REQUIRED'], [101, 'TOO_MANY']] as const) expect((await put(count, 'x')).userErrors).toEqual([{ code }]);
    const candidate = await claimAsCandidate(api, firm, conversation.invitation);
    const { welcomeBundle } = await candidate.client.must(bundle, { id: conversation.id });
    expect(welcomeBundle).toHaveLength(100);
    expect(new Set(welcomeBundle.map(({ sealed }: { sealed: string }) => sealed))).toEqual(new Set(['again']));
  });
});

describe('renewConversationInvitation', () => {
  const renew = `mutation ($input: RenewConversationInvitationInput!) { renewConversationInvitation(input: $input) { conversation { state invitation { id state } } userErrors { code } } }`;
  const inputOf = (conversation: TestConversation) => {
    const made = candidateInvitation(api, firm, lead, conversation.id);
    return { made, input: { conversationId: conversation.id, invitation: made.invitation, sealedSecret: made.sealedSecret } };
  };

  test('ends the old link, and a claim of it that led nowhere', async () => {
    const conversation = await open();
    const first = await claimAsCandidate(api, firm, conversation.invitation);
    const { made, input } = inputOf(conversation);
    const { renewConversationInvitation } = await lead.client.must(renew, { input });
    expect(renewConversationInvitation).toEqual({ conversation: { state: 'INVITED', invitation: { id: made.id, state: 'OPEN' } }, userErrors: [] });
    expect((await first.client.must('{ viewer { account { id } } }')).viewer).toBeNull();
    const second = await enterAsCandidate(api, firm, { ...conversation, invitation: made });
    expect(joined(conversation.roomId)).toEqual(mxids(lead, researcher, second));
  });

  test('sent twice, it is made once', async () => {
    const conversation = await open();
    const { made, input } = inputOf(conversation);
    for (let i = 0; i < 2; i += 1) expect((await lead.client.must(renew, { input })).renewConversationInvitation).toEqual({ conversation: { state: 'INVITED', invitation: { id: made.id, state: 'OPEN' } }, userErrors: [] });
  });

  test('is refused once the candidate is in, and by whoever may not open conversations', async () => {
    const conversation = await open();
    expect((await researcher.client.ask(renew, inputOf(conversation))).codes).toEqual(['FORBIDDEN']);
    expect((await outsider.client.ask(renew, inputOf(conversation))).codes).toEqual(['NOT_FOUND']);
    await enterAsCandidate(api, firm, conversation);
    expect((await lead.client.must(renew, inputOf(conversation))).renewConversationInvitation.userErrors).toEqual([{ code: 'CLAIMED' }]);
  });

  describe('for a candidate who is in and has lost every way back', () => {
    const setPassword = 'mutation ($input: SetPasswordInput!) { setPassword(input: $input) { account { email } userErrors { code } } }';
    const certificates = async (person: TestPerson, mxid: string) => (await person.client.must('query ($mxids: [String!]!) { certificates(mxids: $mxids) }', { mxids: [mxid] })).certificates;
    const replace = async (conversation: TestConversation, candidate: TestPerson, renewer = lead) => {
      const made = candidateInvitation(api, firm, renewer, conversation.id);
      const input = { conversationId: conversation.id, invitation: made.invitation, sealedSecret: made.sealedSecret, replaces: candidate.accountId };
      return { made, input, answer: (await renewer.client.must(renew, { input })).renewConversationInvitation };
    };

    test('ends the account and its identity, and whoever claims the new link takes its place', async () => {
      const conversation = await open();
      const lost = await enterAsCandidate(api, firm, conversation);
      await lost.client.must(setPassword, { input: { email: 'siyuan@example.com', password: passwordInput('forgotten') } });
      expect(await certificates(lead, lost.mxid)).toHaveLength(1);

      const { made, answer } = await replace(conversation, lost);
      expect(answer).toEqual({ conversation: { state: 'INVITED', invitation: { id: made.id, state: 'OPEN' } }, userErrors: [] });
      expect((await lost.client.must('{ viewer { account { id } } }')).viewer).toBeNull();
      expect(api.matrix.users.get(lost.mxid)).toMatchObject({ devices: new Set(), deactivated: true });
      expect(joined(conversation.roomId)).toEqual(mxids(lead, researcher));
      expect([...(api.matrix.rooms.get(conversation.roomId)?.removed ?? [])], 'what came before is out of its reach').toEqual([lost.mxid]);
      expect(await certificates(lead, lost.mxid)).toEqual([]);
      const { signIn } = await api.client().must('mutation ($input: SignInInput!) { signIn(input: $input) { userErrors { code } } }', { input: { email: 'siyuan@example.com', authKey: authKeyOf('forgotten'), deviceName: 'x' } });
      expect(signIn.userErrors).toEqual([{ code: 'WRONG_CREDENTIALS' }]);

      const back = await enterAsCandidate(api, firm, { ...conversation, invitation: made });
      expect(joined(conversation.roomId)).toEqual(mxids(lead, researcher, back));
      const { setPassword: set } = await back.client.must(setPassword, { input: { email: 'siyuan@example.com', password: passwordInput('remembered') } });
      expect(set).toEqual({ account: { email: 'siyuan@example.com' }, userErrors: [] });
      const { conversation: seen } = await back.client.must('query ($id: ID!) { conversation(id: $id) { state candidate { mxid } formerMxids } }', { id: conversation.id });
      expect(seen).toEqual({ state: 'ENTERED', candidate: { mxid: back.mxid }, formerMxids: [lost.mxid] });
    });

    test('takes what is sealed to the new link, until they are in', async () => {
      const conversation = await open();
      const { made } = await replace(conversation, await enterAsCandidate(api, firm, conversation));
      const deposit = (invitationId: string) => researcher.client.must('mutation ($input: DepositWelcomeInput!) { depositWelcome(input: $input) { deposited userErrors { code } } }', {
        input: { conversationId: conversation.id, invitationId, deposits: [{ sessionId: 'old', sealed: 'x' }] },
      });
      expect((await deposit(made.id)).depositWelcome).toEqual({ deposited: true, userErrors: [] });
      const back = await enterAsCandidate(api, firm, { ...conversation, invitation: made });
      expect((await back.client.must('query ($id: ID!) { welcomeBundle(conversationId: $id) { sessionId } }', { id: conversation.id })).welcomeBundle).toEqual([{ sessionId: 'old' }]);
    });

    test('the first claim opens nothing any more, not even for whoever has its bytes', async () => {
      const conversation = await open();
      const { person, input } = holderOf(api, firm, conversation.invitation);
      await person.client.must(claimDocument, { input });
      await person.client.must(enterDocument, { input: { conversationId: conversation.id, certificate: certificateOf(api, person) } });
      await replace(conversation, person);
      expect((await api.client().must(claimDocument, { input })).claimInvitation).toEqual({ signedIn: null, userErrors: [{ code: 'ALREADY_CLAIMED', field: 'claim' }] });
    });

    test('names the account that is in: another one stays', async () => {
      const conversation = await open();
      const first = await enterAsCandidate(api, firm, conversation);
      const { made } = await replace(conversation, first);
      const second = await enterAsCandidate(api, firm, { ...conversation, invitation: made });
      expect((await replace(conversation, first)).answer).toEqual({ conversation: null, userErrors: [{ code: 'CLAIMED' }] });
      expect(joined(conversation.roomId)).toContain(second.mxid);
      expect((await second.client.must('{ viewer { account { id } } }')).viewer).not.toBeNull();
    });

    test('is for who may open conversations; who has left for good stays away', async () => {
      const conversation = await open();
      const candidate = await enterAsCandidate(api, firm, conversation);
      const input = { ...inputOf(conversation).input, replaces: candidate.accountId };
      expect((await researcher.client.ask(renew, { input })).codes).toEqual(['FORBIDDEN']);
      expect((await outsider.client.ask(renew, { input })).codes).toEqual(['NOT_FOUND']);
      expect((await stranger.client.ask(renew, { input })).codes).toEqual(['NOT_FOUND']);
      await candidate.client.must('mutation ($id: ID!) { leaveConversation(input: { conversationId: $id }) { userErrors { code } } }', { id: conversation.id });
      expect((await replace(conversation, candidate)).answer.userErrors).toEqual([{ code: 'CONVERSATION_OVER' }]);
    });

    test('an account that talks elsewhere lives on there, signed out; a new conversation is with the new one', async () => {
      const personId = (await makePerson(lead.client)).id;
      const [first, second, third] = [projectId, (await makeProject(lead.client)).id, (await makeProject(lead.client)).id];
      const candidacyIn = async (project: string) => (await makeCandidacy(lead.client, personId, project)).id;
      const here = await openConversation(api, firm, lead, await candidacyIn(first));
      const lost = await enterAsCandidate(api, firm, here);
      const { openConversation: there } = await lead.client.must(openConversationDocument, { input: { conversationId: newId('conversation'), candidacyId: await candidacyIn(second), about: 'CTO' } });
      const { made } = await replace(here, lost);
      expect((await lost.client.must('{ viewer { account { id } } }')).viewer).toBeNull();
      expect(api.matrix.users.get(lost.mxid)).toMatchObject({ devices: new Set(), deactivated: false });
      expect([joined(here.roomId), joined(there.conversation.roomId)]).toEqual([mxids(lead, researcher), mxids(lead, lost)]);
      const back = await enterAsCandidate(api, firm, { ...here, invitation: made });
      const { openConversation: next } = await lead.client.must(openConversationDocument, { input: { conversationId: newId('conversation'), candidacyId: await candidacyIn(third), about: 'CFO' } });
      expect(next.conversation.candidate).toEqual({ accountId: back.accountId });
    });

    test('stands in the audit log', async () => {
      const conversation = await open();
      const candidate = await enterAsCandidate(api, firm, conversation);
      const { made } = await replace(conversation, candidate);
      const { auditLog } = await firm.partner.client.must('{ auditLog(first: 3) { edges { node { kind subjects } } } }');
      expect(auditLog.edges.map((edge: { node: object }) => edge.node)).toEqual([
        { kind: 'CANDIDATE_INVITED', subjects: [made.id, conversation.id] },
        { kind: 'CANDIDATE_REPLACED', subjects: [candidate.accountId, conversation.id] },
        { kind: 'SESSION_ENDED', subjects: [expect.any(String), candidate.accountId] },
      ]);
    });
  });
});

describe('leaveConversation', () => {
  const leave = 'mutation ($input: LeaveConversationInput!) { leaveConversation(input: $input) { conversation { state } userErrors { code } } }';

  test('takes the candidate out of the room; again is no error', async () => {
    const conversation = await open();
    const candidate = await enterAsCandidate(api, firm, conversation);
    for (let i = 0; i < 2; i += 1) expect((await candidate.client.must(leave, { input: { conversationId: conversation.id } })).leaveConversation).toEqual({ conversation: { state: 'LEFT' }, userErrors: [] });
    expect(joined(conversation.roomId)).toEqual(mxids(lead, researcher));
    expect((await candidate.client.must(enterDocument, { input: { conversationId: conversation.id } })).enterConversation.userErrors).toEqual([{ code: 'CONVERSATION_OVER', field: 'conversationId' }]);
  });

  test('blocking ends all conversations with the firm, and no new one is opened', async () => {
    const personId = (await makePerson(lead.client)).id;
    const first = await openConversation(api, firm, lead, (await makeCandidacy(lead.client, personId, projectId)).id);
    const candidate = await enterAsCandidate(api, firm, first);
    const [second, third] = [await makeProject(lead.client), await makeProject(lead.client)];
    const input = async (project: { id: string }) => ({ conversationId: newId('conversation'), candidacyId: (await makeCandidacy(lead.client, personId, project.id)).id, about: 'CTO' });
    const { openConversation: other } = await lead.client.must(openConversationDocument, { input: await input(second) });
    await candidate.client.must(leave, { input: { conversationId: first.id, block: true } });
    expect([joined(first.roomId), joined(other.conversation.roomId)]).toEqual([mxids(lead, researcher), mxids(lead)]);
    expect((await lead.client.must(openConversationDocument, { input: await input(third) })).openConversation.userErrors).toEqual([{ code: 'CANDIDATE_BLOCKED', field: 'candidacyId' }]);
  });

  test('while the homeserver is down the candidate leaves all the same, and the room follows later', async () => {
    const conversation = await open();
    const candidate = await enterAsCandidate(api, firm, conversation);
    api.matrix.down = true;
    await candidate.client.must(leave, { input: { conversationId: conversation.id } }).finally(() => (api.matrix.down = false));
    expect(joined(conversation.roomId)).toContain(candidate.mxid);
    api.clock.advance(5000);
    await api.services.matrixTasks.run();
    expect(joined(conversation.roomId)).toEqual(mxids(lead, researcher));
  });

  test('is the candidate\'s alone', async () => {
    const conversation = await open();
    expect((await lead.client.ask(leave, { input: { conversationId: conversation.id } })).codes).toEqual(['FORBIDDEN']);
  });
});

test('who joins a project joins its rooms, who goes leaves them, and the lead takes their threads over', async () => {
  const colleague = await firm.addMember('CONSULTANT');
  const project = await makeProject(lead.client, { members: [{ memberId: colleague.accountId, role: 'MEMBER' }] });
  const conversation = await openConversation(api, firm, colleague, (await makeCandidacy(lead.client, (await makePerson(lead.client)).id, project.id)).id);
  const members = [{ memberId: lead.accountId, role: 'LEAD' }, { memberId: researcher.accountId, role: 'MEMBER' }];
  await lead.client.must(recordDocuments.setMembers, { input: { projectId: project.id, members } });
  await homeserverDone(api);
  expect(joined(conversation.roomId)).toEqual(mxids(lead, researcher));
  const { conversation: seen } = await lead.client.must('query ($id: ID!) { conversation(id: $id) { owner { accountId } } }', { id: conversation.id });
  expect(seen.owner.accountId).toBe(lead.accountId);
  expect((await colleague.client.must('query ($id: ID!) { conversation(id: $id) { id } }', { id: conversation.id })).conversation).toBeNull();
});

describe('conversations', () => {
  test('are the viewer\'s own: partners see others\' by their address, not in their inbox', async () => {
    const conversation = await open();
    const ids = async (person: TestPerson): Promise<string[]> => (await person.client.must('{ conversations { id } }')).conversations.map((each: { id: string }) => each.id);
    expect(await ids(researcher)).toContain(conversation.id);
    expect(await ids(firm.partner)).not.toContain(conversation.id);
    expect(await ids(outsider)).toEqual([]);
    expect(await ids(stranger)).toEqual([]);
    const byId = async (person: TestPerson) => (await person.client.must('query ($id: ID!) { conversation(id: $id) { id } node(id: $id) { id } }', { id: conversation.id }));
    expect(await byId(firm.partner)).toEqual({ conversation: { id: conversation.id }, node: { id: conversation.id } });
    expect(await byId(stranger)).toEqual({ conversation: null, node: null });
  });

  test('show the candidate who writes, and nothing of the record', async () => {
    const conversation = await open();
    const candidate = await enterAsCandidate(api, firm, conversation);
    await candidate.client.must('mutation { updateProfile(input: { name: "Siyuan" }) { userErrors { code } } }');
    const { conversation: seen } = await candidate.client.must(
      'query ($id: ID!) { conversation(id: $id) { firmName about candidateName candidacy { id } invitation { id } reportedAt owner { name role } team { name mxid } candidate { name } } }', { id: conversation.id },
    );
    expect(seen).toMatchObject({ firmName: firm.name, about: 'Head of Platform', candidateName: 'Siyuan', candidacy: null, invitation: null, owner: { name: lead.name, role: 'CONSULTANT' } });
    expect(seen.team.map((each: { mxid: string }) => each.mxid).sort()).toEqual(mxids(lead, researcher));
  });

  test('stand on the candidacy', async () => {
    const conversation = await open();
    const { candidacy } = await researcher.client.must('query ($id: ID!) { candidacy(id: $id) { conversation { id candidacy { id } } } }', { id: candidacyId });
    expect(candidacy).toEqual({ conversation: { id: conversation.id, candidacy: { id: candidacyId } } });
  });
});
