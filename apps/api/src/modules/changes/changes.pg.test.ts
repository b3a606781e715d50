import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { enterAsCandidate, openConversation, type TestConversation } from '../../testing/candidates.ts';
import { makeFirm, type TestFirm, type TestPerson } from '../../testing/firm.ts';
import { makeCandidacy, makePerson, makeProject, recordDocuments } from '../../testing/records.ts';
import { startTestApi, testOrigin, type TestApi } from '../../testing/startTestApi.ts';
import { nextChange, type Heard } from '../../testing/subscribe.ts';

let api: TestApi;
let firm: TestFirm;
let lead: TestPerson;
let projectId: string;
let conversation: TestConversation;

beforeAll(async () => {
  api = await startTestApi();
  firm = await makeFirm(api);
  lead = await firm.addMember('CONSULTANT');
  projectId = (await makeProject(lead.client)).id;
  conversation = await openConversation(api, firm, lead, (await makeCandidacy(lead.client, (await makePerson(lead.client)).id, projectId)).id);
});
afterAll(() => api.close());

const hears = (person: TestPerson, act: () => unknown): Promise<Heard> => nextChange(api, testOrigin, person.client.cookie(), async () => void (await act()));
const touch = (topic: 'CONVERSATION' | 'PROJECT', id: string) => () => api.services.changes.publish({ topic, id, organisationId: firm.organisationId });

describe('changes', () => {
  test('tells the recruiter that the candidate came', async () => {
    const heard = await hears(lead, () => enterAsCandidate(api, firm, conversation));
    expect(heard).toEqual({ change: { topic: 'CONVERSATION', id: conversation.id } });
  });

  test('tells a candidate of their conversation, and of nothing else', async () => {
    const other = await openConversation(api, firm, lead, (await makeCandidacy(lead.client, (await makePerson(lead.client)).id, projectId)).id);
    const candidate = await enterAsCandidate(api, firm, other);
    expect(await hears(candidate, touch('CONVERSATION', other.id))).toEqual({ change: { topic: 'CONVERSATION', id: other.id } });
    expect(await hears(candidate, touch('CONVERSATION', conversation.id))).toEqual({ silent: true });
    expect(await hears(candidate, touch('PROJECT', projectId))).toEqual({ silent: true });
  });

  test('leaves out of a burst what is not for them, and tells the rest of it', async () => {
    const other = await openConversation(api, firm, lead, (await makeCandidacy(lead.client, (await makePerson(lead.client)).id, projectId)).id);
    const candidate = await enterAsCandidate(api, firm, other);
    const burst = () => [touch('PROJECT', projectId), touch('CONVERSATION', conversation.id), touch('CONVERSATION', other.id)].forEach((hint) => hint());
    expect(await hears(candidate, burst)).toEqual({ change: { topic: 'CONVERSATION', id: other.id } });
    expect(await hears(lead, burst)).toEqual({ change: { topic: 'PROJECT', id: projectId } });
  });

  test('asks anew for each hint whether it may be told', async () => {
    const person = await firm.addMember('CONSULTANT');
    const members = (ids: string[]) => ({ input: { projectId, members: [{ memberId: lead.accountId, role: 'LEAD' }, ...ids.map((memberId) => ({ memberId, role: 'MEMBER' }))] } });
    await lead.client.must(recordDocuments.setMembers, members([person.accountId]));
    expect(await hears(person, touch('PROJECT', projectId))).toEqual({ change: { topic: 'PROJECT', id: projectId } });
    const heard = await hears(person, async () => {
      await lead.client.must(recordDocuments.setMembers, members([]));
      touch('PROJECT', projectId)();
    });
    expect(heard).toEqual({ silent: true });
  });

  test('never crosses firms', async () => {
    const stranger = (await makeFirm(api)).partner;
    expect(await hears(stranger, touch('PROJECT', projectId))).toEqual({ silent: true });
  });

  test('ends with the session', async () => {
    const person = await firm.addMember('RESEARCHER');
    expect(await hears(person, () => person.client.must('mutation { signOut { signedOut } }'))).toEqual({ closed: 4401 });
  });

  test('is not for whoever is not signed in', async () => {
    expect(await nextChange(api, testOrigin, '', () => {})).toEqual({ refused: 'UNAUTHENTICATED' });
  });
});
