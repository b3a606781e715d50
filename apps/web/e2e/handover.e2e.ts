import { newId } from '@baton/base';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { HeadlessClient } from '../../../scripts/headless/headlessClient.ts';
import { BoardAddCandidacyDocument, CreatePersonDocument, CreateProjectDocument } from '../src/generated/graphql.ts';
import { useDevices } from './support/devices.ts';
import { claim, hears, makeFirm, newEmail, openClient, ready, say, type Firm } from './support/firm.ts';
import { openThread, signIn } from './support/recruiter.ts';
import { reads, texts, write } from './support/thread.ts';

/*
 * A consultant's laptop is gone and so is she. The partner takes the recovery kit out of the safe and hands the project to a
 * successor, who reads every thread from its first message on a browser that has never been here.
 */
const candidates = ['Ada Novak', 'Ben Osei', 'Chen Hao', 'Dita Marsh', 'Emil Roux', 'Fay Adeyemi', 'Gil Peretz', 'Hana Brandt', 'Ivo Kask', 'June Park'];

const devices = useDevices();
let firm: Firm;
let project: { id: string; name: string };
let gone: Colleague;
let successor: Colleague;
let threads: { name: string; conversationId: string; roomId: string; said: string[]; client: HeadlessClient }[];

interface Colleague {
  accountId: string;
  client: HeadlessClient;
  name: string;
  email: string;
  password: string;
}

async function join(name: string): Promise<Colleague> {
  const { link } = await firm.client.account.inviteColleague({ name, role: 'CONSULTANT' });
  const client = await openClient(`The laptop of ${name}`);
  const who = { name, email: newEmail(name), password: 'purple lantern drifts home' };
  await client.account.joinAsColleague({ link, ...who });
  await ready(client);
  // Certified and in the firm's log: only then others can seal something to them.
  await client.vault.project(newId('project')).catch(() => undefined);
  const status = client.status.current();
  return { ...who, client, accountId: status.phase === 'signed-in' ? status.viewer.accountId : '' };
}

async function converse(name: string): Promise<(typeof threads)[number]> {
  const [personId, candidacyId] = [newId('person'), newId('candidacy')];
  await gone.client.request(CreatePersonDocument, { input: { id: personId, name, handles: [], tags: [] } });
  await gone.client.request(BoardAddCandidacyDocument, { input: { id: candidacyId, personId, projectId: project.id } });
  const { conversationId, roomId, link } = await gone.client.conversations.open({ candidacyId, candidateName: name, about: 'Head of Treasury' });
  const said = [`Hello ${name}, may I tell you about a role?`, `${name} here. Gladly, what is it?`, `Head of treasury, in Rotterdam, ${name}.`];
  await say(gone.client, roomId, said[0]!);
  const { client } = await claim({ conversationId, roomId, personId, candidate: name, link: link ?? '' }, said[1]);
  await hears(gone.client, roomId, said.slice(0, 2));
  await say(gone.client, roomId, said[2]!);
  await hears(client, roomId, said);
  return { name, conversationId, roomId, said, client };
}

beforeAll(async () => {
  firm = await makeFirm();
  gone = await join('Lena Hoff');
  successor = await join('Tomas Beran');
  await successor.client.stop();
  project = { id: newId('project'), name: 'Head of Treasury' };
  await gone.client.request(CreateProjectDocument, { input: { id: project.id, name: project.name, clientName: 'Meridian', publicTitle: 'Head of Treasury', members: [], locale: 'en' } });
  threads = [];
  for (const name of candidates) threads.push(await converse(name));
  await gone.client.stop();
}, 240_000);
afterAll(() => Promise.all([firm.close(), ...threads.map(({ client }) => client.stop())]));

describe('the predecessor is gone', () => {
  test('the firm’s words open the project, and nothing else does', async () => {
    const kit = firm.firmWords.join(' ');
    const handOver = (words?: string, to = successor.accountId) => firm.client.vault.handOver({ projectId: project.id, from: gone.accountId, to, ...(words === undefined ? {} : { kit: words }) });
    await expect(handOver()).rejects.toMatchObject({ code: 'EPOCH_CLOSED' });
    await expect(handOver(kit.replace(/^\w+/, 'zebrra'))).rejects.toMatchObject({ code: 'RECOVERY_WORD_UNKNOWN' });
    await expect(handOver(kit, gone.accountId)).rejects.toMatchObject({ code: 'HANDOVER_TO_SELF' });
    await handOver(kit);
    // The answer may be lost on its way: once more changes nothing.
    await handOver(kit);
    const seen = await firm.client.vault.project(project.id);
    expect(seen?.team).toEqual([{ accountId: successor.accountId, role: 'lead' }]);
    expect(seen?.changes.map(({ type, actorId }) => [type, actorId])).toEqual([['genesis', gone.accountId], ['handover', null]]);
  });

  test('the successor reads every thread from its first message, on a browser that was never here', async () => {
    const { page } = await devices.open();
    await signIn(page, successor);
    for (const { name, said } of threads) {
      await openThread(page, name);
      await reads(page, said.at(-1)!);
      expect((await texts(page)).map((text) => text.trim())).toEqual(expect.arrayContaining(said));
    }
    await openThread(page, threads[0]!.name);
    await write(page, 'I look after this from now on.');
    await hears(threads[0]!.client, threads[0]!.roomId, [...threads[0]!.said, 'I look after this from now on.']);
  });

  test('a candidate sees who reads now', async () => {
    const { client, conversationId } = threads[1]!;
    expect(await client.vault.readers(conversationId)).toEqual({
      team: [{ accountId: successor.accountId, role: 'lead' }], epoch: 2, handovers: [{ seq: 1, from: gone.accountId, to: successor.accountId }],
    });
  });
});
