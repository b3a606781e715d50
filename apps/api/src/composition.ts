import type { ApiModule } from './platform/graphql/apiModule.ts';
import { auditModule } from './modules/audit/audit.resolvers.ts';
import { accountsModule } from './modules/accounts/accounts.resolvers.ts';
import { changesModule } from './modules/changes/changes.resolvers.ts';
import { conversationsModule } from './modules/conversations/conversations.resolvers.ts';
import { installationModule } from './modules/installation/installation.resolvers.ts';
import { interviewsModule } from './modules/interviews/interviews.resolvers.ts';
import { invitationsModule } from './modules/invitations/invitations.resolvers.ts';
import { organisationsModule } from './modules/organisations/organisations.resolvers.ts';
import { candidaciesModule } from './modules/candidacies/candidacies.resolvers.ts';
import { companiesModule } from './modules/companies/companies.resolvers.ts';
import { promisesModule } from './modules/promises/promises.resolvers.ts';
import { importsModule } from './modules/imports/imports.resolvers.ts';
import { peopleModule } from './modules/people/people.resolvers.ts';
import { vaultModule } from './modules/vault/vault.resolvers.ts';
import { projectsModule } from './modules/projects/projects.resolvers.ts';

/** Every domain of the API. A later one knows the earlier ones. */
export const modules: readonly ApiModule[] = [
  installationModule,
  auditModule,
  organisationsModule,
  accountsModule,
  companiesModule,
  peopleModule,
  projectsModule,
  candidaciesModule,
  promisesModule,
  importsModule,
  invitationsModule,
  conversationsModule,
  interviewsModule,
  vaultModule,
  changesModule,
];
