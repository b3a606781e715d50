import type { TimelineItem } from '@baton/messaging';
import type { ArchivedThread, ArchiveContent, WrittenThread } from './content.ts';

/** JSON for people and programs: indented, with a line's end. */
export const jsonText = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

const isoOf = (at: number): string => new Date(at).toISOString();

/** A thread as `threads/….json` has it; the README of the archive names every field. */
export function threadRecord(thread: ArchivedThread): object {
  const { conversationId, roomId, name, about, complete } = thread;
  return { format: 'baton-thread', version: 1, conversationId, roomId, name, about, complete, items: thread.items.map((item) => itemRecord(thread, item)) };
}

function itemRecord({ nameOf, isCandidate }: ArchivedThread, item: TimelineItem): object {
  const at = isoOf(item.at);
  if (item.kind === 'membership') return { kind: item.change, at, person: item.userId, personName: nameOf(item.userId) };
  if (item.kind === 'handover') return { kind: 'handover', at, projectLogLine: item.seq };
  const from = { sender: item.sender, senderName: nameOf(item.sender), isCandidate: isCandidate(item.sender) };
  if (item.kind === 'sealed') return { kind: 'undecrypted', eventId: item.key, at, ...from };
  if (item.kind === 'missing') return { kind: 'missing', count: item.count, at, ...from };
  if (item.kind === 'reordered') return { kind: 'reordered', at, ...from };
  const { eventId, body, reply, noteOn = null, card = null, authenticity } = item;
  const replyTo = reply && { eventId: reply.eventId, sender: reply.sender, excerpt: reply.excerpt };
  return { kind: 'message', eventId, at, ...from, body, replyTo, noteOn, card, proof: authenticity };
}

/** The project as `project.json` has it. */
export function projectRecord({ firm, fingerprint, exporter, exportedAt, project, team, stages, candidates }: ArchiveContent, threads: readonly WrittenThread[]): object {
  const listed = threads.map(({ conversationId, name, page, messages, first, last, complete }) => ({
    conversationId, name, page, record: page.replace(/html$/, 'json'), messages, first, last, complete,
  }));
  return { format: 'baton-project', version: 1, firm, rootFingerprint: fingerprint, exporter, exportedAt, project, team, stages, candidates, threads: listed };
}
