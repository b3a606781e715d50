import { newId } from '@baton/base';
import type { TestClient } from './client.ts';

/* Interviews and what is kept of them, made through the API with as few words as a test needs. */

export const interviewFields = `id conversation { id } kind topic startsAt minutes host { accountId } state bookedAt
  calls { callId kind member { id } startedAt seconds over } rating { stars comment }`;
const scorecardFields = `author { id } scores { criterion { id name } score evidence } overall nextStep submittedAt`;
const noteFields = `id author { id } callId atSeconds body`;

const mutation = (name: string, result: string): string =>
  `mutation ($input: ${name[0]?.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { ${result} userErrors { field code } } }`;

export const interviewDocuments = {
  bookInterview: mutation('bookInterview', `interview { ${interviewFields} }`),
  moveInterview: mutation('moveInterview', `interview { ${interviewFields} }`),
  cancelInterview: mutation('cancelInterview', `interview { ${interviewFields} }`),
  recordCall: mutation('recordCall', `interview { ${interviewFields} }`),
  rateInterview: mutation('rateInterview', `interview { ${interviewFields} }`),
  saveInterviewNote: mutation('saveInterviewNote', `note { ${noteFields} }`),
  deleteInterviewNote: mutation('deleteInterviewNote', `note { ${noteFields} }`),
  saveScore: mutation('saveScore', `scorecard { ${scorecardFields} }`),
  saveScorecard: mutation('saveScorecard', `scorecard { ${scorecardFields} }`),
  submitScorecard: mutation('submitScorecard', `scorecard { ${scorecardFields} }`),
  setCriteria: mutation('setCriteria', 'project { version criteria { id name hint } }'),
  records: `query ($id: ID!) { interview(id: $id) { id notes { ${noteFields} } scorecards { ${scorecardFields} } calls { callId } rating { stars comment } } }`,
};

/** A command about interviews, as `send` takes it. */
export type InterviewCommand = Exclude<keyof typeof interviewDocuments, 'records'>;

/** Sends a command; returns its payload. */
export async function send(client: TestClient, command: InterviewCommand, input: object) {
  return (await client.must(interviewDocuments[command], { input }))[command];
}

/** As `send`, for what the command is not for: codes of the top-level errors. */
export async function attempt(client: TestClient, command: InterviewCommand, input: object): Promise<string[]> {
  return (await client.ask(interviewDocuments[command], { input })).codes;
}

/** Books an interview; the test fails when it is refused. */
export async function makeInterview(client: TestClient, conversationId: string, input: object = {}): Promise<{ id: string } & Record<string, any>> {
  const { interview, userErrors } = await send(client, 'bookInterview', { id: newId('interview'), conversationId, kind: 'VIDEO', ...input });
  if (interview === null) throw new Error(JSON.stringify(userErrors));
  return interview;
}

/** Sets a project's criteria to new ones of these names, in place of those it has; returns their ids. */
export async function makeCriteria(client: TestClient, project: { id: string; version: number }, ...names: string[]): Promise<string[]> {
  const criteria = names.map((name) => ({ id: newId('criterion'), name, hint: null }));
  const { userErrors } = await send(client, 'setCriteria', { projectId: project.id, expectedVersion: project.version, criteria });
  if (userErrors.length > 0) throw new Error(JSON.stringify(userErrors));
  return criteria.map(({ id }) => id);
}
