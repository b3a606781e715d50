import type { Brief, BriefCandidate, BriefNote, BriefStage, Named } from './brief.ts';
import type { OpenPromise } from './promises.ts';

type Fields = Record<string, unknown>;

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === 'string';
const isMoment = (value: unknown): value is string => isText(value) && !Number.isNaN(Date.parse(value));
const isPlainDate = (value: unknown): value is string => isText(value) && /^\d{4}-\d{2}-\d{2}$/.test(value) && isMoment(value);
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
const isListOf = <T>(value: unknown, isOne: (one: unknown) => one is T): value is T[] => Array.isArray(value) && value.every(isOne);
const isTextOrNull = (value: unknown): value is string | null => value === null || isText(value);

const isNamed = (value: unknown): value is Named => isFields(value) && isText(value['id']) && isText(value['name']);
const isOwner = (value: unknown): value is Brief['owners'][number] => isFields(value) && isText(value['name']) && isCount(value['threads']);
const isCandidate = (value: unknown): value is BriefCandidate =>
  isFields(value) && isText(value['name']) && isTextOrNull(value['conversationId']) && (value['waitsSince'] === null || isMoment(value['waitsSince']));
const isStage = (value: unknown): value is BriefStage => isFields(value) && isText(value['name']) && isCount(value['count']) && isListOf(value['candidates'], isCandidate);
const isPromise = (value: unknown): value is OpenPromise =>
  isFields(value) && isText(value['candidate']) && isTextOrNull(value['conversationId']) && isText(value['text']) && (value['dueOn'] === null || isPlainDate(value['dueOn']));
const isPromises = (value: unknown): value is Brief['promises'] => isFields(value) && isCount(value['count']) && isListOf(value['first'], isPromise);
const isNote = (value: unknown): value is BriefNote =>
  isFields(value) && isText(value['candidate']) && isTextOrNull(value['conversationId']) && isText(value['text']) && isText(value['by']) && isMoment(value['at']);

/** A brief as a colleague's client wrote it; null where it is none, or one of a later kind: then its text is shown. */
export function readBrief(value: unknown): Brief | null {
  if (!isFields(value) || value['v'] !== 1) return null;
  const { project, from, to, by, at, words, stages, notes, owners } = value;
  // Briefs were left before promises were kept.
  const promises = value['promises'] ?? { count: 0, first: [] };
  const holds =
    isNamed(project) && isNamed(from) && isNamed(to) && (by === null || isNamed(by)) && isMoment(at) && isText(words) &&
    isListOf(stages, isStage) && isPromises(promises) && isListOf(notes, isNote) && isListOf(owners, isOwner);
  return holds ? { v: 1, project, from, to, by, at, words, stages, promises, notes, owners } : null;
}
