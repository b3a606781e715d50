import type { Role } from '../../generated/resolvers.ts';
import type { MemberViewer } from '../../platform/session/viewer.ts';
import type { SeenProject } from './projects.table.ts';

type Standing = Pick<SeenProject, 'viewerRole' | 'archivedAt'>;

/** Partners see every project of the firm, others those they are members of. */
export function canSee(viewer: Pick<MemberViewer, 'role'>, project: Pick<Standing, 'viewerRole'>): boolean {
  return viewer.role === 'PARTNER' || project.viewerRole !== null;
}

/** Researchers are given projects, they don't start them. */
export function canCreateProjects(viewer: Pick<MemberViewer, 'role'>): boolean {
  return viewer.role !== 'RESEARCHER';
}

/** A lead speaks for the firm towards candidates, which a researcher does not. */
export function canLead(role: Role): boolean {
  return role !== 'RESEARCHER';
}

/** Name, client, stages, members, archive: its leads and the partners. */
export function canEdit(viewer: Pick<MemberViewer, 'role'>, project: Pick<Standing, 'viewerRole'>): boolean {
  return viewer.role === 'PARTNER' || project.viewerRole === 'LEAD';
}

/** Adding and moving candidates: everybody on the project, as long as it runs. */
export function canAddCandidates(viewer: Pick<MemberViewer, 'role'>, project: Standing): boolean {
  return canSee(viewer, project) && project.archivedAt === null;
}

/** Leads, consultants on the project, and partners; these, too, on the project once it has a roster: clients write to nobody else. */
export function canOpenConversations(viewer: Pick<MemberViewer, 'role'>, project: Standing & Pick<SeenProject, 'hasVault'>): boolean {
  const takesPart = project.hasVault ? project.viewerRole !== null : canSee(viewer, project);
  return takesPart && viewer.role !== 'RESEARCHER' && project.archivedAt === null;
}

/**
 * Taking a project out as an archive: partners who are on it. Everybody who is on a project can read it and copy what they read;
 * what this keeps is who may have Baton make a signed copy of it, and clients believe no other's signature.
 */
export function canExport(viewer: Pick<MemberViewer, 'role'>, project: Pick<Standing, 'viewerRole'>): boolean {
  return viewer.role === 'PARTNER' && project.viewerRole !== null;
}
