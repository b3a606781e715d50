import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { newId } from '@baton/base';
import { parseLink } from '@baton/vault';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { Stack } from '../../../scripts/services/startStack.ts';
import type { HeadlessClient } from '../../../scripts/headless/headlessClient.ts';
import { keyCanary, textCanary, type Canary } from '../../../scripts/testing/canaries/canary.ts';
import { findCanaries, type Hit } from '../../../scripts/testing/canaries/findCanaries.ts';
import { folderPlace } from '../../../scripts/testing/canaries/places/folder.ts';
import { postgresPlace } from '../../../scripts/testing/canaries/places/postgres.ts';
import { sqlitePlace } from '../../../scripts/testing/canaries/places/sqlite.ts';
import { runSql } from '../../../scripts/testing/runSql.ts';
import { startTestStack } from '../../../scripts/testing/stack.ts';
import { BoardAddCandidacyDocument, CreatePersonDocument, CreateProjectDocument } from '../src/generated/graphql.ts';
import { comeIn, setPassword } from './support/candidate.ts';
import { useDevices, type Device } from './support/devices.ts';
import { claim, hears, makeFirm, newEmail, openClient, ready, say, type Conversation, type Firm } from './support/firm.ts';
import { openThread, recover, signIn, type Credentials } from './support/recruiter.ts';
import { secretsOfAccount, secretsOfKit, secretsOfLink, secretsOfVault } from './support/secrets.ts';
import { composer, marked, message, reads, reply, write } from './support/thread.ts';

/*
 * No plaintext and no key on the servers. A story is told with sentences that nobody else would write, on a system of this
 * file's own; then both databases, the media store, the logs and every other file of the data folder are searched for them,
 * and for the keys behind them. What may stand there in clear is planted too: a search that does not find that finds nothing.
 */

const letters = (count: number, from: string, size: number): string => Array.from({ length: count }, () => String.fromCodePoint(from.codePointAt(0)! + randomInt(size))).join('');
/** A word that is in no language, another one in each run: also a part of a sentence is found by it. */
const oddWord = (): string => letters(14, 'a', 26);
const oddChinese = (): string => letters(6, '一', 20_000);

const said = {
  'a message before the link is opened': oddWord(),
  'a message behind a link that nobody opens': oddWord(),
  'a message in Chinese': oddChinese(),
  'a candidate’s message': oddWord(),
  'a candidate’s message in Chinese': oddChinese(),
  'an answer with a quote': oddWord(),
  'a recruiter’s draft': oddWord(),
  'a candidate’s draft': oddWord(),
  'a message of who is gone': oddWord(),
  'an answer to who is gone': oddWord(),
  'a brief in the team’s room': oddWord(),
  'a message of the successor': oddWord(),
};
interface Colleague extends Credentials {
  name: string;
}
/** The consultant who leaves, and who takes over. */
const [gone, successor] = ['Lena Hoff', 'Tomas Beran'].map((name) => ({ name, email: newEmail(name), password: 'purple lantern drifts home' })) as [Colleague, Colleague];
const handedOver = { id: newId('project'), name: 'Head of Treasury' };
const inClear = { 'a name': `Priya ${oddWord()}`, 'a Chinese name': oddChinese(), 'a note': oddWord(), 'a note in Chinese': oddChinese(), 'an address': oddWord(), 'a picture': oddWord() };

const devices = useDevices();
const priya = { email: newEmail('Priya'), password: 'nine copper kettles whistle' };
const newPassword = 'eleven amber ferries turn';
let stack: Stack;
/** Two of these open what was handed over. */
let kitParts: string[][] = [];
let firm: Firm;
let talk: Conversation;
let unopened: Conversation;
let laptop: Device;
let phone: Device;

beforeAll(async () => {
  stack = await startTestStack(inject('runFolder'));
  firm = await makeFirm({ origin: stack.origin });
  talk = await firm.openConversation(inClear['a name']);
  unopened = await firm.openConversation(inClear['a Chinese name'], `Our client is ${said['a message behind a link that nobody opens']}.`);
  [laptop, phone] = await Promise.all([devices.open({ origin: stack.origin }), devices.open({ origin: stack.origin, phone: true })]);
});
afterAll(() => stack.stop());

const homeserver = (): string => join(stack.folder, 'synapse', 'homeserver.db');

function ask<T>(query: string): T[] {
  const database = new DatabaseSync(homeserver(), { readOnly: true });
  try {
    return database.prepare(query).all() as T[];
  } finally {
    database.close();
  }
}

describe('what is said', () => {
  test('by a recruiter, before the candidate comes', async () => {
    const { page } = laptop;
    await signIn(page, firm.partner);
    await openThread(page, talk.candidate);
    await write(page, `The pay is ${said['a message before the link is opened']} a year.`);
    await write(page, `年薪是${said['a message in Chinese']}。`);
    await marked(page, said['a message in Chinese'], 'Sent');
  });

  test('by a candidate, who also sets a password', async () => {
    const { page } = phone;
    await comeIn(page, talk.link);
    await reads(page, said['a message before the link is opened']);
    await write(page, `My notice period is ${said['a candidate’s message']}.`);
    await write(page, `我住在${said['a candidate’s message in Chinese']}。`);
    await setPassword(page, priya);
  });

  test('in an answer that quotes', async () => {
    await reply(laptop.page, said['a candidate’s message'], `So you could begin in ${said['an answer with a quote']}.`);
    await message(phone.page, said['an answer with a quote']).getByText(said['a candidate’s message']).waitFor();
  });

  test('in drafts that are typed and left', async () => {
    await composer(laptop.page).fill(`By the way, ${said['a recruiter’s draft']}`);
    await composer(phone.page).fill(`May I ask about ${said['a candidate’s draft']}`);
    await expect.poll(() => ask(`select 1 from room_account_data where account_data_type = 'com.baton.draft'`).length, { timeout: 10_000 }).toBe(2);
  });
});

describe('what is handed over', () => {
  let thread: Conversation;
  let candidate: { client: HeadlessClient };

  async function join({ name, email, password }: Colleague): Promise<{ client: HeadlessClient; accountId: string }> {
    const { link } = await firm.client.account.inviteColleague({ name, role: 'CONSULTANT' });
    const client = await openClient(`The laptop of ${name}`, stack.origin);
    await client.account.joinAsColleague({ link, name, email, password });
    await ready(client);
    // Certified and in the firm's log: only then others can seal something to them.
    await client.vault.project(newId('project')).catch(() => undefined);
    const status = client.status.current();
    return { client, accountId: status.phase === 'signed-in' ? status.viewer.accountId : '' };
  }

  test('by a consultant’s firm when she is gone: the recovery kit opens what nobody else can', async () => {
    const [lena, tomas] = [await join(gone), await join(successor)];
    await tomas.client.stop();
    await lena.client.request(CreateProjectDocument, { input: { id: handedOver.id, name: handedOver.name, clientName: 'Meridian', publicTitle: handedOver.name, members: [], locale: 'en' } });
    const [personId, candidacyId] = [newId('person'), newId('candidacy')];
    await lena.client.request(CreatePersonDocument, { input: { id: personId, name: 'Ada Novak', handles: [], tags: [] } });
    await lena.client.request(BoardAddCandidacyDocument, { input: { id: candidacyId, personId, projectId: handedOver.id } });
    const { conversationId, roomId, link } = await lena.client.conversations.open({ candidacyId, candidateName: 'Ada Novak', about: handedOver.name });
    thread = { conversationId, roomId, personId, candidate: 'Ada Novak', link: link ?? '' };
    await say(lena.client, roomId, `They pay ${said['a message of who is gone']}.`);
    candidate = await claim(thread, `I would move for ${said['an answer to who is gone']}.`, stack.origin);
    await hears(lena.client, roomId, [`They pay ${said['a message of who is gone']}.`, `I would move for ${said['an answer to who is gone']}.`]);
    const teamRoomId = (await lena.client.conversations.refresh().then(() => lena.client.conversations.teamRooms.current()))[0]!.roomId;
    await say(lena.client, teamRoomId, `Whoever comes next: ${said['a brief in the team’s room']} waits for a call.`);
    await lena.client.stop();
    ({ parts: kitParts } = await firm.client.kit.split(firm.firmWords.join(' ')));
    const kit = [kitParts[0], kitParts[2]].map((words) => words?.join(' ')).join('\n');
    await firm.client.vault.handOver({ projectId: handedOver.id, from: lena.accountId, to: tomas.accountId, kit });
  });

  test('and read by the successor, who answers', async () => {
    const { page } = await devices.open({ origin: stack.origin });
    await signIn(page, successor);
    await openThread(page, thread.candidate);
    await reads(page, said['a message of who is gone']);
    await reads(page, said['an answer to who is gone']);
    await write(page, `From now on it is ${said['a message of the successor']} and me.`);
    await hears(candidate.client, thread.roomId, [`They pay ${said['a message of who is gone']}.`, `I would move for ${said['an answer to who is gone']}.`, `From now on it is ${said['a message of the successor']} and me.`]);
    await candidate.client.stop();
  });
});

describe('what is typed', () => {
  test('into the page for a lost password', async () => {
    const { page } = await devices.open({ origin: stack.origin });
    await recover(page, { email: firm.partner.email, words: firm.recoveryWords.join(' '), newPassword });
    await openThread(page, talk.candidate);
    await reads(page, said['an answer with a quote']);
  });

  test('as a link whose # a messenger encoded, so that the server hears all of it', async () => {
    const { page } = await devices.open({ origin: stack.origin, phone: true });
    await page.goto(unopened.link.replace('#', '%23'));
  });
});

describe('what may stand in clear', () => {
  test('is a note on a person’s record', async () => {
    const { page } = laptop;
    await page.goto(`/people/${talk.personId}`);
    await page.getByRole('textbox', { name: 'Write a note…' }).fill(`Knows ${inClear['a note']} and ${inClear['a note in Chinese']}.`);
    await page.getByRole('button', { name: 'Add note' }).click();
    await page.getByRole('listitem').filter({ hasText: inClear['a note'] }).waitFor();
  });

  test('is the address of a page, in the log', async () => {
    await phone.page.goto(`/${inClear['an address']}`);
  });

  test('is a picture of somebody’s, in the media store', async () => {
    const { MATRIX_URL, MATRIX_AS_TOKEN } = stack.matrix;
    const answer = await fetch(`${MATRIX_URL}/_matrix/media/v3/upload`, { method: 'POST', body: inClear['a picture'], headers: { authorization: `Bearer ${MATRIX_AS_TOKEN}`, 'content-type': 'image/png' } });
    expect(answer.status).toBe(200);
  });
});

describe('when nobody writes any more', () => {
  let secrets: Canary[];
  let hits: Hit[];

  beforeAll(async () => {
    const cookies = [...(await laptop.context.cookies()), ...(await phone.context.cookies())];
    await Promise.all([laptop.lose(), phone.lose(), firm.close()]);
    const system = { origin: stack.origin, homeserver: homeserver() };
    const link = parseLink(talk.link);
    secrets = [
      ...Object.entries(said).map(([name, word]) => textCanary(name, word)),
      textCanary('a password that was replaced', firm.partner.password),
      ...cookies.map(({ name, value }) => keyCanary(`cookie ${name}`, Buffer.from(value, 'base64url'))),
      ...(await secretsOfLink('a claimed link', talk.link)),
      ...(await secretsOfLink('an unclaimed link', unopened.link)),
      ...(await secretsOfKit(firm, link.root)),
      ...kitParts.flatMap((words, at) => [' ', '\n', '","'].map((between) => textCanary(`part ${at + 1} of the firm’s words`, words.join(between)))),
      ...(await secretsOfAccount('recruiter', { email: firm.partner.email, password: newPassword }, system)),
      ...(await secretsOfAccount('candidate', priya, system)),
      ...(await secretsOfAccount('predecessor', gone, system)),
      ...(await secretsOfAccount('successor', successor, system)),
      ...(await secretsOfVault('project', { email: firm.partner.email, password: newPassword }, { origin: stack.origin, project: firm.project.id })),
      ...(await secretsOfVault('project handed over', successor, { origin: stack.origin, project: handedOver.id })),
    ];
    await stack.api.stop();
    const database = stack.postgres!.url('superuser');
    await runSql(database, 'checkpoint');
    const places = [postgresPlace('PostgreSQL', database), sqlitePlace('Synapse', homeserver()), folderPlace('Files', stack.folder)];
    hits = await findCanaries(places, [...secrets, ...Object.entries(inClear).map(([name, text]) => textCanary(name, text))]);
  });

  const where = (canary: string): string[] => hits.filter((hit) => hit.canary === canary).map(({ place }) => place);

  test('the keys of everything that was said are among what is looked for', () => {
    const used = ask<{ session: string }>(`select distinct json_extract(json, '$.content.session_id') as session from event_json where json_extract(json, '$.type') = 'm.room.encrypted'`);
    expect(used.length).toBeGreaterThanOrEqual(3);
    const names = secrets.map(({ name }) => name);
    for (const whose of ['recruiter', 'candidate', 'predecessor', 'successor']) expect(names).toContain(`${whose}: seed`);
    for (const { session } of used) expect(names.some((name) => name.endsWith(`: session ${session}`))).toBe(true);
    expect(names).toEqual(expect.arrayContaining(['project: seed of epoch 1', 'project handed over: seed of epoch 1', 'project handed over: seed of epoch 2']));
  });

  test('what may stand in clear is found: in both databases, the media store, the logs and the files of both databases', () => {
    expect(where('a note')).toContainEqual(expect.stringMatching(/^PostgreSQL: public\.notes\./));
    expect(where('a note in Chinese')).toContainEqual(expect.stringMatching(/^PostgreSQL: public\.notes\./));
    expect(where('a name')).toContainEqual(expect.stringMatching(/^Synapse: profiles\./));
    expect(where('an address')).toContain('Files: logs/api.log');
    expect(where('a picture')).toContainEqual(expect.stringMatching(/^Files: synapse\/media\/local_content\//));
    expect(where('a note')).toContainEqual(expect.stringMatching(/^Files: postgres\/base\//));
    expect(where('a name')).toContainEqual(expect.stringMatching(/^Files: synapse\/homeserver\.db/));
  });

  test('and nothing else', () => {
    expect(hits.filter(({ canary }) => !(canary in inClear))).toEqual([]);
  });
});
