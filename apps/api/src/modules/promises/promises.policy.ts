import type { PromiseState } from '../../generated/resolvers.ts';
import type { MemberViewer } from '../../platform/session/viewer.ts';
import { canEdit } from '../projects/projects.policy.ts';
import type { SeenProject } from '../projects/projects.table.ts';
import type { PromiseRow } from './promises.table.ts';

/** A promise is withdrawn, and brought back, by whoever made it, or who answers for the project: its leads and the partners. */
export function canTakeBack(viewer: Pick<MemberViewer, 'accountId' | 'role'>, promise: Pick<PromiseRow, 'promisedBy'>, project: Pick<SeenProject, 'viewerRole'>): boolean {
  return promise.promisedBy === viewer.accountId || canEdit(viewer, project);
}

/** To keep a promise, and to say that it is open still, is for everybody on the project. The viewer sees the project. */
export function canSettle(viewer: Pick<MemberViewer, 'accountId' | 'role'>, promise: Pick<PromiseRow, 'promisedBy' | 'state'>, project: Pick<SeenProject, 'viewerRole'>, to: PromiseState): boolean {
  return (promise.state !== 'TAKEN_BACK' && to !== 'TAKEN_BACK') || canTakeBack(viewer, promise, project);
}
