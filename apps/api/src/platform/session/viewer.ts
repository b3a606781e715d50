import type { Role } from '../../generated/resolvers.ts';

/** Nobody is signed in. */
export interface Anonymous {
  kind: 'anonymous';
}

/** A colleague of a firm. */
export interface MemberViewer {
  kind: 'member';
  accountId: string;
  organisationId: string;
  role: Role;
  sessionId: string;
}

/** A candidate, in the conversations of one firm. */
export interface CandidateViewer {
  kind: 'candidate';
  accountId: string;
  organisationId: string;
  sessionId: string;
}

/** Who asks. */
export type Viewer = Anonymous | MemberViewer | CandidateViewer;

/** Somebody who is signed in. */
export type SignedInViewer = MemberViewer | CandidateViewer;

export const anonymous: Anonymous = { kind: 'anonymous' };
