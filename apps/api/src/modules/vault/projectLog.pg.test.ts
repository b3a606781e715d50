import { newId } from '@baton/base';
import type { ProjectLogStatement, RosterEntry, Signed } from '@baton/vault/verify';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { asRole } from '../../testing/asRole.ts';
import { enterAsCandidate, openConversation, type TestConversation } from '../../testing/candidates.ts';
import { appendLog, makeFirm, type TestFirm, type TestPerson } from '../../testing/firm.ts';
import { homeserverDone, homeserverTried } from '../../testing/matrixTasks.ts';
import { makeCandidacy, makePerson, makeProject, recordDocuments } from '../../testing/records.ts';
import * as vault from '../../testing/signing.ts';
import { startTestApi, testOrigin, type TestApi } from '../../testing/startTestApi.ts';
import { nextChange } from '../../testing/subscribe.ts';
import { beginLog, genesisOf, lineContext, projectStateOf, rosterOf, sendLine, vaultDocuments, type Signer } from '../../testing/vaults.ts';

let api: TestApi;
let firm: TestFirm;
let partner: TestPerson;
let lead: TestPerson;
let colleague: TestPerson;
let researcher: TestPerson;
let stranger: TestPerson;
let projectId: string;

beforeAll(async () => {
  api = await startTestApi();
  firm = await makeFirm(api);
  partner = firm.partner;
  lead = await firm.addMember('CONSULTANT');
  colleague = await firm.addMember('CONSULTANT');
  researcher = await firm.addMember('RESEARCHER');
  stranger = (await makeFirm(api)).partner;
});
beforeEach(async () => {
  projectId = (await makeProject(lead.client, { members: [{ memberId: researcher.accountId, role: 'MEMBER' }] })).id;
});
afterAll(() => api.close());

const roster = (): RosterEntry[] => rosterOf([lead], [researcher]);
const begin = (): Promise<string> => beginLog(api, firm, lead, projectId, roster());
const next = async (signer: Signer, to: readonly RosterEntry[]) => vault.makeRosterChange(await lineContext(api, firm, signer), await projectStateOf(api, firm, projectId), to);
const handover = async (signer: Signer, from: TestPerson, to: TestPerson) =>
  vault.makeHandover(await lineContext(api, firm, signer), await projectStateOf(api, firm, projectId), { from: from.accountId, to: to.accountId });
const send = async (sender: TestPerson, line: unknown, command?: 'append' | 'handOver') => {
  const answer = await sendLine(sender.client, projectId, line, command);
  await (api.matrix.down ? homeserverTried(api) : homeserverDone(api));
  return answer;
};
const codesOf = async (sender: TestPerson, line: unknown, command?: 'append' | 'handOver'): Promise<string[]> => (await send(sender, line, command)).userErrors.map((error: { code: string }) => error.code);
const joined = (roomId: string): string[] => [...(api.matrix.rooms.get(roomId)?.joined ?? [])].sort();
const mxids = (...people: TestPerson[]): string[] => people.map((person) => person.mxid).sort();
const lines = async () => (await api.sql`select seq from project_log where project_id = ${projectId}`).length;
const newConversation = async (opener = lead, on = projectId): Promise<TestConversation> =>
  openConversation(api, firm, opener, (await makeCandidacy(opener.client, (await makePerson(opener.client)).id, on)).id);
const ownerOf = async ({ id }: TestConversation): Promise<string> => (await api.sql`select owner_id from conversations where id = ${id}`)[0]?.['owner_id'] as string;

describe('a project’s first line', () => {
  test('makes its roster the members, and a room for them', async () => {
    const { project, userErrors } = await send(lead, await genesisOf(api, firm, lead, projectId, rosterOf([lead], [colleague])));
    expect(userErrors).toEqual([]);
    expect(project.members).toEqual([{ role: 'LEAD', member: { id: lead.accountId } }, { role: 'MEMBER', member: { id: colleague.accountId } }]);
    expect(joined(project.vault.teamRoomId)).toEqual(mxids(lead, colleague));
    expect((await researcher.client.must('query ($id: ID!) { project(id: $id) { id } }', { id: projectId }))['project']).toBeNull();
  });

  test('sent again, or by two at once, counts once', async () => {
    const [one, other] = [await genesisOf(api, firm, lead, projectId, roster()), await genesisOf(api, firm, lead, projectId, roster())];
    const codes = await Promise.all([codesOf(lead, one), codesOf(lead, other)]);
    expect(codes.sort()).toEqual([[], ['CONFLICT']]);
    expect(await codesOf(lead, one)).toEqual(['CONFLICT']);
    expect([...api.matrix.rooms.values()].filter((room) => room.key === projectId)).toHaveLength(1);
  });

  test('is tried again when the homeserver was down, and leaves nothing before that', async () => {
    const line = await genesisOf(api, firm, lead, projectId, roster());
    api.matrix.down = true;
    const { userErrors } = await sendLine(lead.client, projectId, line).finally(() => (api.matrix.down = false));
    expect(userErrors).toEqual([{ code: 'MATRIX_UNAVAILABLE', field: null }]);
    expect(await lines()).toBe(0);
    expect(await codesOf(lead, line)).toEqual([]);
  });

  test('ends the part of a partner who looked after a conversation without being on the project', async () => {
    const conversation = await newConversation(partner);
    expect(joined(conversation.roomId)).toContain(partner.mxid);
    await begin();
    expect(joined(conversation.roomId)).toEqual(mxids(lead, researcher));
    expect(await ownerOf(conversation)).toBe(lead.accountId);
    const other = await makeCandidacy(partner.client, (await makePerson(partner.client)).id, projectId);
    await expect(openConversation(api, firm, partner, other.id)).rejects.toThrow('FORBIDDEN');
  });
});

describe('a change of the roster', () => {
  test('counts although somebody came to the firm since it was signed', async () => {
    await begin();
    const line = await next(lead, rosterOf([lead], [researcher, colleague]));
    await firm.addMember('RESEARCHER');
    expect(await codesOf(lead, line)).toEqual([]);
  });

  test('lets a newcomer into every room of the project, under the same key', async () => {
    const conversation = await newConversation();
    const teamRoom = await begin();
    expect(await codesOf(lead, await next(lead, rosterOf([lead], [researcher, colleague])))).toEqual([]);
    expect([joined(conversation.roomId), joined(teamRoom)]).toEqual([mxids(lead, researcher, colleague), mxids(lead, researcher, colleague)]);
    expect((await projectStateOf(api, firm, projectId)).epochs).toHaveLength(1);
  });

  test('takes a leaver out of every room, and out of the record, under a new key', async () => {
    const conversation = await newConversation();
    const teamRoom = await begin();
    const { project } = await send(lead, await next(lead, rosterOf([lead])));
    expect(project.members).toHaveLength(1);
    for (const roomId of [conversation.roomId, teamRoom]) {
      expect(joined(roomId)).toEqual(mxids(lead));
      expect([...(api.matrix.rooms.get(roomId)?.removed ?? [])]).toEqual([researcher.mxid]);
    }
    const seen = await researcher.client.must('query ($id: ID!, $conversation: ID!) { project(id: $id) { id } teamRooms { projectId } conversationVault(conversationId: $conversation) { log } }', { id: projectId, conversation: conversation.id });
    expect(seen).toEqual({ project: null, teamRooms: expect.not.arrayContaining([{ projectId }]), conversationVault: null });
    expect((await projectStateOf(api, firm, projectId)).epochs).toHaveLength(2);
  });

  test('gives the threads of who left to the lead', async () => {
    await beginLog(api, firm, lead, projectId, rosterOf([lead], [colleague]));
    const conversation = await newConversation(colleague);
    await send(lead, await next(lead, rosterOf([lead])));
    expect(await ownerOf(conversation)).toBe(lead.accountId);
  });

  test('makes a member lead, who may change it from then on', async () => {
    await beginLog(api, firm, lead, projectId, rosterOf([lead], [colleague]));
    await send(lead, await next(lead, rosterOf([lead, colleague])));
    const { project, userErrors } = await send(colleague, await next(colleague, rosterOf([colleague])));
    expect([project.members.map((each: { member: { id: string } }) => each.member.id), userErrors]).toEqual([[colleague.accountId], []]);
  });

  test('by whoever takes themself off answers with no project', async () => {
    await beginLog(api, firm, lead, projectId, rosterOf([lead, colleague]));
    expect(await send(lead, await next(lead, rosterOf([colleague])))).toEqual({ project: null, userErrors: [] });
  });

  test('is told to who is on the project, and to the candidates', async () => {
    const conversation = await newConversation();
    const candidate = await enterAsCandidate(api, firm, conversation);
    await begin();
    const line = await next(lead, rosterOf([lead], [researcher, colleague]));
    expect(await nextChange(api, testOrigin, candidate.client.cookie(), async () => void (await send(lead, line)))).toEqual({ change: { topic: 'CONVERSATION', id: conversation.id } });
    const rotation = vault.makeRotation(await lineContext(api, firm, lead), await projectStateOf(api, firm, projectId));
    expect(await nextChange(api, testOrigin, researcher.client.cookie(), async () => void (await send(lead, rotation)))).toEqual({ change: { topic: 'PROJECT', id: projectId } });
  });

  test('while the homeserver is down stands all the same, and the rooms follow', async () => {
    const conversation = await newConversation();
    const teamRoom = await begin();
    const line = await next(lead, rosterOf([lead]));
    api.matrix.down = true;
    expect(await codesOf(lead, line).finally(() => (api.matrix.down = false))).toEqual([]);
    expect(joined(teamRoom)).toContain(researcher.mxid);
    api.clock.advance(5000);
    await api.services.matrixTasks.run();
    await homeserverDone(api);
    expect([joined(conversation.roomId), joined(teamRoom)]).toEqual([mxids(lead), mxids(lead)]);
  });

  test('setProjectMembers makes none any more', async () => {
    const set = () => lead.client.must(recordDocuments.setMembers, { input: { projectId, members: [{ memberId: lead.accountId, role: 'LEAD' }] } });
    await begin();
    expect((await set())['setProjectMembers']).toEqual({ project: null, userErrors: [{ field: 'members', code: 'MEMBERS_IN_LOG' }] });
  });
});

describe('who may append', () => {
  test('leads and partners of the firm: members, outsiders, other firms and candidates not', async () => {
    const candidate = await enterAsCandidate(api, firm, await newConversation());
    await begin();
    const line = await next(lead, rosterOf([lead]));
    for (const command of ['appendProjectLog', 'handOverProject'] as const) {
      const document = `mutation ($input: ${command === 'appendProjectLog' ? 'Append' : 'HandOver'}Project${command === 'appendProjectLog' ? 'Log' : ''}Input!) { ${command}(input: $input) { userErrors { code } } }`;
      const refusal = async (person: TestPerson) => (await person.client.ask(document, { input: { projectId, entry: line } })).codes;
      expect([await refusal(researcher), await refusal(colleague), await refusal(stranger), await refusal(candidate)]).toEqual([['FORBIDDEN'], ['NOT_FOUND'], ['NOT_FOUND'], ['FORBIDDEN']]);
    }
    expect(await lines()).toBe(1);
  });

  test('nobody sends a line in another’s name', async () => {
    await beginLog(api, firm, lead, projectId, rosterOf([lead, colleague]));
    expect(await codesOf(colleague, await next(lead, rosterOf([colleague])))).toEqual(['STATEMENT_INVALID']);
    expect(await codesOf(partner, await next(lead, rosterOf([colleague])))).toEqual(['STATEMENT_INVALID']);
  });

  test('what the recovery kit signed is sent by a partner, who need not be on the project', async () => {
    await begin();
    const line = await next(firm.root, rosterOf([lead, partner]));
    expect(await codesOf(lead, line)).toEqual(['STATEMENT_INVALID']);
    expect(await codesOf(partner, line)).toEqual([]);
    const foreign = { ...line!, statement: { ...line!.statement, seq: 2 } };
    expect(await codesOf(partner, foreign)).toEqual(['CONFLICT']);
  });
});

describe('a line that does not hold is refused, and stands in nobody’s way:', () => {
  type Line = Signed<ProjectLogStatement>;
  const resigned = async (change: (statement: ProjectLogStatement) => ProjectLogStatement): Promise<Line> => {
    const sound = (await next(lead, rosterOf([lead]))) as Line;
    return { ...sound, statement: change(sound.statement) };
  };
  test.each<[string, () => Promise<unknown>, string]>([
    ['something else', async () => ({ statement: { seq: 1 } }), 'STATEMENT_INVALID'],
    ['one that was changed after it was signed', () => resigned((statement) => ({ ...statement, at: new Date(0).toISOString() })), 'STATEMENT_INVALID'],
    ['one of another project', async () => {
      const other = (await makeProject(lead.client)).id;
      await beginLog(api, firm, lead, other);
      return vault.makeRotation(await lineContext(api, firm, lead), await projectStateOf(api, firm, other));
    }, 'STATEMENT_INVALID'],
    ['one that leaves somebody without the key', () => resigned((statement) => ({ ...statement, wraps: [] })), 'STATEMENT_INVALID'],
    ['one after an older line', async () => {
      const line = await next(lead, rosterOf([lead]));
      await send(lead, await next(lead, rosterOf([lead], [researcher, colleague])));
      return line;
    }, 'CONFLICT'],
    ['a handover, which has a command of its own', () => handover(lead, lead, colleague), 'STATEMENT_INVALID'],
  ])('%s', async (_what, make, code) => {
    await begin();
    const line = await make();
    const before = await lines();
    expect(await codesOf(lead, line)).toEqual([code]);
    expect(await lines()).toBe(before);
    expect(await codesOf(lead, vault.makeRotation(await lineContext(api, firm, lead), await projectStateOf(api, firm, projectId)))).toEqual([]);
  });

  test.each<[string, () => RosterEntry[], string]>([
    ['a stranger', () => rosterOf([lead], [stranger]), 'UNKNOWN_MEMBER'],
    ['nobody to lead', () => rosterOf([], [lead, colleague]), 'LEAD_MISSING'],
    ['a researcher as lead', () => rosterOf([lead, researcher]), 'ROSTER_INVALID'],
  ])('a roster with %s', async (_what, wanted, code) => {
    // Whoever signs here knows a firm of their own making: the maker of lines would not seal to such a roster.
    const signed = async () => {
      const context = await lineContext(api, firm, lead);
      const known = context.organisation.members[lead.accountId]!;
      const members = { ...context.organisation.members, [stranger.accountId]: { ...known, identity: { ...known.identity, account: stranger.accountId } } };
      return vault.makeProjectGenesis({ ...context, organisation: { ...context.organisation, members } }, projectId, wanted());
    };
    expect(await codesOf(lead, await signed())).toEqual([code]);
    expect(await lines()).toBe(0);
    await begin();
  });

  test('one that lets somebody in whom the firm has let go since it was made', async () => {
    const gone = await firm.addMember('CONSULTANT');
    await begin();
    const line = await next(lead, rosterOf([lead], [researcher, gone]));
    await appendLog(api, partner, { type: 'revoke', account: gone.accountId, reason: 'gone' });
    expect(await codesOf(lead, line)).toEqual(['REVOKED_MEMBER']);
  });
});

describe('handOverProject', () => {
  test('leaves the names of who was on the team to what they wrote there', async () => {
    await begin();
    await send(lead, await handover(lead, lead, colleague), 'handOver');
    const { teamRooms } = await colleague.client.must('{ teamRooms { projectId team { accountId } formerTeam { accountId name mxid } } }');
    expect(teamRooms.find((room: { projectId: string }) => room.projectId === projectId)).toEqual({
      projectId, team: expect.arrayContaining([{ accountId: colleague.accountId }, { accountId: researcher.accountId }]),
      formerTeam: [{ accountId: lead.accountId, name: lead.name, mxid: lead.mxid }],
    });
  });

  test('gives the project, its threads and its rooms to the successor, and tells the candidates', async () => {
    const [mine, theirs] = [await newConversation(), await newConversation()];
    const teamRoom = await begin();
    const { project, userErrors } = await send(lead, await handover(lead, lead, colleague), 'handOver');
    expect([project, userErrors]).toEqual([null, []]);
    expect(await Promise.all([mine, theirs].map(ownerOf))).toEqual([colleague.accountId, colleague.accountId]);
    for (const roomId of [mine.roomId, theirs.roomId, teamRoom]) {
      expect(joined(roomId)).toEqual(mxids(colleague, researcher));
      expect([...(api.matrix.rooms.get(roomId)?.removed ?? [])]).toEqual([lead.mxid]);
    }
    const told = (roomId: string) => api.matrix.rooms.get(roomId)?.state;
    expect([mine.roomId, theirs.roomId, teamRoom].map(told)).toEqual([[{ type: 'com.baton.handover', key: '1', content: { seq: 1 } }], [{ type: 'com.baton.handover', key: '1', content: { seq: 1 } }], []]);
    expect((await colleague.client.must('query ($id: ID!) { project(id: $id) { members { role member { id } } } }', { id: projectId }))['project'].members[0]).toEqual({ role: 'LEAD', member: { id: colleague.accountId } });
    expect((await lead.client.ask('mutation ($input: AppendProjectLogInput!) { appendProjectLog(input: $input) { userErrors { code } } }', { input: { projectId, entry: {} } })).codes).toEqual(['NOT_FOUND']);
  });

  test('brings the successor where somebody wrote last, then into the team’s room, and on from there, before anybody goes', async () => {
    const rooms: string[] = [];
    for (let count = 0; count < 7; count++) rooms.push((await newConversation()).roomId);
    const teamRoom = await begin();
    const writtenIn = [5, 0, 6, 2, 4].map((at) => rooms[at]!);
    for (const roomId of writtenIn) await lead.client.must(vaultDocuments.deposit, { input: { projectId, deposits: [{ roomId, sessionId: 's', epoch: 1, sealed: 'x' }] } });
    const line = await handover(lead, lead, colleague);
    api.matrix.down = true;
    expect(await codesOf(lead, line, 'handOver').finally(() => (api.matrix.down = false))).toEqual([]);
    const ordered = (await api.sql`select payload from matrix_tasks order by id`).map((row) => row['payload'] as { kind: string; roomId: string });
    const [first, ...others] = [...writtenIn.toReversed(), rooms[3]!, rooms[1]!];
    const newest = [first, teamRoom, ...others];
    const kinds = ordered.map(({ kind }) => kind).filter((kind) => kind !== 'set-state');
    expect(kinds).toEqual([...Array<string>(8).fill('join'), ...Array<string>(8).fill('remove')]);
    for (const kind of ['join', 'remove']) expect(ordered.filter((task) => task.kind === kind).map(({ roomId }) => roomId)).toEqual(newest);
    api.clock.advance(5000);
    await api.services.matrixTasks.run();
    await homeserverDone(api);
  });

  test('leaves the threads of others with them', async () => {
    await beginLog(api, firm, lead, projectId, rosterOf([lead, partner]));
    const conversation = await newConversation(partner);
    await send(lead, await handover(lead, lead, colleague), 'handOver');
    expect(await ownerOf(conversation)).toBe(partner.accountId);
  });

  test('takes a handover and nothing else', async () => {
    await begin();
    expect(await codesOf(lead, await next(lead, rosterOf([lead])), 'handOver')).toEqual(['STATEMENT_INVALID']);
  });

  test('is done with the recovery kit when the predecessor has gone, and the audit log says so', async () => {
    const leaver = await firm.addMember('CONSULTANT');
    const project = await makeProject(leaver.client);
    projectId = project.id;
    const teamRoom = await beginLog(api, firm, leaver, projectId);
    const conversation = await newConversation(leaver);
    await appendLog(api, partner, { type: 'revoke', account: leaver.accountId, reason: 'gone' });
    await homeserverDone(api);
    expect([joined(conversation.roomId), joined(teamRoom)], 'who has left the firm is out of every room at once').toEqual([[], []]);
    expect(await codesOf(partner, await handover(firm.root, leaver, colleague), 'handOver')).toEqual([]);
    expect([joined(conversation.roomId), joined(teamRoom)]).toEqual([mxids(colleague), mxids(colleague)]);
    expect(await ownerOf(conversation)).toBe(colleague.accountId);
    const { auditLog } = await partner.client.must('{ auditLog(first: 5) { edges { node { kind subjects } } } }');
    expect(auditLog.edges.map((edge: { node: object }) => edge.node)).toEqual([
      { kind: 'RECOVERY_KIT_USED', subjects: [projectId] },
      { kind: 'PROJECT_KEY_CHANGED', subjects: [projectId] },
      { kind: 'PROJECT_HANDED_OVER', subjects: [projectId, leaver.accountId, colleague.accountId] },
      { kind: 'PROJECT_MEMBER_REMOVED', subjects: [projectId, leaver.accountId] },
      { kind: 'PROJECT_LEAD_SET', subjects: [projectId, colleague.accountId] },
    ]);
  });
});

describe('a conversation that is opened while the roster changes', () => {
  /** The line comes after the room was made for the team as it was. */
  const openDuring = async (opener: TestPerson, line: unknown): Promise<TestConversation> => {
    const candidacy = await makeCandidacy(opener.client, (await makePerson(opener.client)).id, projectId);
    const { join } = api.matrix;
    api.matrix.join = async (roomId, mxid) => {
      await join(roomId, mxid);
      api.matrix.join = join;
      expect((await sendLine(lead.client, projectId, line)).userErrors).toEqual([]);
    };
    const conversation = await openConversation(api, firm, opener, candidacy.id).finally(() => (api.matrix.join = join));
    await homeserverDone(api);
    return conversation;
  };

  test('has nobody in it who has gone', async () => {
    await begin();
    const conversation = await openDuring(lead, await next(lead, rosterOf([lead])));
    expect(joined(conversation.roomId)).toEqual(mxids(lead));
  });

  test('is the lead’s, when who opened it belongs to it no more', async () => {
    const conversation = await openDuring(partner, await genesisOf(api, firm, lead, projectId, roster()));
    expect(joined(conversation.roomId)).toEqual(mxids(lead, researcher));
    expect(await ownerOf(conversation)).toBe(lead.accountId);
  });
});

describe('the log is given', () => {
  const ofProject = (person: TestPerson, after = -1) => person.client.must('query ($id: ID!, $after: Int!) { project(id: $id) { vault { projectId teamRoomId log(after: $after) } } }', { id: projectId, after });
  const ofConversation = async (person: TestPerson, { id }: TestConversation) =>
    (await person.client.must('query ($id: ID!) { conversationVault(conversationId: $id) { projectId log rest: log(after: 0) organisationLog } }', { id }))['conversationVault'];

  test('to who is on the project and to partners, from where they have it; there is none before it began', async () => {
    expect((await ofProject(lead))['project']).toEqual({ vault: null });
    await begin();
    await send(lead, await next(lead, rosterOf([lead], [researcher, colleague])));
    for (const person of [lead, researcher, partner]) expect((await ofProject(person))['project'].vault.log).toHaveLength(2);
    expect((await ofProject(lead, 0))['project'].vault.log[0].statement).toMatchObject({ seq: 1, change: { type: 'roster' } });
    expect((await ofProject(stranger))['project']).toBeNull();
  });

  test('to the conversation’s candidate, with the firm’s; to no other one, nor to who has left', async () => {
    const [conversation, elsewhere] = [await newConversation(), await newConversation(lead, (await makeProject(lead.client)).id)];
    const [candidate, other] = [await enterAsCandidate(api, firm, conversation), await enterAsCandidate(api, firm, elsewhere)];
    expect(await ofConversation(candidate, conversation)).toBeNull();
    await begin();
    const served = await ofConversation(candidate, conversation);
    expect([served.projectId, served.log.length, served.rest, served.organisationLog[0].statement.entry.type]).toEqual([projectId, 1, [], 'genesis']);
    expect(await ofConversation(researcher, conversation)).toEqual(served);
    expect([await ofConversation(other, conversation), await ofConversation(colleague, conversation), await ofConversation(stranger, conversation)]).toEqual([null, null, null]);
    await candidate.client.must('mutation ($id: ID!) { leaveConversation(input: { conversationId: $id }) { userErrors { code } } }', { id: conversation.id });
    expect(await ofConversation(candidate, conversation)).toBeNull();
  });

  test('team rooms to who is on the project', async () => {
    const roomId = await begin();
    const rooms = async (person: TestPerson) => (await person.client.must('{ teamRooms { projectId projectName roomId team { accountId name mxid } } }'))['teamRooms'].filter((room: { projectId: string }) => room.projectId === projectId);
    const [room] = await rooms(researcher);
    expect(room).toMatchObject({ projectName: 'Head of Platform', roomId });
    expect(room.team.map((each: { mxid: string }) => each.mxid).sort()).toEqual(mxids(lead, researcher));
    expect([await rooms(partner), await rooms(colleague)]).toEqual([[], []]);
  });
});

describe('row-level security', () => {
  const as = (person: TestPerson, role: string) => ({ account: person.accountId, organisation: person.organisationId, role });
  const insertLine = (settings: { account: string; organisation: string; role: string }, actor: string) =>
    asRole(api, settings, (sql) => sql`insert into project_log (organisation_id, project_id, seq, hash, actor, entry) values (${firm.organisationId}, ${projectId}, 1, 'x', ${actor}, '{}')`);

  test('shows logs and vaults to the project and to partners, and to nobody else', async () => {
    await begin();
    for (const table of ['project_log', 'project_vaults']) {
      const seen = async (person: TestPerson, role: string) => (await asRole(api, as(person, role), (sql) => sql`select project_id from ${sql(table)}`)).some((row) => row['project_id'] === projectId);
      expect([await seen(lead, 'CONSULTANT'), await seen(researcher, 'RESEARCHER'), await seen(partner, 'PARTNER')]).toEqual([true, true, true]);
      expect([await seen(colleague, 'CONSULTANT'), await seen(stranger, 'PARTNER'), await seen(lead, 'CANDIDATE'), await seen(lead, '')]).toEqual([false, false, false, false]);
    }
  });

  test('takes a line in one’s own name only, and the recovery kit’s from a partner', async () => {
    await begin();
    await expect(insertLine(as(colleague, 'CONSULTANT'), colleague.accountId)).rejects.toThrow(/row-level security/);
    await expect(insertLine(as(researcher, 'RESEARCHER'), lead.accountId)).rejects.toThrow(/row-level security/);
    await expect(insertLine(as(lead, 'CONSULTANT'), firm.organisationId)).rejects.toThrow(/row-level security/);
    await expect(insertLine(as(lead, 'CANDIDATE'), lead.accountId)).rejects.toThrow(/row-level security/);
  });

  test('lets nobody rewrite a log, nor write members beside it', async () => {
    await begin();
    for (const role of ['CONSULTANT', 'SYSTEM']) {
      await expect(asRole(api, as(lead, role), (sql) => sql`update project_log set actor = 'x'`)).rejects.toMatchObject({ code: '42501' });
      await expect(asRole(api, as(lead, role), (sql) => sql`delete from project_log`)).rejects.toMatchObject({ code: '42501' });
    }
    await expect(api.sql`update project_log set actor = 'x'`).rejects.toThrow('append-only');
    await expect(api.sql`truncate project_log cascade`).rejects.toThrow('append-only');
    const addMember = asRole(api, as(lead, 'CONSULTANT'), (sql) => sql`insert into project_members (organisation_id, project_id, account_id, role) values (${firm.organisationId}, ${projectId}, ${colleague.accountId}, 'LEAD')`);
    await expect(addMember).rejects.toThrow(/row-level security/);
    expect(await asRole(api, as(lead, 'CONSULTANT'), (sql) => sql`delete from project_members where project_id = ${projectId} returning 1`)).toEqual([]);
    expect(await asRole(api, as(partner, 'PARTNER'), (sql) => sql`update project_vaults set epoch = 9 where project_id = ${projectId} returning 1`)).toEqual([]);
  });
});

test('an unknown project is none', async () => {
  const { codes } = await lead.client.ask('mutation ($input: AppendProjectLogInput!) { appendProjectLog(input: $input) { userErrors { code } } }', { input: { projectId: newId('project'), entry: {} } });
  expect(codes).toEqual(['NOT_FOUND']);
});
