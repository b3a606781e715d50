import { newId } from '@baton/base';
import { BoardCreatePersonDocument, CreateProjectDocument, ProjectDocument } from '../../../apps/web/src/generated/graphql.ts';
import { throwUserErrors } from '../../../apps/web/src/platform/graphql/request.ts';
import { openHeadlessClient, type HeadlessClient, type HeadlessOptions } from '../../headless/headlessClient.ts';
import { until } from '../../headless/until.ts';

/** A firm of one partner with one project, and her client that needs no browser. */
export interface BenchFirm {
  partner: { email: string; password: string };
  client: HeadlessClient;
  /** Puts somebody new on the board and opens a conversation with them. */
  openConversation(candidate: string): Promise<{ conversationId: string; roomId: string; link: string }>;
}

const about = 'CFO of an offshore-wind company';

/** Sets a firm up on an installation. */
export async function makeBenchFirm(origin: string, options: HeadlessOptions = {}): Promise<BenchFirm> {
  const partner = { email: `mei.lin.${Date.now().toString(36)}@example.com`, password: 'violet tractor sings loudly' };
  const client = await openHeadlessClient(origin, options);
  await client.account.setUpFirm({ firmName: 'Harbor Search', name: 'Mei Lin', ...partner });
  await until(client.status, (status) => status.phase === 'signed-in' && status.messaging === 'ready', 'the partner to be ready');
  const projectId = newId('project');
  const { createProject } = await client.request(CreateProjectDocument, {
    input: { id: projectId, name: 'Chief Financial Officer', clientName: 'Northwind', publicTitle: about, members: [], locale: 'en' },
  });
  throwUserErrors(createProject.userErrors);
  return {
    partner,
    client,
    async openConversation(candidate) {
      const personId = newId('person');
      const { createPerson } = await client.request(BoardCreatePersonDocument, { input: { id: personId, name: candidate, handles: [], tags: [], projectId } });
      throwUserErrors(createPerson.userErrors);
      const { project } = await client.request(ProjectDocument, { id: projectId });
      const candidacyId = project?.candidacies.find(({ person }) => person.id === personId)?.id ?? '';
      const { conversationId, roomId, link } = await client.conversations.open({ candidacyId, candidateName: candidate, about });
      return { conversationId, roomId, link: link ?? '' };
    },
  };
}

/** Sends a message and waits until the server has it. */
export async function say(client: HeadlessClient, roomId: string, body: string): Promise<void> {
  const key = await client.messaging.send(roomId, { body });
  const timeline = client.messaging.openTimeline(roomId);
  await until(timeline.state, ({ items }) => items.some((item) => item.kind === 'message' && item.key === key && item.status !== 'queued'), 'a message to be sent');
  timeline.close();
}

/** Waits until a text stands in a client's thread, decrypted. */
export async function waitFor(client: HeadlessClient, roomId: string, body: string): Promise<void> {
  const timeline = client.messaging.openTimeline(roomId);
  await until(timeline.state, ({ items }) => items.some((item) => item.kind === 'message' && item.body === body), `“${body}” to be shown`);
  timeline.close();
}
