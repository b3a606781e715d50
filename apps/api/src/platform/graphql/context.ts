import type { Clock } from '@baton/base';
import type { Transactions } from '../database/database.ts';
import { deny } from '../errors/refusal.ts';
import type { MatrixAdmin } from '../matrix/MatrixAdmin.ts';
import type { MatrixTaskRunner } from '../matrix/tasks/matrixTasks.ts';
import type { ChangeBus } from '../pubsub/changeBus.ts';
import type { Throttle } from '../session/throttle.ts';
import type { CandidateViewer, MemberViewer, SignedInViewer, Viewer } from '../session/viewer.ts';

/** What the whole process shares. */
export interface Services {
  /** Transactions of nobody; see Database.system. */
  system: Transactions;
  /** Transactions of this viewer. */
  as(viewer: Viewer): Transactions;
  /** Whether PostgreSQL answers. */
  ping(): Promise<void>;
  matrix: MatrixAdmin;
  matrixTasks: MatrixTaskRunner;
  changes: ChangeBus;
  clock: Clock;
  /** 32 bytes that only this installation knows. */
  secretKey: Uint8Array;
  /** Relay for calls; null: there is none. */
  turn: { urls: readonly string[]; secret: string } | null;
  signUp: 'first' | 'open';
  version: string;
  log: { error(details: object, message: string): void; warn(details: object, message: string): void };
}

/** What a command gets: who asks, and the world. */
export interface ApiContext extends Transactions {
  viewer: Viewer;
  services: Services;
  /** The browser's session cookie. */
  cookie: { set(token: string): void; clear(): void };
  /** Keeps this address from guessing and from flooding. */
  throttle: Throttle;
}

/** The rest of a request is this viewer's: after a sign-in, or without one after a sign-out. */
export function become(ctx: ApiContext, viewer: Viewer): void {
  Object.assign(ctx, { viewer, ...ctx.services.as(viewer) });
}

declare module 'mercurius' {
  interface MercuriusContext extends ApiContext {
    /** What the document was estimated at. */
    cost?: number;
  }
}

/** The viewer, who is signed in; else UNAUTHENTICATED. */
export function signedIn(ctx: Pick<ApiContext, 'viewer'>): SignedInViewer {
  return ctx.viewer.kind === 'anonymous' ? deny('UNAUTHENTICATED') : ctx.viewer;
}

/** The viewer, who is a colleague; else UNAUTHENTICATED or FORBIDDEN. */
export function member(ctx: Pick<ApiContext, 'viewer'>): MemberViewer {
  const viewer = signedIn(ctx);
  return viewer.kind === 'member' ? viewer : deny('FORBIDDEN');
}

/** The viewer, who is a candidate; else UNAUTHENTICATED or FORBIDDEN. */
export function candidate(ctx: Pick<ApiContext, 'viewer'>): CandidateViewer {
  const viewer = signedIn(ctx);
  return viewer.kind === 'candidate' ? viewer : deny('FORBIDDEN');
}
