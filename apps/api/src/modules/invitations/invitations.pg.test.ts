import { newId } from '@baton/base';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { claimDocument, openConversation } from '../../testing/candidates.ts';
import { makeFirm, newPerson, type TestFirm, type TestPerson } from '../../testing/firm.ts';
import { passwordInput, recoveryInput } from '../../testing/passwords.ts';
import { makeCandidacy, makePerson, makeProject } from '../../testing/records.ts';
import * as vault from '../../testing/signing.ts';
import { startTestApi, type TestApi } from '../../testing/startTestApi.ts';

let api: TestApi;
let firm: TestFirm;
let consultant: TestPerson;
let stranger: TestFirm;

beforeAll(async () => {
  api = await startTestApi();
  firm = await makeFirm(api);
  stranger = await makeFirm(api);
  consultant = await firm.addMember('CONSULTANT');
});
afterAll(() => api.close());

const invite = 'mutation ($input: InviteColleagueInput!) { inviteColleague(input: $input) { invitation { id kind state role inviteeName sealedSecret inviter { id } } userErrors { code field } } }';
const revoke = 'mutation ($id: ID!) { revokeInvitation(input: { invitationId: $id }) { invitation { state } userErrors { code } } }';
const look = 'query ($id: ID!) { publicInvitation(id: $id) { id kind state firmName inviterName inviteeName role about claimedOn } }';

const made = (by: TestPerson = firm.partner, of: TestFirm = firm, role: 'consultant' | 'partner' = 'consultant') =>
  vault.makeInvitation({ account: by.accountId, organisation: of.organisationId, root: of.root.fingerprint, keys: by.keys }, { for: { kind: 'colleague', role }, now: api.clock.now() });
const inputOf = (invitation: vault.MadeInvitation) => ({ input: { invitation: invitation.invitation, inviteeName: '陈晨', sealedSecret: invitation.sealedSecret } });

async function invited(): Promise<vault.MadeInvitation> {
  const invitation = made();
  await firm.partner.client.must(invite, inputOf(invitation));
  return invitation;
}

function claimOf(invitation: vault.MadeInvitation) {
  const person = newPerson(api, firm.organisationId, '陈晨');
  const { claim } = vault.makeClaim(vault.linkKeysIn(vault.parseLink(invitation.link)), invitation.invitation.statement, { account: person.accountId, keys: person.keys, now: api.clock.now() });
  return { person, input: { claim, name: person.name, email: person.email, password: passwordInput('x'), recovery: recoveryInput('x'), deviceName: 'Chrome on Mac' } };
}

describe('inviteColleague', () => {
  test('stores what a partner signed; the sealed secret comes back to them alone', async () => {
    const invitation = made();
    const { inviteColleague } = await firm.partner.client.must(invite, inputOf(invitation));
    expect(inviteColleague).toEqual({ invitation: { id: invitation.id, kind: 'COLLEAGUE', state: 'OPEN', role: 'CONSULTANT', inviteeName: '陈晨', sealedSecret: invitation.sealedSecret, inviter: { id: firm.partner.accountId } }, userErrors: [] });
    const other = await firm.addMember('PARTNER');
    const { colleagueInvitations } = await other.client.must('{ colleagueInvitations { id sealedSecret } }');
    expect(colleagueInvitations).toContainEqual({ id: invitation.id, sealedSecret: null });
  });

  test('refuses one that somebody else signed, of another firm, twice, or for a candidate', async () => {
    const codesOf = async (invitation: vault.MadeInvitation) => (await firm.partner.client.must(invite, inputOf(invitation))).inviteColleague.userErrors[0]?.code;
    expect(await codesOf(made(consultant))).toBe('STATEMENT_INVALID');
    expect(await codesOf(made(stranger.partner, stranger))).toBe('STATEMENT_INVALID');
    expect(await codesOf(await invited())).toBe('ID_TAKEN');
    const forCandidate = vault.makeInvitation({ account: firm.partner.accountId, organisation: firm.organisationId, root: firm.root.fingerprint, keys: firm.partner.keys }, { for: { kind: 'candidate', conversation: newId('conversation') }, now: api.clock.now() });
    expect(await codesOf(forCandidate)).toBe('STATEMENT_INVALID');
  });

  test('is for partners', async () => {
    expect((await consultant.client.ask(invite, inputOf(made(consultant)))).codes).toEqual(['FORBIDDEN']);
  });
});

describe('publicInvitation', () => {
  test('says who invites, has no effect, and forgets the name once it is claimed', async () => {
    const invitation = await invited();
    for (let i = 0; i < 3; i += 1) {
      expect((await api.client().must(look, { id: invitation.id })).publicInvitation).toEqual({
        id: invitation.id, kind: 'COLLEAGUE', state: 'OPEN', firmName: firm.name, inviterName: firm.partner.name, inviteeName: '陈晨', role: 'CONSULTANT', about: null, claimedOn: null,
      });
    }
    const { person, input } = claimOf(invitation);
    await person.client.must(claimDocument, { input });
    expect((await api.client().must(look, { id: invitation.id })).publicInvitation).toMatchObject({ state: 'CLAIMED', inviteeName: null, claimedOn: 'Chrome on Mac' });
  });

  test('of an unknown one is null', async () => {
    expect((await api.client().must(look, { id: newId('invitation') })).publicInvitation).toBeNull();
  });
});

describe('claimInvitation by a colleague', () => {
  test('makes them a member with the role of the invitation', async () => {
    const { person, input } = claimOf(await invited());
    const { claimInvitation } = await person.client.must(claimDocument, { input });
    expect(claimInvitation.signedIn.viewer).toMatchObject({ role: 'CONSULTANT', account: { id: person.accountId, kind: 'MEMBER', name: '陈晨' } });
  });

  test('refuses without a password, with a taken or broken address, and the link stays open', async () => {
    const invitation = await invited();
    const { person, input } = claimOf(invitation);
    const codes = async (change: object) => (await person.client.must(claimDocument, { input: { ...input, ...change } })).claimInvitation.userErrors;
    expect(await codes({ password: null })).toEqual([{ code: 'REQUIRED', field: 'password' }]);
    expect(await codes({ name: '🦄' })).toEqual([{ code: 'NAME_NEEDS_LETTER', field: 'name' }]);
    expect(await codes({ email: firm.partner.email })).toEqual([{ code: 'EMAIL_TAKEN', field: 'email' }]);
    expect(await codes({ email: '陈晨' })).toEqual([{ code: 'INVALID_EMAIL', field: 'email' }]);
    expect(await codes({})).toEqual([]);
    const again = claimOf(invitation);
    expect((await again.person.client.must(claimDocument, { input: again.input })).claimInvitation.userErrors).toEqual([{ code: 'ALREADY_CLAIMED', field: 'claim' }]);
  });

  test('while the homeserver is down says so, and the link stays open', async () => {
    const { person, input } = claimOf(await invited());
    api.matrix.down = true;
    const { claimInvitation } = await person.client.must(claimDocument, { input }).finally(() => (api.matrix.down = false));
    expect(claimInvitation.userErrors).toEqual([{ code: 'MATRIX_UNAVAILABLE', field: null }]);
    expect((await person.client.must(claimDocument, { input })).claimInvitation.userErrors).toEqual([]);
  });
});

describe('revokeInvitation', () => {
  test('takes it back, twice too, but not once it was claimed', async () => {
    const [invitation, used] = [await invited(), await invited()];
    for (let i = 0; i < 2; i += 1) expect((await firm.partner.client.must(revoke, { id: invitation.id })).revokeInvitation).toEqual({ invitation: { state: 'REVOKED' }, userErrors: [] });
    const { person, input } = claimOf(used);
    await person.client.must(claimDocument, { input });
    expect((await firm.partner.client.must(revoke, { id: used.id })).revokeInvitation.userErrors).toEqual([{ code: 'ALREADY_CLAIMED' }]);
  });

  test('is not for whoever did not make it, nor for another firm', async () => {
    const invitation = await invited();
    expect((await consultant.client.ask(revoke, { id: invitation.id })).codes).toEqual(['NOT_FOUND']);
    expect((await stranger.partner.client.ask(revoke, { id: invitation.id })).codes).toEqual(['NOT_FOUND']);
  });
});

describe('reportInvitation', () => {
  const report = 'mutation ($id: ID!) { reportInvitation(input: { invitationId: $id, reason: "not me" }) { reported userErrors { code } } }';
  test('is seen by whoever looks after the conversation', async () => {
    const project = await makeProject(consultant.client);
    const conversation = await openConversation(api, firm, consultant, (await makeCandidacy(consultant.client, (await makePerson(consultant.client)).id, project.id)).id);
    expect((await api.client().must(report, { id: conversation.invitation.id })).reportInvitation).toEqual({ reported: true, userErrors: [] });
    const { conversation: seen } = await consultant.client.must('query ($id: ID!) { conversation(id: $id) { reportedAt invitation { reportReason } } }', { id: conversation.id });
    expect(seen).toEqual({ reportedAt: expect.any(String), invitation: { reportReason: 'not me' } });
  });

  test('of an unknown link is refused', async () => {
    expect((await api.client().must(report, { id: newId('invitation') })).reportInvitation.userErrors).toEqual([{ code: 'LINK_UNKNOWN' }]);
  });
});
