import { newId } from '@baton/base';
import type { MessageItem } from '@baton/messaging';
import { BoardAddCandidacyDocument, CreatePersonDocument, CreateProjectDocument, SessionVaultCoverageDocument } from '../../../apps/web/src/generated/graphql.ts';
import { throwUserErrors } from '../../../apps/web/src/platform/graphql/request.ts';
import { openHeadlessClient, type HeadlessClient, type HeadlessOptions } from '../../headless/headlessClient.ts';
import { until } from '../../headless/until.ts';
import { waitFor } from './firm.ts';

/** How much was said in a project. */
export interface ProjectSize {
  threads: number;
  messagesPerThread: number;
  /** After how many messages each writer's session is changed. */
  messagesPerSession: number;
}

/** 200 threads, 10,000 messages, 2,000 sessions. */
export const fullSize: ProjectSize = { threads: 200, messagesPerThread: 50, messagesPerSession: 5 };

/** A thread, with what was said in it by whomever, in no particular order. */
export interface WrittenThread {
  candidate: string;
  roomId: string;
  texts: string[];
}

/** A project whose consultant is gone: her client is stopped. The successor has joined the firm, and sees nothing of it yet. */
export interface LargeProject {
  projectId: string;
  threads: WrittenThread[];
  /** Megolm sessions that its messages were encrypted under, as the API counts them. */
  sessions: number;
  /** Hands it over with the recovery kit, from the partner's client: what pressing Confirm does. */
  handOver(): Promise<void>;
  successor: { email: string; password: string };
  stop(): Promise<void>;
}

/** Every so many threads have a candidate in them who writes, too; the others wait for theirs. */
const candidateEvery = 4;
/** Of such a thread, the share that the candidate writes. */
const candidatesShare = 0.4;
/** Written before the candidate comes. */
const firstWords = 5;
/** Threads that are opened and written at the same time. */
const together = 8;
/** A thread of a busy machine, in milliseconds. */
const patience = 180_000;

/** Opens a client that is stopped when what it takes part in fails: one that goes on would keep the process from ending. */
type OpenClient = (options?: HeadlessOptions) => Promise<HeadlessClient>;

/**
 * Founds a firm and has a consultant hold a project's conversations: real clients, who write side by side and change their
 * sessions often.
 * @param tell hears how far it is
 */
export async function makeLargeProject(origin: string, size: ProjectSize, tell: (line: string) => void): Promise<LargeProject> {
  const clients: HeadlessClient[] = [];
  const open: OpenClient = async (options) => {
    const client = await openHeadlessClient(origin, options);
    clients.push(client);
    return client;
  };
  try {
    return await foundAndWrite(open, size, tell);
  } catch (error) {
    await Promise.allSettled(clients.map((client) => client.stop()));
    throw error;
  }
}

async function foundAndWrite(open: OpenClient, size: ProjectSize, tell: (line: string) => void): Promise<LargeProject> {
  const began = performance.now();
  const stamp = Date.now().toString(36);
  const password = 'violet tractor sings loudly';
  const partner = await open();
  const kit = await partner.account.setUpFirm({ firmName: 'Harbor Search', name: 'Mei Lin', email: `mei.lin.${stamp}@example.com`, password });
  await ready(partner);

  const join = async (name: string, options: { messagesPerSession?: number } = {}) => {
    const { link } = await partner.account.inviteColleague({ name, role: 'CONSULTANT' });
    const client = await open(options);
    const email = `${name.toLowerCase().replaceAll(' ', '.')}.${stamp}@example.com`;
    await client.account.joinAsColleague({ link, name, email, password });
    await ready(client);
    // Certified and in the firm's log: only then others can seal something to them.
    await client.vault.project(newId('project')).catch(() => undefined);
    const status = client.status.current();
    return { client, email, password, accountId: status.phase === 'signed-in' ? status.viewer.accountId : '' };
  };
  const successor = await join('Tomas Beran');
  await successor.client.stop();
  const gone = await join('Lena Hoff', size);

  const projectId = newId('project');
  const { createProject } = await gone.client.request(CreateProjectDocument, {
    input: { id: projectId, name: 'Head of Treasury', clientName: 'Meridian', publicTitle: 'Head of Treasury', members: [], locale: 'en' },
  });
  throwUserErrors(createProject.userErrors);
  await gone.client.vault.begin(projectId);

  const threads: WrittenThread[] = [];
  const numbers = Array.from({ length: size.threads }, (_, index) => index);
  const work = async (): Promise<void> => {
    for (let index = numbers.shift(); index !== undefined; index = numbers.shift()) {
      threads.push(await holdThread(open, gone.client, { projectId, index, size }));
      if (threads.length % 10 === 0) tell(`${threads.length} of ${size.threads} threads after ${Math.round((performance.now() - began) / 1000)} s`);
    }
  };
  await Promise.all(Array.from({ length: together }, work));
  const { project } = await gone.client.request(SessionVaultCoverageDocument, { projectId });
  await gone.client.stop();

  return {
    projectId, threads, successor,
    sessions: project?.vault?.coverage.sessions ?? 0,
    handOver: () => partner.vault.handOver({ projectId, from: gone.accountId, to: successor.accountId, kit: (kit.firmWords ?? []).join(' ') }),
    stop: () => partner.stop(),
  };
}

/** Opens one conversation and says all that is said in it. */
async function holdThread(open: OpenClient, consultant: HeadlessClient, { projectId, index, size }: { projectId: string; index: number; size: ProjectSize }): Promise<WrittenThread> {
  const candidate = `Candidate ${String(index + 1).padStart(3, '0')}`;
  const [personId, candidacyId] = [newId('person'), newId('candidacy')];
  await consultant.request(CreatePersonDocument, { input: { id: personId, name: candidate, handles: [], tags: [] } });
  await consultant.request(BoardAddCandidacyDocument, { input: { id: candidacyId, personId, projectId } });
  const { conversationId, roomId, link } = await consultant.conversations.open({ candidacyId, candidateName: candidate, about: 'Head of Treasury' });
  const answers = index % candidateEvery === 0 ? Math.round(size.messagesPerThread * candidatesShare) : 0;
  const texts = (who: string, count: number): string[] => Array.from({ length: count }, (_, n) => `${who} says in thread ${index + 1}: sentence ${n + 1}, about as long as people write them.`);
  const asked = texts('Lena', size.messagesPerThread - answers);
  const answered = texts(candidate, answers);

  await sayAll(consultant, roomId, asked.slice(0, firstWords));
  if (answers === 0) {
    await sayAll(consultant, roomId, asked.slice(firstWords));
  } else {
    const client = await open(size);
    await client.account.claimAsCandidate({ link: link ?? '' });
    await until(client.conversations.list, (list) => list.some((one) => one.conversationId === conversationId && one.state === 'ENTERED'), 'a candidate to come in', patience);
    await waitFor(client, roomId, asked[0] ?? '');
    await Promise.all([sayAll(consultant, roomId, asked.slice(firstWords)), sayAll(client, roomId, answered)]);
    await client.stop();
  }
  return { candidate, roomId, texts: [...asked, ...answered] };
}

/** Sends messages one after the other, and waits until the server has them all. */
async function sayAll(client: HeadlessClient, roomId: string, bodies: readonly string[]): Promise<void> {
  const timeline = client.messaging.openTimeline(roomId);
  const keys = new Set<string>();
  for (const body of bodies) keys.add(await client.messaging.send(roomId, { body }));
  await until(
    timeline.state,
    ({ items }) => {
      const own = items.filter((item): item is MessageItem => item.kind === 'message' && keys.has(item.key));
      const failed = own.find(({ status }) => status === 'failed');
      if (failed) throw new Error(`“${failed.body}” was not sent: ${failed.failure?.code}`);
      return own.filter(({ status }) => status !== 'queued').length === keys.size;
    },
    `${bodies.length} messages to be sent`,
    patience,
  );
  timeline.close();
}

async function ready(client: HeadlessClient): Promise<void> {
  await until(client.status, (status) => status.phase === 'signed-in' && status.messaging === 'ready', 'a client to be ready');
}
