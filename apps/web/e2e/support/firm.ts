import { newId } from '@baton/base';
import { inject, vi } from 'vitest';
import { openHeadlessClient, type HeadlessClient } from '../../../../scripts/headless/headlessClient.ts';
import { AddToProjectDocument, CreatePersonDocument, CreateProjectDocument, PeopleDocument } from '../../src/generated/graphql.ts';
import type { Credentials } from './recruiter.ts';

export interface Recruiter extends Credentials {
  name: string;
}

/** A firm with one project, made without a browser by the very code that the pages' worker runs. */
export interface Firm {
  name: string;
  partner: Recruiter;
  /** The first partner's client. It stays online until the firm is closed. */
  client: HeadlessClient;
  /** Twelve words that open the partner's account. */
  recoveryWords: string[];
  /** Twenty-four words that open the firm's root. */
  firmWords: string[];
  project: { id: string; name: string };
  /** Whom the search finds. */
  people(search: string): Promise<{ name: string; title: string | null }[]>;
  addPerson(name: string): Promise<{ personId: string; candidacyId: string }>;
  /** Puts a person on the board and opens a conversation with them, with these messages in it. */
  openConversation(candidate: string, ...messages: string[]): Promise<Conversation>;
  close(): Promise<void>;
}

export interface Conversation {
  conversationId: string;
  roomId: string;
  personId: string;
  candidate: string;
  link: string;
}

let count = 0;
/** An address that nobody else of the run has. */
export const newEmail = (name: string): string => `${name.toLowerCase().replaceAll(/[^a-z]+/g, '.')}.${process.pid}.${Date.now().toString(36)}${++count}@example.com`;

/** Opens a client that needs no browser. */
export const openClient = (deviceName: string, origin = inject('stack').origin): Promise<HeadlessClient> => openHeadlessClient(origin, { deviceName });

/** Sets a firm up: a partner, and a project that she leads. */
export async function makeFirm(options: { origin?: string; name?: string } = {}): Promise<Firm> {
  const name = options.name ?? 'Harbor Search';
  const partner: Recruiter = { name: 'Mei Lin', email: newEmail('Mei Lin'), password: 'violet tractor sings loudly' };
  const client = await openClient('A desk elsewhere', options.origin);
  const kit = await client.account.setUpFirm({ firmName: name, ...partner });
  await ready(client);
  const project = { id: newId('project'), name: 'Chief Financial Officer' };
  await client.request(CreateProjectDocument, {
    input: { id: project.id, name: project.name, clientName: 'Northwind', publicTitle: 'CFO of an offshore-wind company', members: [], locale: 'en' },
  });

  const addPerson = async (person: string) => {
    const [personId, candidacyId] = [newId('person'), newId('candidacy')];
    await client.request(CreatePersonDocument, { input: { id: personId, name: person, handles: [], tags: [] } });
    await client.request(AddToProjectDocument, { input: { id: candidacyId, personId, projectId: project.id } });
    return { personId, candidacyId };
  };
  return {
    name, partner, client, project, addPerson,
    people: async (search) => (await client.request(PeopleDocument, { first: 10, filter: { search } })).people.edges.map(({ node }) => node),
    recoveryWords: kit.accountWords,
    firmWords: kit.firmWords ?? [],
    async openConversation(candidate, ...messages) {
      const { personId, candidacyId } = await addPerson(candidate);
      const { conversationId, roomId, link } = await client.conversations.open({ candidacyId, candidateName: candidate, about: 'CFO of an offshore-wind company' });
      for (const body of messages) await say(client, roomId, body);
      return { conversationId, roomId, personId, candidate, link: link ?? '' };
    },
    close: () => client.stop(),
  };
}

/** Waits until a client reads and writes. */
export async function ready(client: HeadlessClient): Promise<void> {
  await until('reads and writes', () => {
    const status = client.status.current();
    return status.phase === 'signed-in' && status.messaging === 'ready';
  });
}

/** Sends a message and waits until the server has it. */
export async function say(client: HeadlessClient, roomId: string, body: string): Promise<void> {
  const timeline = client.messaging.openTimeline(roomId);
  const key = await client.messaging.send(roomId, { body });
  await until(`the server has “${body}”`, () => timeline.state.current().items.some((item) => item.kind === 'message' && item.key === key && item.status !== 'queued'));
  timeline.close();
}

/** Waits until a client has these messages in this order, and nothing else. */
export async function hears(client: HeadlessClient, roomId: string, expected: readonly string[]): Promise<void> {
  const timeline = client.messaging.openTimeline(roomId);
  const bodies = () => timeline.state.current().items.flatMap((item) => (item.kind === 'message' ? [item.body] : []));
  await until(`these messages: ${expected.join(' | ')}`, () => bodies().join('\n') === expected.join('\n')).finally(() => timeline.close());
}

/** Claims a link without a browser, and waits until the candidate is in the room and reads what was written. */
export async function claim(conversation: Conversation, firstWords?: string, origin?: string): Promise<{ client: HeadlessClient; roomId: string }> {
  const client = await openClient('A phone elsewhere', origin);
  const { conversationId } = await client.account.claimAsCandidate({ link: conversation.link });
  if (firstWords !== undefined) await client.messaging.send(conversationId, { body: firstWords });
  await until('is in the room', () => client.conversations.list.current()[0]?.state === 'ENTERED');
  await ready(client);
  return { client, roomId: conversation.roomId };
}

/** Waits for something that is no page's to show. */
export const until = (what: string, isTrue: () => boolean): Promise<void> =>
  vi.waitUntil(isTrue, { timeout: 30_000, interval: 25 }).then(() => undefined, () => Promise.reject(new Error(`Not in half a minute: ${what}`)));
