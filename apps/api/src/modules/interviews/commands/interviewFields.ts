import type { InterviewKind } from '../../../generated/resolvers.ts';
import { optionalLine } from '../../../platform/errors/line.ts';
import { refuse } from '../../../platform/errors/refusal.ts';
import type { Circle } from '../interviews.policy.ts';

const day = 86_400_000;
/** Seconds that a call may have lasted at most. */
const longestCall = 86_400;

/** What is agreed on, as somebody gives it. */
export interface InterviewFields {
  kind: InterviewKind;
  startsAt: Date;
  minutes: number;
  topic: string;
  hostId: string;
}

/** Refused: OUT_OF_RANGE (more than a day ago or a year ahead, fewer than 5 minutes or more than 480), MEMBER_UNKNOWN (a host who is not of the team), REQUIRED, TOO_LONG. */
export function interviewFields({ kind, startsAt, minutes, topic, hostId }: InterviewFields, { team }: Circle, now: number): InterviewFields {
  if (startsAt.getTime() < now - day || startsAt.getTime() > now + 366 * day) refuse('OUT_OF_RANGE', 'startsAt');
  if (minutes < 5 || minutes > 480) refuse('OUT_OF_RANGE', 'minutes');
  if (!team.includes(hostId)) refuse('MEMBER_UNKNOWN', 'hostId');
  return { kind, startsAt, minutes, topic: optionalLine(topic, 'topic') ?? refuse('REQUIRED', 'topic'), hostId };
}

/** How far into a call something is. Refused: OUT_OF_RANGE. */
export function callSeconds(seconds: number, field: string): number {
  return seconds >= 0 && seconds <= longestCall ? seconds : refuse('OUT_OF_RANGE', field);
}
