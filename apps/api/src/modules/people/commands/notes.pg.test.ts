import { newId } from '@baton/base';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TestClient } from '../../../testing/client.ts';
import { makeFirm, type TestFirm, type TestPerson } from '../../../testing/firm.ts';
import { makeCandidate, makePerson } from '../../../testing/records.ts';
import { startTestApi, type TestApi } from '../../../testing/startTestApi.ts';

let api: TestApi;
let firm: TestFirm;
let other: TestFirm;
let consultant: TestPerson;
let researcher: TestPerson;
let candidate: TestClient;
let partner: TestClient;

beforeAll(async () => {
  api = await startTestApi();
  firm = await makeFirm(api);
  other = await makeFirm(api);
  partner = firm.partner.client;
  consultant = await firm.addMember('CONSULTANT');
  researcher = await firm.addMember('RESEARCHER');
  candidate = await makeCandidate(api, firm);
});
afterAll(() => api.close());

const addNote = `mutation ($input: AddNoteInput!) { addNote(input: $input) { person { notes { id body } } note { id body author { id } } userErrors { field code } } }`;
const updateNote = `mutation ($input: UpdateNoteInput!) { updateNote(input: $input) { note { id body } userErrors { field code } } }`;
const deleteNote = `mutation ($input: DeleteNoteInput!) { deleteNote(input: $input) { person { notes { id } } note { id } userErrors { code } } }`;

describe('notes', () => {
  const written = async (client: TestClient, personId: string, body = '第一次通话\n谈得不错') => {
    const id = newId('note');
    return { id, ...(await client.must(addNote, { input: { id, personId, body } }))['addNote'] };
  };

  test('the newest stands first, with its author', async () => {
    const person = await makePerson(partner);
    const first = await written(researcher.client, person.id);
    const second = await written(partner, person.id, 'later');
    expect(first.note).toEqual({ id: first.id, body: '第一次通话\n谈得不错', author: { id: researcher.accountId } });
    expect(second.person.notes.map((note: { id: string }) => note.id)).toEqual([second.id, first.id]);
  });

  test('sent twice, is written once, and a deleted one does not come back', async () => {
    const person = await makePerson(partner);
    const { id } = await written(partner, person.id);
    const again = { input: { id, personId: person.id, body: '第一次通话\n谈得不错' } };
    expect((await partner.must(addNote, again))['addNote'].person.notes).toHaveLength(1);
    expect((await partner.must(deleteNote, { input: { id } }))['deleteNote']).toEqual({ person: { notes: [] }, note: null, userErrors: [] });
    expect((await partner.must(deleteNote, { input: { id } }))['deleteNote'].userErrors).toEqual([]);
    expect((await partner.must(addNote, again))['addNote']).toMatchObject({ note: null, person: { notes: [] } });
    expect(await api.sql`select body from notes where id = ${id}`).toEqual([{ body: '-' }]);
  });

  test('its author rewrites it, nobody else', async () => {
    const person = await makePerson(partner);
    const { id } = await written(researcher.client, person.id);
    expect((await researcher.client.must(updateNote, { input: { id, body: 'better' } }))['updateNote'].note.body).toBe('better');
    expect((await partner.ask(updateNote, { input: { id, body: 'mine' } })).codes).toEqual(['FORBIDDEN']);
    expect((await other.partner.client.ask(updateNote, { input: { id, body: 'x' } })).codes).toEqual(['NOT_FOUND']);
  });

  test('its author or a partner deletes it', async () => {
    const person = await makePerson(partner);
    const { id } = await written(researcher.client, person.id);
    expect((await consultant.client.ask(deleteNote, { input: { id } })).codes).toEqual(['FORBIDDEN']);
    expect((await other.partner.client.ask(deleteNote, { input: { id } })).codes).toEqual(['NOT_FOUND']);
    expect((await partner.must(deleteNote, { input: { id } }))['deleteNote'].userErrors).toEqual([]);
  });

  test.each([['an empty body', ' \n ', 'REQUIRED'], ['20,001 letters', 'x'.repeat(20_001), 'TOO_LONG']])('refuses %s', async (_what, body, code) => {
    const person = await makePerson(partner);
    expect((await written(partner, person.id, body)).userErrors).toEqual([{ field: 'body', code }]);
  });

  test('another firm writes none, and a candidate reads none', async () => {
    const person = await makePerson(partner);
    const note = { input: { id: newId('note'), personId: person.id, body: 'x' } };
    expect((await other.partner.client.ask(addNote, note)).codes).toEqual(['NOT_FOUND']);
    expect((await candidate.ask(addNote, note)).codes).toEqual(['FORBIDDEN']);
  });
});
