import { newId } from '@baton/base';
import type { AccessFixture, ViewerName } from './accessFixture.ts';
import { interviewDocuments } from './interviews.ts';
import { authKeyOf, passwordInput, recoveryInput } from './passwords.ts';
import * as vault from './signing.ts';

/**
 * What happens when a viewer does this to the firm's things:
 *   a top-level code   the request as a whole is denied
 *   null, none         as if there were no such thing: null, or an empty list
 *   !CODE              the command is refused with this user error
 *   own                it works on the viewer's own things; the firm's stay as they are
 *   allowed            it works on the firm's: a colleague of the firm may, or it is for everybody who has the link
 */
export type Outcome = 'UNAUTHENTICATED' | 'FORBIDDEN' | 'NOT_FOUND' | 'null' | 'none' | 'own' | 'allowed' | `!${string}`;

export interface Operation {
  document: string;
  variables?: (f: AccessFixture, viewer: ViewerName) => object;
  /** In the order: another firm's partner, a colleague outside the project, a candidate of another conversation, nobody. */
  outcomes: readonly [stranger: Outcome, outsider: Outcome, candidate: Outcome, anonymous: Outcome];
}

const input = (of: (f: AccessFixture, viewer: ViewerName) => object) => (f: AccessFixture, viewer: ViewerName) => ({ input: of(f, viewer) });
const mutation = (name: string, type: string, result: string): string => `mutation ($input: ${type}!) { ${name}(input: $input) { ${result} userErrors { code } } }`;
const denied = ['UNAUTHENTICATED'] as const;
const membersOnly = ['FORBIDDEN', ...denied] as const;
const account = 'signedIn { viewer { account { id email } organisation { name } } }';
const person = 'person { id name notes { body } handles { raw } candidacies { project { name } } }';
const project = 'project { id name vault { teamRoomId log deposits(first: 5) { sealed } coverage { sessions } } client { name } members { member { email } } openPromises { body } candidacies { person { name } } }';
const candidacy = 'candidacy { id promises { body } person { name } project { name } conversation { roomId } }';
const promise = 'promise { id body candidacy { person { name } } }';
const conversation = 'conversation { id roomId about candidateName candidacy { person { name } } invitation { sealedSecret } }';
const invitation = 'invitation { id inviteeName sealedSecret }';

/** Every operation of the schema, with what each viewer gets: access.pg.test.ts fails for one that is missing. */
export const operations: Readonly<Record<string, Operation>> = {
  'Query.installation': { document: '{ installation { needsSetUp matrixServerName version } }', outcomes: ['own', 'own', 'own', 'own'] },
  'Query.viewer': { document: '{ viewer { account { id email certificate } role organisation { name } session { deviceName } } }', outcomes: ['own', 'own', 'own', 'null'] },
  'Query.sessions': { document: '{ sessions { id deviceName } }', outcomes: ['own', 'own', 'own', ...denied] },
  'Query.seedWraps': { document: '{ seedWraps { kind wrap } }', outcomes: ['own', 'own', 'none', ...denied] },
  'Query.passwordParameters': { document: 'query ($email: String!) { passwordParameters(email: $email) { salt } }', variables: (f) => ({ email: f.lead.email }), outcomes: ['own', 'own', 'own', 'own'] },
  'Query.certificates': { document: 'query ($mxids: [String!]!) { certificates(mxids: $mxids) }', variables: (f) => ({ mxids: [f.counterpart.mxid] }), outcomes: ['none', 'none', 'none', ...denied] },
  'Query.node': { document: 'query ($id: ID!) { node(id: $id) { id ... on Conversation { roomId } } }', variables: (f) => ({ id: f.conversation.id }), outcomes: ['null', 'null', 'null', 'null'] },
  'Query.publicInvitation': { document: 'query ($id: ID!) { publicInvitation(id: $id) { id state firmName inviterName statement organisation inviterCertificate } }', variables: (f) => ({ id: f.waiting.invitation.id }), outcomes: ['allowed', 'allowed', 'allowed', 'allowed'] },
  'Query.auditLog': { document: '{ auditLog(first: 200) { totalCount brokenAt names { id name } edges { node { kind actorId subjects } } } }', outcomes: ['own', 'FORBIDDEN', ...membersOnly] },
  'Query.colleagueInvitations': { document: '{ colleagueInvitations { inviteeName sealedSecret } }', outcomes: ['none', 'FORBIDDEN', ...membersOnly] },
  'Query.companies': { document: '{ companies(first: 50, search: "SECRETCLIENT") { name } }', outcomes: ['none', 'allowed', ...membersOnly] },
  'Query.projects': { document: '{ projects(includeArchived: true) { name client { name } } }', outcomes: ['none', 'own', ...membersOnly] },
  'Query.project': { document: `query ($id: ID!) { project(id: $id) { ${project.slice(10, -2)} } }`, variables: (f) => ({ id: f.project.id }), outcomes: ['null', 'null', ...membersOnly] },
  'Query.people': { document: '{ people(first: 50, filter: { search: "SECRETPERSON" }) { totalCount edges { node { name notes { body } candidacies { project { name } } } } } }', outcomes: ['none', 'allowed', ...membersOnly] },
  'Query.person': { document: `query ($id: ID!) { person(id: $id) { ${person.slice(9, -2)} } }`, variables: (f) => ({ id: f.personId }), outcomes: ['null', 'allowed', ...membersOnly] },
  'Query.tags': { document: '{ tags }', outcomes: ['none', 'allowed', ...membersOnly] },
  'Query.candidacy': { document: `query ($id: ID!) { candidacy(id: $id) { id conversation { roomId } } }`, variables: (f) => ({ id: f.candidacyId }), outcomes: ['null', 'null', ...membersOnly] },
  'Query.conversations': { document: '{ conversations { id roomId } }', outcomes: ['none', 'own', 'own', ...denied] },
  'Query.conversation': { document: `query ($id: ID!) { conversation(id: $id) { id roomId } }`, variables: (f) => ({ id: f.conversation.id }), outcomes: ['null', 'null', 'null', ...denied] },
  'Query.welcomeBundle': { document: 'query ($id: ID!) { welcomeBundle(conversationId: $id) { sealed } }', variables: (f) => ({ id: f.conversation.id }), outcomes: ['FORBIDDEN', 'FORBIDDEN', 'NOT_FOUND', ...denied] },

  'Mutation.signIn': { document: mutation('signIn', 'SignInInput', account), variables: input((f) => ({ email: f.lead.email, authKey: authKeyOf('a guess'), deviceName: 'x' })), outcomes: ['!WRONG_CREDENTIALS', '!WRONG_CREDENTIALS', '!WRONG_CREDENTIALS', '!WRONG_CREDENTIALS'] },
  'Mutation.signInWithRecovery': { document: mutation('signInWithRecovery', 'SignInWithRecoveryInput', account), variables: input((f) => ({ email: f.lead.email, authKey: authKeyOf('a guess'), deviceName: 'x' })), outcomes: ['!RECOVERY_CODE_WRONG', '!RECOVERY_CODE_WRONG', '!RECOVERY_CODE_WRONG', '!RECOVERY_CODE_WRONG'] },
  'Mutation.matrixLogin': { document: 'mutation { matrixLogin { matrix { userId } userErrors { code } } }', outcomes: ['own', 'own', 'own', ...denied] },
  'Mutation.publishCertificate': { document: mutation('publishCertificate', 'PublishCertificateInput', 'account { id }'), variables: input((f) => ({ certificate: f.certificate })), outcomes: ['!STATEMENT_INVALID', '!STATEMENT_INVALID', '!STATEMENT_INVALID', ...denied] },
  'Mutation.setPassword': { document: mutation('setPassword', 'SetPasswordInput', 'account { id }'), variables: input((f) => ({ email: f.lead.email, password: passwordInput('stolen') })), outcomes: ['!WRONG_PASSWORD', '!WRONG_PASSWORD', '!EMAIL_TAKEN', ...denied] },
  'Mutation.updateProfile': { document: mutation('updateProfile', 'UpdateProfileInput', 'account { id name }'), variables: input(() => ({ name: '' })), outcomes: ['!REQUIRED', '!REQUIRED', '!REQUIRED', ...denied] },
  'Mutation.endSession': { document: mutation('endSession', 'EndSessionInput', 'endedSessionId'), variables: input((f) => ({ sessionId: f.sessionId })), outcomes: ['!SESSION_UNKNOWN', '!SESSION_UNKNOWN', '!SESSION_UNKNOWN', ...denied] },
  'Mutation.setUpFirm': {
    document: mutation('setUpFirm', 'SetUpFirmInput', account),
    variables: input((f) => {
      const [root, keys] = [vault.makeRoot(), vault.makeAccount()];
      return {
        organisationId: f.firm.organisationId, accountId: newId('account'), firmName: 'Taken over', name: 'x', email: `${newId('account')}@example.com`, deviceName: 'x',
        organisation: vault.makeOrganisation(root, f.firm.organisationId, Date.now()), keys: vault.publicKeysOf(keys), password: passwordInput('x'), recovery: recoveryInput('x'),
      };
    }),
    outcomes: ['!ID_TAKEN', '!ID_TAKEN', '!ID_TAKEN', '!ID_TAKEN'],
  },
  'Mutation.appendOrganisationLog': { document: mutation('appendOrganisationLog', 'AppendOrganisationLogInput', 'organisation { name log }'), variables: input((f) => ({ entry: f.line })), outcomes: ['!CONFLICT', '!STATEMENT_INVALID', ...membersOnly] },
  'Mutation.renameOrganisation': { document: mutation('renameOrganisation', 'RenameOrganisationInput', 'organisation { name }'), variables: input(() => ({ name: 'Renamed' })), outcomes: ['own', 'FORBIDDEN', ...membersOnly] },
  'Mutation.endMemberSessions': { document: mutation('endMemberSessions', 'EndMemberSessionsInput', 'member { id email }'), variables: input((f) => ({ memberId: f.lead.accountId })), outcomes: ['NOT_FOUND', 'FORBIDDEN', ...membersOnly] },
  'Mutation.inviteColleague': { document: mutation('inviteColleague', 'InviteColleagueInput', invitation), variables: input((f) => ({ invitation: f.colleagueInvitation.invitation, inviteeName: 'x', sealedSecret: 'x' })), outcomes: ['!STATEMENT_INVALID', 'FORBIDDEN', ...membersOnly] },
  'Mutation.revokeInvitation': { document: mutation('revokeInvitation', 'RevokeInvitationInput', invitation), variables: input((f) => ({ invitationId: f.waiting.invitation.id })), outcomes: ['NOT_FOUND', 'NOT_FOUND', ...membersOnly] },
  'Mutation.claimInvitation': {
    document: mutation('claimInvitation', 'ClaimInvitationInput', account),
    // Whoever knows the address and not the secret.
    variables: input((f) => {
      const guessed = vault.makeClaim({ ...vault.linkKeysIn(vault.parseLink(f.colleagueInvitation.link)) }, f.waiting.invitation.invitation.statement, { account: newId('account'), keys: vault.makeAccount(), now: Date.now() });
      return { claim: guessed.claim, deviceName: 'x' };
    }),
    outcomes: ['!STATEMENT_INVALID', '!STATEMENT_INVALID', '!STATEMENT_INVALID', '!STATEMENT_INVALID'],
  },
  'Mutation.reportInvitation': { document: mutation('reportInvitation', 'ReportInvitationInput', 'reported'), variables: input((f) => ({ invitationId: f.waiting.invitation.id })), outcomes: ['allowed', 'allowed', 'allowed', 'allowed'] },
  'Mutation.openConversation': {
    document: mutation('openConversation', 'OpenConversationInput', conversation),
    variables: input((f) => {
      const conversationId = newId('conversation');
      return { conversationId, candidacyId: f.otherCandidacyId, about: 'x', invitation: f.invitationTo(conversationId).invitation, sealedSecret: 'x' };
    }),
    outcomes: ['NOT_FOUND', 'NOT_FOUND', ...membersOnly],
  },
  'Mutation.renewConversationInvitation': { document: mutation('renewConversationInvitation', 'RenewConversationInvitationInput', conversation), variables: input((f) => ({ conversationId: f.waiting.id, invitation: f.invitationTo(f.waiting.id).invitation, sealedSecret: 'x' })), outcomes: ['NOT_FOUND', 'NOT_FOUND', ...membersOnly] },
  'Mutation.enterConversation': { document: mutation('enterConversation', 'EnterConversationInput', conversation), variables: input((f) => ({ conversationId: f.conversation.id })), outcomes: ['FORBIDDEN', 'FORBIDDEN', 'NOT_FOUND', ...denied] },
  'Mutation.leaveConversation': { document: mutation('leaveConversation', 'LeaveConversationInput', conversation), variables: input((f) => ({ conversationId: f.conversation.id, block: true })), outcomes: ['FORBIDDEN', 'FORBIDDEN', 'NOT_FOUND', ...denied] },
  'Mutation.depositWelcome': { document: mutation('depositWelcome', 'DepositWelcomeInput', 'deposited'), variables: input((f) => ({ conversationId: f.waiting.id, invitationId: f.waiting.invitation.id, deposits: [{ sessionId: 's', sealed: 'x' }] })), outcomes: ['NOT_FOUND', 'NOT_FOUND', ...membersOnly] },
  'Mutation.acknowledgeWelcome': { document: mutation('acknowledgeWelcome', 'AcknowledgeWelcomeInput', conversation), variables: input((f) => ({ conversationId: f.conversation.id })), outcomes: ['FORBIDDEN', 'FORBIDDEN', 'NOT_FOUND', ...denied] },

  'Mutation.createProject': {
    document: mutation('createProject', 'CreateProjectInput', project),
    variables: input((f) => ({ id: f.project.id, name: 'Mine now', clientName: 'Acme', publicTitle: 'x' })),
    outcomes: ['!ID_TAKEN', '!ID_TAKEN', ...membersOnly],
  },
  'Mutation.updateProject': { document: mutation('updateProject', 'UpdateProjectInput', project), variables: input((f) => ({ id: f.project.id, expectedVersion: f.project.version, name: 'x', clientName: 'x', publicTitle: 'x', stages: f.project.stages.map(({ id, name, kind }) => ({ id, name, kind })) })), outcomes: ['NOT_FOUND', 'NOT_FOUND', ...membersOnly] },
  'Mutation.setProjectMembers': { document: mutation('setProjectMembers', 'SetProjectMembersInput', project), variables: input((f) => ({ projectId: f.project.id, members: [{ memberId: f.lead.accountId, role: 'LEAD' }] })), outcomes: ['NOT_FOUND', 'NOT_FOUND', ...membersOnly] },
  'Mutation.recordProjectExport': { document: mutation('recordProjectExport', 'RecordProjectExportInput', 'recorded'), variables: input((f) => ({ projectId: f.project.id })), outcomes: ['NOT_FOUND', 'NOT_FOUND', ...membersOnly] },
  'Query.conversationVault': { document: 'query ($id: ID!) { conversationVault(conversationId: $id) { projectId log organisationLog } }', variables: (f) => ({ id: f.conversation.id }), outcomes: ['null', 'null', 'null', ...denied] },
  'Query.teamRooms': { document: '{ teamRooms { roomId projectName team { name } formerTeam { name } } }', outcomes: ['none', 'none', ...membersOnly] },
  'Mutation.appendProjectLog': { document: mutation('appendProjectLog', 'AppendProjectLogInput', project), variables: input((f) => ({ projectId: f.project.id, entry: f.projectLine })), outcomes: ['NOT_FOUND', 'NOT_FOUND', ...membersOnly] },
  'Mutation.planHandover': { document: mutation('planHandover', 'PlanHandoverInput', project), variables: input((f) => ({ projectId: f.project.id, plan: f.plan })), outcomes: ['NOT_FOUND', 'NOT_FOUND', ...membersOnly] },
  'Mutation.cancelHandoverPlan': { document: mutation('cancelHandoverPlan', 'CancelHandoverPlanInput', project), variables: input((f) => ({ projectId: f.project.id })), outcomes: ['NOT_FOUND', 'NOT_FOUND', ...membersOnly] },
  'Mutation.handOverProject': { document: mutation('handOverProject', 'HandOverProjectInput', project), variables: input((f) => ({ projectId: f.project.id, entry: f.handover })), outcomes: ['NOT_FOUND', 'NOT_FOUND', ...membersOnly] },
  'Mutation.depositSessions': { document: mutation('depositSessions', 'DepositSessionsInput', 'deposited'), variables: input((f) => ({ projectId: f.project.id, deposits: [{ roomId: f.conversation.roomId, sessionId: 's', epoch: 1, sealed: 'x' }] })), outcomes: ['NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND', ...denied] },
  'Mutation.checkDeposits': { document: mutation('checkDeposits', 'CheckDepositsInput', 'checked'), variables: input((f) => ({ projectId: f.project.id, checks: [{ number: 1, reachesFirst: true }] })), outcomes: ['NOT_FOUND', 'NOT_FOUND', ...membersOnly] },
  'Mutation.createPerson': { document: mutation('createPerson', 'CreatePersonInput', person), variables: input((f) => ({ id: newId('person'), name: 'x', projectId: f.project.id })), outcomes: ['NOT_FOUND', 'NOT_FOUND', ...membersOnly] },
  'Mutation.updatePerson': { document: mutation('updatePerson', 'UpdatePersonInput', person), variables: input((f) => ({ id: f.personId, expectedVersion: 99, name: 'x', handles: [], tags: [] })), outcomes: ['NOT_FOUND', '!STALE_VERSION', ...membersOnly] },
  'Mutation.addNote': { document: mutation('addNote', 'AddNoteInput', 'note { body }'), variables: input((f) => ({ id: newId('note'), personId: f.personId, body: 'x' })), outcomes: ['NOT_FOUND', 'allowed', ...membersOnly] },
  'Mutation.updateNote': { document: mutation('updateNote', 'UpdateNoteInput', 'note { body }'), variables: input((f) => ({ id: f.noteId, body: 'x' })), outcomes: ['NOT_FOUND', 'FORBIDDEN', ...membersOnly] },
  'Mutation.deleteNote': { document: mutation('deleteNote', 'DeleteNoteInput', 'note { body }'), variables: input((f) => ({ id: f.noteId })), outcomes: ['NOT_FOUND', 'FORBIDDEN', ...membersOnly] },
  'Mutation.addCandidacy': { document: mutation('addCandidacy', 'AddCandidacyInput', candidacy), variables: input((f) => ({ id: newId('candidacy'), personId: f.personId, projectId: f.project.id })), outcomes: ['NOT_FOUND', 'NOT_FOUND', ...membersOnly] },
  'Mutation.moveCandidacy': { document: mutation('moveCandidacy', 'MoveCandidacyInput', candidacy), variables: input((f) => ({ eventId: newId('stageEvent'), candidacyId: f.candidacyId, fromStageId: f.project.stages[0]?.id, toStageId: f.project.stages[1]?.id })), outcomes: ['NOT_FOUND', 'NOT_FOUND', ...membersOnly] },
  'Mutation.addPromise': { document: mutation('addPromise', 'AddPromiseInput', promise), variables: input((f) => ({ id: newId('promise'), candidacyId: f.candidacyId, body: 'x' })), outcomes: ['NOT_FOUND', 'NOT_FOUND', ...membersOnly] },
  'Mutation.settlePromise': { document: mutation('settlePromise', 'SettlePromiseInput', promise), variables: input((f) => ({ id: f.promiseId, state: 'KEPT' })), outcomes: ['NOT_FOUND', 'NOT_FOUND', ...membersOnly] },
  'Query.interview': { document: interviewDocuments.records, variables: (f) => ({ id: f.interviewId }), outcomes: ['null', 'null', 'null', ...denied] },
  'Query.iceServers': { document: 'query ($id: ID!) { iceServers(conversationId: $id) { urls username credential } }', variables: (f) => ({ id: f.conversation.id }), outcomes: ['NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND', ...denied] },
  'Mutation.setCriteria': { document: interviewDocuments.setCriteria, variables: input((f) => ({ projectId: f.project.id, expectedVersion: f.project.version, criteria: [{ id: f.criterionId, name: 'x' }] })), outcomes: ['NOT_FOUND', 'NOT_FOUND', ...membersOnly] },
  'Mutation.bookInterview': { document: interviewDocuments.bookInterview, variables: input((f) => ({ id: newId('interview'), conversationId: f.conversation.id, kind: 'VOICE' })), outcomes: ['NOT_FOUND', 'NOT_FOUND', ...membersOnly] },
  'Mutation.moveInterview': { document: interviewDocuments.moveInterview, variables: input((f) => ({ id: f.interviewId, kind: 'VOICE', startsAt: new Date().toISOString(), minutes: 30, topic: 'x', hostId: f.lead.accountId })), outcomes: ['NOT_FOUND', 'NOT_FOUND', ...membersOnly] },
  'Mutation.cancelInterview': { document: interviewDocuments.cancelInterview, variables: input((f) => ({ id: f.interviewId })), outcomes: ['NOT_FOUND', 'NOT_FOUND', ...membersOnly] },
  'Mutation.recordCall': { document: interviewDocuments.recordCall, variables: input((f) => ({ interviewId: f.interviewId, callId: 'x', kind: 'VOICE', seconds: 1, over: true })), outcomes: ['NOT_FOUND', 'NOT_FOUND', ...membersOnly] },
  'Mutation.rateInterview': { document: interviewDocuments.rateInterview, variables: input((f) => ({ interviewId: f.interviewId, stars: 1, comment: 'x' })), outcomes: ['FORBIDDEN', 'FORBIDDEN', 'NOT_FOUND', ...denied] },
  'Mutation.saveInterviewNote': { document: interviewDocuments.saveInterviewNote, variables: input((f) => ({ id: f.interviewNoteId, interviewId: f.interviewId, callId: 'x', atSeconds: 1, body: 'x' })), outcomes: ['NOT_FOUND', 'NOT_FOUND', ...membersOnly] },
  'Mutation.deleteInterviewNote': { document: interviewDocuments.deleteInterviewNote, variables: input((f) => ({ id: f.interviewNoteId })), outcomes: ['NOT_FOUND', 'NOT_FOUND', ...membersOnly] },
  'Mutation.saveScore': { document: interviewDocuments.saveScore, variables: input((f) => ({ interviewId: f.interviewId, criterionId: f.criterionId, score: 1, evidence: 'x' })), outcomes: ['NOT_FOUND', 'NOT_FOUND', ...membersOnly] },
  'Mutation.saveScorecard': { document: interviewDocuments.saveScorecard, variables: input((f) => ({ interviewId: f.interviewId, overall: 1, nextStep: 'x' })), outcomes: ['NOT_FOUND', 'NOT_FOUND', ...membersOnly] },
  'Mutation.submitScorecard': { document: interviewDocuments.submitScorecard, variables: input((f) => ({ interviewId: f.interviewId })), outcomes: ['NOT_FOUND', 'NOT_FOUND', ...membersOnly] },
  'Mutation.importPeople': {
    document: 'mutation ($input: ImportPeopleInput!) { importPeople(input: $input) { rows { outcome person { name } userErrors { code } } userErrors { code } } }',
    variables: input((f) => ({ id: newId('import'), projectId: f.project.id, dryRun: false, fileName: 'x.csv', rows: [{ line: 2, name: 'SECRETPERSON', email: 'secret@example.com' }] })),
    outcomes: ['NOT_FOUND', 'NOT_FOUND', ...membersOnly],
  },
  'Subscription.changes': { document: 'subscription { changes { topic id } }', outcomes: ['own', 'own', 'own', ...denied] },

  // Last: afterwards nobody is signed in.
  'Mutation.signOut': { document: 'mutation { signOut { signedOut } }', outcomes: ['own', 'own', 'own', 'own'] },
};
