import type { CodegenConfig } from '@graphql-codegen/cli';

/** Rows that resolvers return for a type: `Type: '<file in src>#<type>'`, seen from src/generated. */
const mappers = {
  Organisation: '../modules/organisations/organisations.table.ts#OrganisationRow',
  Member: '../modules/accounts/accounts.table.ts#AccountRow',
  Account: '../modules/accounts/accounts.table.ts#AccountRow',
  AuditEntry: '../modules/audit/audit.table.ts#AuditEntryRow',
  AuditEntryConnection: '../modules/audit/auditLog.ts#AuditPage',
  Session: '../modules/accounts/accounts.table.ts#SessionRow',
  Viewer: '../platform/session/viewer.ts#SignedInViewer',
  SignedIn: '../modules/accounts/sessions/startSession.ts#StartedSession',
  Invitation: '../modules/invitations/invitations.table.ts#InvitationRow',
  PublicInvitation: '../modules/invitations/publicInvitation.ts#PublicInvitationRow',
  Conversation: '../modules/conversations/conversations.table.ts#ConversationRow',
  Company: '../modules/companies/companies.table.ts#CompanyRow',
  Person: '../modules/people/people.table.ts#PersonRow',
  PersonConnection: '../modules/people/search/findPeople.ts#PeoplePage',
  Note: '../modules/people/people.table.ts#NoteRow',
  Project: '../modules/projects/projects.table.ts#SeenProject',
  ProjectMember: '../modules/projects/projects.table.ts#ProjectMemberRow',
  Stage: '../modules/projects/projects.table.ts#StageRow',
  Candidacy: '../modules/candidacies/candidacies.table.ts#CandidacyRow',
  StageEvent: '../modules/candidacies/candidacies.table.ts#StageEventRow',
  CandidatePromise: '../modules/promises/promises.table.ts#PromiseRow',
  Criterion: '../modules/interviews/interviews.table.ts#CriterionRow',
  Interview: '../modules/interviews/interviews.table.ts#InterviewRow',
  InterviewCall: '../modules/interviews/interviews.table.ts#InterviewCallRow',
  InterviewRating: '../modules/interviews/interviews.table.ts#InterviewRatingRow',
  InterviewNote: '../modules/interviews/interviews.table.ts#InterviewNoteRow',
  Scorecard: '../modules/interviews/interviews.table.ts#ScorecardRow',
  Score: '../modules/interviews/interviews.table.ts#ScoreRow',
  ImportRowResult: '../modules/imports/plan/rowResult.ts#RowResult',
  ProjectVault: '../modules/vault/vault.table.ts#VaultRow',
  CandidateVault: '../modules/vault/vault.table.ts#VaultRow',
  SessionDeposit: '../modules/vault/vault.table.ts#DepositRow',
  VaultCoverage: '../modules/vault/coverage/coverage.ts#Coverage',
  VaultGap: '../modules/vault/coverage/coverage.ts#Gap',
  TeamRoom: '../modules/vault/vault.ts#TeamRoomRow',
  Participant: '../modules/accounts/accounts.table.ts#AccountRow',
};

const config: CodegenConfig = {
  schema: './src/**/*.graphql',
  emitLegacyCommonJSImports: false,
  generates: {
    './src/generated/resolvers.ts': {
      plugins: ['typescript', 'typescript-resolvers'],
      config: {
        contextType: 'mercurius#MercuriusContext',
        importExtension: '.ts',
        useTypeImports: true,
        enumsAsTypes: true,
        skipTypename: true,
        strictScalars: true,
        defaultScalarType: 'unknown',
        scalars: { DateTime: { input: 'Date', output: 'Date | string' }, Statement: 'unknown', ID: 'string' },
        mappers,
        optionalResolveType: true,
        inputMaybeValue: 'T | null | undefined',
      },
    },
  },
};

export default config;
