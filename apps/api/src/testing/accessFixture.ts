import { newId } from '@baton/base';
import { candidateInvitation, enterAsCandidate, openConversation, type TestConversation } from './candidates.ts';
import type { TestClient } from './client.ts';
import { certificateOf, makeFirm, nextLine, type TestFirm, type TestPerson } from './firm.ts';
import { makeCriteria, makeInterview, send } from './interviews.ts';
import { makeCandidacy, makePerson, makeProject, makePromise, type ProjectRecord } from './records.ts';
import * as vault from './signing.ts';
import type { TestApi } from './startTestApi.ts';
import { beginLog, lineContext, projectStateOf, vaultDocuments } from './vaults.ts';

/** A firm with one of everything, each with a word in it that nobody else may read, and those who try to. */
export interface AccessFixture {
  firm: TestFirm;
  lead: TestPerson;
  project: ProjectRecord;
  personId: string;
  noteId: string;
  candidacyId: string;
  promiseId: string;
  /** A candidacy without a conversation. */
  otherCandidacyId: string;
  conversation: TestConversation;
  /** In `conversation`. */
  counterpart: TestPerson;
  /** Opened and not claimed. */
  waiting: TestConversation;
  /** In `conversation`, with a call, a note, a submitted scorecard and a rating. */
  interviewId: string;
  criterionId: string;
  interviewNoteId: string;
  sessionId: string;
  importId: string;
  /** Another partner's invitation of a colleague, sound but for who sends it. */
  colleagueInvitation: vault.MadeInvitation;
  /** A sound next line of the firm's log. */
  line: unknown;
  /** A sound next line of the project's log, and a sound handover. */
  projectLine: unknown;
  handover: unknown;
  /** A sound plan of a handover to the invited colleague. */
  plan: unknown;
  certificate: unknown;
  viewers: Readonly<Record<ViewerName, TestClient>>;
  /** Nobody of the four may ever read these. */
  secrets: readonly string[];
  /** Colleagues of the firm may read these, the others may not. */
  firmSecrets: readonly string[];
  /** An invitation that the lead signed for a conversation. */
  invitationTo(conversationId: string): vault.MadeInvitation;
  /** A digest of everything that the firm has stored. */
  digest(): Promise<string>;
}

export const viewerNames = ['stranger', 'outsider', 'candidate', 'anonymous'] as const;

/** Another firm's partner; a colleague who is not on the project; a candidate of another conversation; nobody. */
export type ViewerName = (typeof viewerNames)[number];

export async function makeAccessFixture(api: TestApi): Promise<AccessFixture> {
  const firm = await makeFirm(api);
  const [lead, outsider, stranger] = [await firm.addMember('CONSULTANT'), await firm.addMember('CONSULTANT'), (await makeFirm(api)).partner];
  const made = await makeProject(lead.client, { name: 'SECRET-PROJECT', clientName: 'SECRETCLIENT', publicTitle: 'SECRET-TITLE' });
  const [criterionId = ''] = await makeCriteria(lead.client, made, 'SECRET-CRITERION');
  const project = { ...made, version: made.version + 1 };
  const person = await makePerson(lead.client, { name: 'SECRETPERSON', tags: ['SECRETTAG'], handles: [{ kind: 'EMAIL', raw: 'secret@example.com' }] });
  const noteId = newId('note');
  await lead.client.must('mutation ($input: AddNoteInput!) { addNote(input: $input) { userErrors { code } } }', { input: { id: noteId, personId: person.id, body: 'SECRET-NOTE' } });
  const candidacyId = (await makeCandidacy(lead.client, person.id, project.id)).id;
  const promiseId = (await makePromise(lead.client, candidacyId, { body: 'SECRET-PROMISE' })).id;
  const conversation = await openConversation(api, firm, lead, candidacyId);
  const counterpart = await enterAsCandidate(api, firm, conversation);
  const { interviewId, interviewNoteId } = await interviewed(lead, counterpart, conversation.id, criterionId);
  const [second, third] = [await makePerson(lead.client, { name: 'Second' }), await makePerson(lead.client, { name: 'Third' })];
  const otherCandidacyId = (await makeCandidacy(lead.client, second.id, project.id)).id;
  const waiting = await openConversation(api, firm, lead, (await makeCandidacy(lead.client, third.id, project.id)).id);

  const teamRoomId = await beginLog(api, firm, lead, project.id);
  const deposits = [{ roomId: conversation.roomId, sessionId: 'SECRETSESSION', epoch: 1, sealed: 'SECRET-DEPOSIT' }];
  await lead.client.must(vaultDocuments.deposit, { input: { projectId: project.id, deposits } });

  const otherProject = await makeProject(outsider.client, { name: 'Elsewhere' });
  const theirs = await openConversation(api, firm, outsider, (await makeCandidacy(outsider.client, (await makePerson(outsider.client)).id, otherProject.id)).id);
  const candidate = await enterAsCandidate(api, firm, theirs);
  const [session] = await api.sql`select id from sessions where account_id = ${lead.accountId}`;
  const inviter = { account: firm.partner.accountId, organisation: firm.organisationId, root: firm.root.fingerprint, keys: firm.partner.keys };

  return {
    firm, lead, project, personId: person.id, noteId, candidacyId, promiseId, otherCandidacyId, conversation, counterpart, waiting,
    interviewId, criterionId, interviewNoteId,
    sessionId: session?.['id'] as string, importId: newId('import'),
    colleagueInvitation: vault.makeInvitation(inviter, { for: { kind: 'colleague', role: 'partner' }, now: api.clock.now() }),
    projectLine: vault.makeRotation(await lineContext(api, firm, lead), await projectStateOf(api, firm, project.id)),
    handover: vault.makeHandover(await lineContext(api, firm, lead), await projectStateOf(api, firm, project.id), { from: lead.accountId, to: outsider.accountId }),
    plan: vault.makeHandoverPlan({ account: lead.accountId, keys: lead.keys, now: api.clock.now() }, await projectStateOf(api, firm, project.id), { from: lead.accountId, to: newId('invitation') }),
    line: await nextLine(api, firm.partner, { type: 'role', account: lead.accountId, role: 'researcher' }),
    certificate: certificateOf(api, lead, 9),
    viewers: { stranger: stranger.client, outsider: outsider.client, candidate: candidate.client, anonymous: api.client() },
    secrets: ['SECRET-PROJECT', 'SECRET-PROMISE', 'SECRET-CRITERION', 'SECRET-TOPIC', 'SECRET-CALL', 'SECRET-MINUTES', 'SECRET-EVIDENCE', 'SECRET-STEP', 'SECRET-RATING', 'SECRET-TITLE', conversation.roomId, conversation.invitation.sealedSecret, waiting.roomId, waiting.invitation.sealedSecret, counterpart.mxid, teamRoomId, 'SECRETSESSION', 'SECRET-DEPOSIT'],
    firmSecrets: ['SECRETPERSON', 'SECRETCLIENT', 'SECRETTAG', 'SECRET-NOTE', 'secret@example.com', lead.email, firm.partner.email],
    invitationTo: (conversationId) => candidateInvitation(api, firm, lead, conversationId),
    digest: () => digestOf(api, firm.organisationId),
  };
}

/** An interview that was held, with everything that is kept of one. */
async function interviewed(lead: TestPerson, counterpart: TestPerson, conversationId: string, criterionId: string): Promise<{ interviewId: string; interviewNoteId: string }> {
  const interviewId = (await makeInterview(lead.client, conversationId, { topic: 'SECRET-TOPIC' })).id;
  const interviewNoteId = newId('interviewNote');
  await send(lead.client, 'recordCall', { interviewId, callId: 'SECRET-CALL', kind: 'VIDEO', seconds: 1800, over: true });
  await send(lead.client, 'saveInterviewNote', { id: interviewNoteId, interviewId, body: 'SECRET-MINUTES' });
  await send(lead.client, 'saveScore', { interviewId, criterionId, score: 3, evidence: 'SECRET-EVIDENCE' });
  await send(lead.client, 'saveScorecard', { interviewId, overall: 3, nextStep: 'SECRET-STEP' });
  await send(lead.client, 'submitScorecard', { interviewId });
  await send(counterpart.client, 'rateInterview', { interviewId, stars: 4, comment: 'SECRET-RATING' });
  return { interviewId, interviewNoteId };
}

async function digestOf(api: TestApi, organisationId: string): Promise<string> {
  const tables = await api.sql<{ table: string; column: string }[]>`
    select table_name as "table", min(column_name) as "column" from information_schema.columns
    where table_schema = 'public' and (column_name = 'organisation_id' or (table_name = 'organisations' and column_name = 'id')) group by table_name order by table_name`;
  const parts: string[] = [];
  for (const { table, column } of tables) {
    // When somebody was last seen changes by looking.
    const [row] = await api.sql<{ digest: string }[]>`
      select coalesce(md5(string_agg((to_jsonb(t) - 'last_seen_at')::text, '|' order by to_jsonb(t)::text)), '') as digest from ${api.sql(table)} t where ${api.sql(column)} = ${organisationId}`;
    parts.push(`${table} ${row?.digest}`);
  }
  return parts.join('\n');
}
