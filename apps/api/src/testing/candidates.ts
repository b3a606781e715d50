import { newId } from '@baton/base';
import type { TestFirm, TestPerson } from './firm.ts';
import { certificateOf } from './firm.ts';
import * as vault from './signing.ts';
import type { TestApi } from './startTestApi.ts';

/** A conversation that was opened, and the link to it. */
export interface TestConversation {
  id: string;
  roomId: string;
  invitation: vault.MadeInvitation;
}

/** An invitation to a conversation, signed by a colleague. */
export function candidateInvitation(api: TestApi, firm: TestFirm, inviter: TestPerson, conversationId: string): vault.MadeInvitation {
  return vault.makeInvitation(
    { account: inviter.accountId, organisation: firm.organisationId, root: firm.root.fingerprint, keys: inviter.keys },
    { for: { kind: 'candidate', conversation: conversationId }, now: api.clock.now() },
  );
}

export const openConversationDocument = `mutation ($input: OpenConversationInput!) {
  openConversation(input: $input) { conversation { id roomId state candidateName about owner { accountId } team { accountId } candidate { accountId } invitation { id state } } userErrors { code field } } }`;

/** Opens a candidacy's conversation in a colleague's name. */
export async function openConversation(api: TestApi, firm: TestFirm, opener: TestPerson, candidacyId: string): Promise<TestConversation> {
  const id = newId('conversation');
  const invitation = candidateInvitation(api, firm, opener, id);
  const { openConversation: opened } = await opener.client.must(openConversationDocument, {
    input: { conversationId: id, candidacyId, about: 'Head of Platform', invitation: invitation.invitation, sealedSecret: invitation.sealedSecret },
  });
  if (opened.userErrors.length > 0) throw new Error(`openConversation: ${JSON.stringify(opened.userErrors)}`);
  return { id, roomId: opened.conversation.roomId, invitation };
}

export const claimDocument = `mutation ($input: ClaimInvitationInput!) {
  claimInvitation(input: $input) { signedIn { viewer { role account { id kind name } } matrix { userId deviceId } } userErrors { code field } } }`;

/** A person who holds a link, and what they would claim it with. */
export function holderOf(api: TestApi, firm: TestFirm, made: vault.MadeInvitation): { person: TestPerson; input: object } {
  const accountId = newId('account');
  const keys = vault.makeAccount();
  const link = vault.linkKeysIn(vault.parseLink(made.link));
  const { claim, vouch } = vault.makeClaim(link, made.invitation.statement, { account: accountId, keys, now: api.clock.now() });
  const person: TestPerson = {
    client: api.client(), accountId, organisationId: firm.organisationId, name: 'Candidate', keys,
    email: `${accountId}@example.com`, mxid: api.matrix.mxidOf(accountId, 'CANDIDATE'),
    secrets: { account: accountId, kind: 'candidate', organisation: firm.organisationId, root: firm.root.fingerprint, invitation: made.id, vouch, seed: keys.seed },
  };
  return { person, input: { claim, deviceName: 'Safari on iPhone' } };
}

/** Claims a link, without entering. */
export async function claimAsCandidate(api: TestApi, firm: TestFirm, made: vault.MadeInvitation): Promise<TestPerson> {
  const { person, input } = holderOf(api, firm, made);
  const { claimInvitation } = await person.client.must(claimDocument, { input });
  if (claimInvitation.userErrors.length > 0) throw new Error(`claimInvitation: ${JSON.stringify(claimInvitation.userErrors)}`);
  return person;
}

export const enterDocument = `mutation ($input: EnterConversationInput!) { enterConversation(input: $input) { conversation { id state } userErrors { code field } } }`;

/** Claims a link and enters the room. */
export async function enterAsCandidate(api: TestApi, firm: TestFirm, conversation: TestConversation): Promise<TestPerson> {
  const person = await claimAsCandidate(api, firm, conversation.invitation);
  const { enterConversation } = await person.client.must(enterDocument, { input: { conversationId: conversation.id, certificate: certificateOf(api, person) } });
  if (enterConversation.userErrors.length > 0) throw new Error(`enterConversation: ${JSON.stringify(enterConversation.userErrors)}`);
  return person;
}
