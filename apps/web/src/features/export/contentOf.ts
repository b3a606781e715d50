import type { TimelineItem } from '@baton/messaging';
import type { ExportProjectQuery } from '../../generated/graphql.ts';
import type { ArchivedCandidate, ArchivedThread, ArchiveContent } from './archive/content.ts';

export type ExportedProject = NonNullable<ExportProjectQuery['project']>;
export type ExportingViewer = NonNullable<ExportProjectQuery['viewer']>;
type Conversation = NonNullable<ExportedProject['candidacies'][number]['conversation']>;

/** Conversations of a project in the order of its board: by stage, then by who came first. */
export function conversationsOf(project: ExportedProject): Conversation[] {
  const position = new Map(project.stages.map((stage) => [stage.id, stage.position]));
  return project.candidacies
    .toSorted((a, b) => (position.get(a.stage.id) ?? 0) - (position.get(b.stage.id) ?? 0) || a.id.localeCompare(b.id))
    .flatMap(({ conversation }) => conversation ?? []);
}

/** A colleague's name by Matrix id; `unknown` for whoever the firm does not list. */
export const teamNames =
  ({ organisation }: ExportingViewer, unknown: string) =>
  (mxid: string): string =>
    organisation.members.find((member) => member.mxid === mxid)?.name ?? unknown;

/** A thread as it goes into the archive. */
export function threadOf(conversation: Conversation, { items, complete }: { items: readonly TimelineItem[]; complete: boolean }, nameOfTeam: (mxid: string) => string): ArchivedThread {
  const { id, roomId, candidateName, about, candidate, formerMxids } = conversation;
  const theirs = new Set([...formerMxids, ...(candidate === null ? [] : [candidate.mxid])]);
  const isCandidate = (mxid: string): boolean => theirs.has(mxid);
  return { conversationId: id, roomId, name: candidateName, about, items, complete, isCandidate, nameOf: (mxid) => (isCandidate(mxid) ? candidateName : nameOfTeam(mxid)) };
}

/** The record's part of the archive. */
export function contentOf(project: ExportedProject, viewer: ExportingViewer, parts: Pick<ArchiveContent, 'fingerprint' | 'exportedAt' | 'changes'>): ArchiveContent {
  const { id, name, publicTitle, client, createdAt, archivedAt } = project;
  return {
    ...parts,
    firm: { id: viewer.organisation.id, name: viewer.organisation.name },
    exporter: { id: viewer.account.id, name: viewer.account.name },
    project: { id, name, publicTitle, client: client.name, createdAt, archivedAt },
    team: project.members.map(({ role, member }) => ({ id: member.id, name: member.name, role })),
    stages: project.stages.toSorted((a, b) => a.position - b.position).map((stage) => ({ id: stage.id, name: stage.name, kind: stage.kind })),
    candidates: project.candidacies.map(candidateOf),
  };
}

function candidateOf({ id, stage, stageSince, person, history, conversation }: ExportedProject['candidacies'][number]): ArchivedCandidate {
  const { title, location, source, tags } = person;
  return {
    candidacyId: id, personId: person.id, name: person.name, title, company: person.company?.name ?? null, location, source,
    handles: person.handles.map(({ kind, raw }) => ({ kind, raw })), tags: [...tags], stageId: stage.id, stageSince,
    history: history.map(({ occurredAt, from, to, actor, reason }) => ({ at: occurredAt, from: from?.name ?? null, to: to.name, by: actor.name, reason })),
    notes: person.notes.map(({ createdAt, author, body }) => ({ at: createdAt, by: author.name, body })),
    conversationId: conversation?.id ?? null,
  };
}
