import { newId } from '@baton/base';
import { enterAsCandidate, openConversation } from './candidates.ts';
import type { TestClient } from './client.ts';
import type { TestFirm } from './firm.ts';
import type { TestApi } from './startTestApi.ts';

/* Records of a firm, made through the API with as few words as a test needs. */

export const personFields = `id name pinyin title company { id name } location handles { kind raw normalised } tags source version
  candidacies { id stage { name } project { id } } notes { id body author { id name } }`;
export const projectFields = `id name client { id name } publicTitle archivedAt version candidacyCount can { edit addCandidates openConversations }
  stages { id name kind position } members { role member { id name } }`;
export const candidacyFields = `id person { id name } project { id } stage { id name } stageSince
  history { id from { id name } to { id name } reason actor { id name } occurredAt }`;

export const promiseFields = `id candidacy { id } body dueOn state promisedBy { id name } promisedAt settledBy { id name } settledAt`;

const documents = {
  createPerson: `mutation ($input: CreatePersonInput!) { createPerson(input: $input) { person { ${personFields} } duplicates { id name } userErrors { field code } } }`,
  createProject: `mutation ($input: CreateProjectInput!) { createProject(input: $input) { project { ${projectFields} } userErrors { field code } } }`,
  setMembers: `mutation ($input: SetProjectMembersInput!) { setProjectMembers(input: $input) { project { ${projectFields} } userErrors { field code } } }`,
  addCandidacy: `mutation ($input: AddCandidacyInput!) { addCandidacy(input: $input) { candidacy { ${candidacyFields} } userErrors { field code } } }`,
  addPromise: `mutation ($input: AddPromiseInput!) { addPromise(input: $input) { promise { ${promiseFields} } userErrors { field code } } }`,
};

export const recordDocuments = documents;

/** A project's row, as far as tests look at it. */
export interface ProjectRecord {
  id: string;
  version: number;
  stages: { id: string; name: string; kind: string; position: number }[];
  members: { role: string; member: { id: string } }[];
}

/** Adds a person; the test fails when it is refused. */
export async function makePerson(client: TestClient, input: { name?: string } & Record<string, unknown> = {}): Promise<{ id: string; version: number } & Record<string, any>> {
  const { createPerson } = await client.must(documents.createPerson, { input: { id: newId('person'), name: '王思远', ...input } });
  if (createPerson.person === null) throw new Error(JSON.stringify(createPerson.userErrors));
  return createPerson.person;
}

/** Starts a project; the test fails when it is refused. */
export async function makeProject(client: TestClient, input: Record<string, unknown> = {}): Promise<ProjectRecord> {
  const { createProject } = await client.must(documents.createProject, {
    input: { id: newId('project'), name: 'Head of Platform', clientName: 'Acme', publicTitle: 'Head of Platform at a data company', ...input },
  });
  if (createProject.project === null) throw new Error(JSON.stringify(createProject.userErrors));
  return createProject.project;
}

/** Puts a person into a project; the test fails when it is refused. */
export async function makeCandidacy(client: TestClient, personId: string, projectId: string): Promise<{ id: string; stage: { id: string; name: string } } & Record<string, any>> {
  const { addCandidacy } = await client.must(documents.addCandidacy, { input: { id: newId('candidacy'), personId, projectId } });
  if (addCandidacy.candidacy === null) throw new Error(JSON.stringify(addCandidacy.userErrors));
  return addCandidacy.candidacy;
}

/** Notes what a candidate was promised; the test fails when it is refused. */
export async function makePromise(client: TestClient, candidacyId: string, input: { body?: string; dueOn?: string } = {}): Promise<{ id: string } & Record<string, any>> {
  const { addPromise } = await client.must(documents.addPromise, { input: { id: newId('promise'), candidacyId, body: 'Send the interview’s agenda', ...input } });
  if (addPromise.promise === null) throw new Error(JSON.stringify(addPromise.userErrors));
  return addPromise.promise;
}

/** A candidate of the firm who is in a conversation: of a person and a project that they must see nothing of. */
export async function makeCandidate(api: TestApi, firm: TestFirm): Promise<TestClient> {
  const { client } = firm.partner;
  const person = await makePerson(client, { name: 'Invited Kandidat' });
  const project = await makeProject(client, { name: 'Of the candidate' });
  const candidacy = await makeCandidacy(client, person.id, project.id);
  return (await enterAsCandidate(api, firm, await openConversation(api, firm, firm.partner, candidacy.id))).client;
}
