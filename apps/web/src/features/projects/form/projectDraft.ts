import { newId } from '@baton/base';
import type { ProjectMemberInput, ProjectRole, StageInput, StageKind } from '../../../generated/graphql.ts';
import type { BoardProject } from '../board.ts';

/** A project while it is being edited. */
export interface ProjectDraft {
  name: string;
  clientName: string;
  publicTitle: string;
  members: ProjectMemberInput[];
  /** Null for a new project: it gets the usual ones. */
  stages: StageInput[] | null;
  archived: boolean;
}

export const emptyDraft: ProjectDraft = { name: '', clientName: '', publicTitle: '', members: [], stages: null, archived: false };

/** The project as a draft. */
export function draftOf(project: BoardProject): ProjectDraft {
  return {
    name: project.name,
    clientName: project.client.name,
    publicTitle: project.publicTitle,
    members: project.members.map(({ member, role }) => ({ memberId: member.id, role })),
    stages: [...project.stages].sort((a, b) => a.position - b.position).map(({ id, name, kind }) => ({ id, name, kind })),
    archived: project.archivedAt !== null,
  };
}

export const withMember = (draft: ProjectDraft, memberId: string, role: ProjectRole = 'MEMBER'): ProjectDraft => ({
  ...draft,
  members: [...draft.members.filter((member) => member.memberId !== memberId), { memberId, role }],
});

export const withoutMember = (draft: ProjectDraft, memberId: string): ProjectDraft => ({
  ...draft, members: draft.members.filter((member) => member.memberId !== memberId),
});

export const withNewStage = (draft: ProjectDraft): ProjectDraft => ({
  ...draft, stages: [...(draft.stages ?? []), { id: newId('stage'), name: '', kind: 'ACTIVE' }],
});

export const withStage = (draft: ProjectDraft, index: number, change: { name?: string; kind?: StageKind }): ProjectDraft => ({
  ...draft, stages: (draft.stages ?? []).map((stage, at) => (at === index ? { ...stage, ...change } : stage)),
});

export const withoutStage = (draft: ProjectDraft, index: number): ProjectDraft => ({
  ...draft, stages: (draft.stages ?? []).filter((_, at) => at !== index),
});

/** The stage one place up (-1) or down (1); at the edge nothing changes. */
export function withStageMoved(draft: ProjectDraft, index: number, step: -1 | 1): ProjectDraft {
  const stages = [...(draft.stages ?? [])];
  const stage = stages[index];
  if (!stage || !stages[index + step]) return draft;
  stages.splice(index, 1);
  stages.splice(index + step, 0, stage);
  return { ...draft, stages };
}

/** Whether two lists name the same people in the same roles. */
export const sameMembers = (a: readonly ProjectMemberInput[], b: readonly ProjectMemberInput[]): boolean =>
  a.length === b.length && a.every((one) => b.some((other) => other.memberId === one.memberId && other.role === one.role));
