import type { HandOverInvitedQuery, HandOverScopeQuery } from '../../generated/graphql.ts';
import type { Waits } from './brief/waits.ts';

export type ScopeProject = HandOverScopeQuery['projects'][number];
type Invited = HandOverInvitedQuery['colleagueInvitations'][number];
export type Colleague = NonNullable<HandOverScopeQuery['viewer']>['organisation']['members'][number];

/** What goes along with projects. */
export interface Goods {
  threads: number;
  candidates: number;
  /** Candidates by the name of their stage, in the order of the stages; stages of the same name count together. */
  stages: { name: string; count: number }[];
}

/** Counts what goes along. */
export function goodsOf(projects: readonly ScopeProject[]): Goods {
  const counts = new Map<string, number>();
  for (const { stages, candidacies } of projects) {
    for (const { id, name } of stages.toSorted((a, b) => a.position - b.position)) {
      const count = candidacies.filter(({ stage }) => stage.id === id).length;
      if (count > 0) counts.set(name, (counts.get(name) ?? 0) + count);
    }
  }
  const candidacies = projects.flatMap((project) => project.candidacies);
  return {
    threads: candidacies.filter(({ conversation }) => conversation !== null).length,
    candidates: candidacies.length,
    stages: [...counts].map(([name, count]) => ({ name, count })),
  };
}

/** Somebody who waits for an answer, since then (ISO 8601). */
interface Waiting {
  name: string;
  since: string;
}

/** Who waits for an answer in the threads of these projects, the longest first; undefined where not all of the threads are known. */
export function waitingIn(projects: readonly ScopeProject[], waits: Waits): Waiting[] | undefined {
  const threads = projects.flatMap(({ candidacies }) => candidacies.flatMap(({ person, conversation }) => (conversation ? [{ name: person.name, since: waits(conversation.id) }] : [])));
  if (threads.length === 0 || threads.some(({ since }) => since === undefined)) return undefined;
  return threads.flatMap(({ name, since }) => (since ? [{ name, since }] : [])).toSorted((a, b) => Date.parse(a.since) - Date.parse(b.since));
}

const isOn = ({ members }: ScopeProject, accountId: string): boolean => members.some(({ member }) => member.id === accountId);

/** The projects that a colleague works on and the viewer may hand over. */
export const projectsOf = (projects: readonly ScopeProject[], accountId: string): ScopeProject[] => projects.filter((project) => project.can.edit && isOn(project, accountId));

/** Those of the projects that the viewer has no key to: the firm's recovery words open them. */
export const closedTo = (projects: readonly ScopeProject[], viewerId: string): ScopeProject[] => projects.filter((project) => project.vault !== null && !isOn(project, viewerId));

/** Those of the projects that nobody has made a key for, and the viewer is not on: they take the predecessor's place to make it. */
export const unbegun = (projects: readonly ScopeProject[], viewerId: string): ScopeProject[] => projects.filter((project) => project.vault === null && !isOn(project, viewerId));

/** Colleagues who are invited and have not come yet, as if they had: by their invitation. */
export const invitedColleagues = (invitations: readonly Invited[]): Colleague[] =>
  invitations.flatMap(({ id, state, inviteeName, role }) => (state === 'OPEN' && role ? [{ id, name: inviteeName, email: '', role, endedAt: null }] : []));

/** Who most likely hands a project over: who has left the firm, else the viewer, else its lead. */
export function likelyPredecessor(project: ScopeProject, colleagues: readonly Colleague[], viewerId: string): string {
  const hasLeft = project.members.find(({ member }) => colleagues.some(({ id, endedAt }) => id === member.id && endedAt !== null));
  const likely = hasLeft ?? project.members.find(({ member }) => member.id === viewerId) ?? project.members.find(({ role }) => role === 'LEAD');
  return likely?.member.id ?? '';
}

/**
 * Who may take over: anybody in the firm but the predecessor. `mayLead` is false for a researcher who would have to lead one
 * of the projects, because the predecessor does.
 */
export function successorsOf(projects: readonly ScopeProject[], colleagues: readonly Colleague[], from: string): { colleague: Colleague; mayLead: boolean }[] {
  const leads = projects.some(({ members }) => members.some(({ member, role }) => member.id === from && role === 'LEAD'));
  return colleagues
    .filter(({ id, endedAt }) => id !== from && endedAt === null)
    .map((colleague) => ({ colleague, mayLead: !(leads && colleague.role === 'RESEARCHER') }));
}
