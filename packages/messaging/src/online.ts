import { dispatch, park } from './outbox/dispatch.ts';
import { findSent } from './outbox/reconcile.ts';
import { makeTypingNotices } from './rooms/typing.ts';
import { makeIntake } from './timeline/intake.ts';

/**
 * What a session does only with a homeserver: sending, receiving, asking for keys and history, telling that somebody writes. A page that shows what is
 * here and queues what is written begins without it, so it comes in a file of its own.
 */
export const online = { dispatch, park, findSent, makeIntake, makeTypingNotices };

export type Online = typeof online;

export { openAttributions } from './attribution/attributions.ts';
export { systemScheduler } from './scheduler.ts';
