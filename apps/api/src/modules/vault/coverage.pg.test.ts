import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openConversation, type TestConversation } from '../../testing/candidates.ts';
import { makeFirm, type TestFirm, type TestPerson } from '../../testing/firm.ts';
import { makeCandidacy, makePerson, makeProject } from '../../testing/records.ts';
import { startTestApi, type TestApi } from '../../testing/startTestApi.ts';
import { beginLog, rosterOf, vaultDocuments } from '../../testing/vaults.ts';

let api: TestApi;
let firm: TestFirm;
let lead: TestPerson;
let researcher: TestPerson;
let projectId: string;
let conversation: TestConversation;
let teamRoom: string;

beforeAll(async () => {
  api = await startTestApi();
  firm = await makeFirm(api);
  lead = await firm.addMember('CONSULTANT');
  researcher = await firm.addMember('RESEARCHER');
});
beforeEach(async () => {
  projectId = (await makeProject(lead.client)).id;
  teamRoom = await beginLog(api, firm, lead, projectId, rosterOf([lead], [researcher]));
  conversation = await openConversation(api, firm, lead, (await makeCandidacy(lead.client, (await makePerson(lead.client)).id, projectId)).id);
});
afterAll(() => api.close());

/** Somebody writes an event under a session; `ago` in seconds. */
const write = (roomId: string, sessionId: string, ago = 0, sender = lead.mxid): void =>
  void api.matrix.rooms.get(roomId)?.encrypted.push({ sessionId, sender, sentAt: api.clock.now() - ago * 1000 });
const deposit = (person: TestPerson, ...sessionIds: string[]) =>
  person.client.must(vaultDocuments.deposit, { input: { projectId, deposits: sessionIds.map((sessionId) => ({ roomId: conversation.roomId, sessionId, epoch: 1, sealed: 'x' })) } });
const check = (person: TestPerson, ...checks: object[]) => person.client.must(vaultDocuments.check, { input: { projectId, checks } });
/** Looks after the rooms may be looked at again. */
const look = async (person = lead) => {
  api.clock.advance(5000);
  return (await person.client.must(vaultDocuments.coverage, { id: projectId }))['project'].vault.coverage;
};
const counts = ({ sessions, deposited, covered }: { sessions: number; deposited: number; covered: number }) => [sessions, deposited, covered];
const gapsIn = (coverage: { gaps: { sessionId: string }[] }) => coverage.gaps.map(({ sessionId }) => sessionId);

describe('coverage', () => {
  test('of a project in which nobody wrote is nothing', async () => {
    expect(await look()).toEqual({ sessions: 0, deposited: 0, covered: 0, readAt: expect.any(String), gaps: [] });
  });

  test('counts sessions of all rooms, those that were deposited, and those that another member found whole', async () => {
    for (const session of ['covered', 'covered', 'unchecked', 'bad', 'own', 'lost']) write(conversation.roomId, session);
    write(teamRoom, 'talk');
    await deposit(lead, 'covered', 'unchecked', 'bad', 'own');
    await check(researcher, { number: 1, reachesFirst: true }, { number: 3, reachesFirst: false });
    await check(lead, { number: 4, reachesFirst: true });
    expect(counts(await look())).toEqual([6, 4, 1]);
  });

  test('names what is missing, oldest first, with whose it is and where', async () => {
    write(conversation.roomId, 'later', 60);
    write(conversation.roomId, 'deposited', 90);
    write(teamRoom, 'oldest', 120, researcher.mxid);
    await deposit(lead, 'deposited');
    const { gaps } = await look();
    expect(gaps).toEqual([
      { roomId: teamRoom, conversationId: null, sessionId: 'oldest', senderMxid: researcher.mxid, since: expect.any(String), deposited: false },
      { roomId: conversation.roomId, conversationId: conversation.id, sessionId: 'deposited', senderMxid: lead.mxid, since: expect.any(String), deposited: true },
      { roomId: conversation.roomId, conversationId: conversation.id, sessionId: 'later', senderMxid: lead.mxid, since: expect.any(String), deposited: false },
    ]);
    expect(api.clock.now() - Date.parse(gaps[0].since)).toBeCloseTo(125_000, -3);
  });

  test('is closed by whoever held the key, once somebody else has opened it', async () => {
    write(conversation.roomId, 'lost');
    await deposit(lead, 'other');
    expect(gapsIn(await look())).toEqual(['lost']);
    await deposit(researcher, 'lost');
    expect(counts(await look())).toEqual([1, 1, 0]);
    await check(lead, { number: 2, reachesFirst: true });
    expect(await look()).toMatchObject({ sessions: 1, deposited: 1, covered: 1, gaps: [] });
  });

  test('is seen by a partner who is not on the project; nobody else sees the project', async () => {
    write(conversation.roomId, 'one');
    await deposit(lead, 'one');
    expect(counts(await look(firm.partner))).toEqual([1, 1, 0]);
  });

  test('lists as many gaps as are asked for', async () => {
    for (let at = 0; at < 30; at++) write(conversation.roomId, `s${at}`);
    await look();
    const ask = (first: number) => lead.client.ask('query ($id: ID!, $first: Int!) { project(id: $id) { vault { coverage { gaps(first: $first) { sessionId } } } } }', { id: projectId, first });
    expect((await ask(3)).data?.['project'].vault.coverage.gaps).toHaveLength(3);
    expect((await ask(0)).errors[0]?.extensions).toMatchObject({ refusal: 'OUT_OF_RANGE' });
  });
});

describe('the rooms are read', () => {
  const readFrom = async (): Promise<(string | null)[]> => {
    const asked: (string | null)[] = [];
    const { encryptedEvents } = api.matrix;
    api.matrix.encryptedEvents = (roomId, from) => {
      if (roomId === conversation.roomId) asked.push(from);
      return encryptedEvents(roomId, from);
    };
    await look().finally(() => (api.matrix.encryptedEvents = encryptedEvents));
    return asked;
  };

  test('page by page, and what is a minute old only once', async () => {
    for (let at = 0; at < 25; at++) write(conversation.roomId, `s${at}`, 120);
    expect(await readFrom()).toEqual([null, '10', '20', '25']);
    expect(await readFrom()).toEqual(['25']);
    expect(counts(await look())).toEqual([25, 0, 0]);
  });

  test('what is younger again: the homeserver may have put something before it', async () => {
    for (let at = 0; at < 12; at++) write(conversation.roomId, `old${at}`, 120);
    write(conversation.roomId, 'young');
    expect(await readFrom()).toEqual([null, '10', '13']);
    api.matrix.rooms.get(conversation.roomId)?.encrypted.splice(12, 0, { sessionId: 'late', sender: lead.mxid, sentAt: api.clock.now() });
    expect(await readFrom()).toEqual(['10', '14']);
    expect(gapsIn(await look())).toEqual(expect.arrayContaining(['late', 'young']));
  });

  test('not again within five seconds', async () => {
    await look();
    write(conversation.roomId, 'one');
    expect(counts((await lead.client.must(vaultDocuments.coverage, { id: projectId }))['project'].vault.coverage)).toEqual([0, 0, 0]);
    expect(counts(await look())).toEqual([1, 0, 0]);
  });

  test('not while the homeserver is down: what is known stands, with the time when it was', async () => {
    write(conversation.roomId, 'one');
    const before = await look();
    api.matrix.down = true;
    try {
      write(conversation.roomId, 'two');
      expect(await look()).toEqual(before);
      const other = await makeProject(lead.client);
      api.matrix.down = false;
      await beginLog(api, firm, lead, other.id);
      api.matrix.down = true;
      expect((await lead.client.must(vaultDocuments.coverage, { id: other.id }))['project'].vault.coverage).toMatchObject({ sessions: 0, readAt: null });
    } finally {
      api.matrix.down = false;
    }
    expect(counts(await look())).toEqual([2, 0, 0]);
  });
});
