import type { HandOverBriefQuery } from '../../../generated/graphql.ts';
import { openPromisesOf, type OpenPromise } from './promises.ts';
import type { Waits } from './waits.ts';

/** What the successor of a project is told: made once, at the handover, and shown in the reader's language. */
export interface Brief {
  v: 1;
  project: Named;
  from: Named;
  to: Named;
  /** Who handed it over; null where the recovery kit was used. */
  by: Named | null;
  /** ISO 8601. */
  at: string;
  /** In the words of whoever handed over. */
  words: string;
  /** Stages with candidates, in the board's order. */
  stages: BriefStage[];
  /** What candidates were promised and wait for, the earliest due first: how many, and the first of them. */
  promises: { count: number; first: OpenPromise[] };
  /** Newest first. */
  notes: BriefNote[];
  /** Who looks after how many threads from then on, most first. */
  owners: { name: string; threads: number }[];
}

export interface Named {
  id: string;
  name: string;
}

export interface BriefStage {
  name: string;
  /** All in the stage; of many only the first stand in `candidates`. */
  count: number;
  /** Those first who wait for an answer. */
  candidates: BriefCandidate[];
}

export interface BriefCandidate {
  name: string;
  conversationId: string | null;
  /** Since when they wait for an answer, ISO 8601; null: they don't. */
  waitsSince: string | null;
}

export interface BriefNote {
  candidate: string;
  conversationId: string | null;
  text: string;
  by: string;
  at: string;
}

/** The kind of a message's card that holds a brief. */
export const briefKind = 'com.baton.brief';

/** So that a brief of any project fits a message: candidates by name over all stages, promises, notes, and characters of one. */
const most = { candidates: 100, promises: 8, promiseLength: 100, notes: 5, noteLength: 240 };

interface BriefSources {
  project: NonNullable<HandOverBriefQuery['project']>;
  from: Named;
  to: Named;
  /** Whose threads go to the successor; left out: the predecessor's. */
  holder?: string;
  by: Named | null;
  at: string;
  words: string;
  waitsSince: Waits;
}

/** The brief of a project as it stands. */
export function makeBrief({ project, from, to, holder = from.id, by, at, words, waitsSince }: BriefSources): Brief {
  let room = most.candidates;
  const stages = project.stages.toSorted((a, b) => a.position - b.position).flatMap(({ id, name }) => {
    const all = project.candidacies.filter(({ stage }) => stage.id === id).map(({ person, conversation }) => ({
      name: person.name, conversationId: conversation?.id ?? null, waitsSince: (conversation && waitsSince(conversation.id)) ?? null,
    }));
    const candidates = all.toSorted(longestWait).slice(0, room);
    room -= candidates.length;
    return all.length === 0 ? [] : [{ name, count: all.length, candidates }];
  });
  const notes = project.candidacies.flatMap(({ person, conversation }) =>
    person.notes.map(({ body, createdAt, author }) => ({ candidate: person.name, conversationId: conversation?.id ?? null, text: shortened(body, most.noteLength), by: author.name, at: createdAt })),
  );
  const promises = openPromisesOf([project]);
  const threads = new Map<string, number>();
  for (const { conversation } of project.candidacies) {
    if (!conversation) continue;
    const name = conversation.owner.accountId === holder ? to.name : conversation.owner.name;
    threads.set(name, (threads.get(name) ?? 0) + 1);
  }
  return {
    v: 1, project: { id: project.id, name: project.name }, from, to, by, at, words, stages,
    promises: { count: promises.length, first: promises.slice(0, most.promises).map((promise) => ({ ...promise, text: shortened(promise.text, most.promiseLength) })) },
    notes: notes.toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at)).slice(0, most.notes),
    owners: [...threads].map(([name, count]) => ({ name, threads: count })).toSorted((a, b) => b.threads - a.threads),
  };
}

/** Who does not wait comes last. */
const longestWait = (a: BriefCandidate, b: BriefCandidate): number => Number(a.waitsSince === null) - Number(b.waitsSince === null) || Date.parse(a.waitsSince ?? '0') - Date.parse(b.waitsSince ?? '0');

const shortened = (text: string, length: number): string => (text.length > length ? `${text.slice(0, length - 1).trimEnd()}…` : text);

/** Somebody who waits for an answer. */
type WaitingCandidate = BriefCandidate & { waitsSince: string };

/** All who wait for an answer, the longest first: by what the reader's browser knows `now`, else as it was when the brief was made. */
export const waiting = ({ stages }: Brief, now: Waits = () => undefined): WaitingCandidate[] =>
  stages
    .flatMap(({ candidates }) => candidates)
    .flatMap((candidate) => {
      const known = candidate.conversationId === null ? undefined : now(candidate.conversationId);
      const waitsSince = known === undefined ? candidate.waitsSince : known;
      return waitsSince === null ? [] : [{ ...candidate, waitsSince }];
    })
    .toSorted(longestWait);
