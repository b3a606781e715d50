import type { TimelineItem } from '@baton/messaging';
import type { ProjectRole, StageKind } from '../../../generated/graphql.ts';

/** Everything that an archive says, as plain data. Times are ISO 8601 in UTC. */
export interface ArchiveContent {
  firm: { id: string; name: string };
  /** Short form of the root's fingerprint. */
  fingerprint: string;
  exporter: { id: string; name: string };
  exportedAt: string;
  project: { id: string; name: string; publicTitle: string; client: string; createdAt: string; archivedAt: string | null };
  team: { id: string; name: string; role: ProjectRole }[];
  /** What the signed log says of who came, left and took over; oldest first. */
  changes: { at: string; text: string }[];
  /** In order. */
  stages: { id: string; name: string; kind: StageKind }[];
  candidates: ArchivedCandidate[];
}

export interface ArchivedCandidate {
  candidacyId: string;
  personId: string;
  name: string;
  title: string | null;
  company: string | null;
  location: string | null;
  source: string | null;
  handles: { kind: string; raw: string }[];
  tags: string[];
  stageId: string;
  stageSince: string;
  history: { at: string; from: string | null; to: string; by: string; reason: string | null }[];
  notes: { at: string; by: string; body: string }[];
  conversationId: string | null;
}

/** A thread, or the team's room: its file, and all that was written. */
export interface ArchivedThread {
  /** Null for the team's room. */
  conversationId: string | null;
  roomId: string;
  /** The candidate's name, or the project's. */
  name: string;
  /** How the role was told to the candidate. */
  about: string | null;
  items: readonly TimelineItem[];
  /** False: the homeserver gave no more of it. */
  complete: boolean;
  /** A person's name by Matrix id. */
  nameOf(mxid: string): string;
  /** Whether a Matrix id is the candidate's. */
  isCandidate(mxid: string): boolean;
}

/** What is known of a thread once it was written. */
export interface WrittenThread {
  conversationId: string | null;
  name: string;
  /** Its page, from the top folder. */
  page: string;
  messages: number;
  first: string | null;
  last: string | null;
  complete: boolean;
}

/** A file before it is packed. */
export interface TextFile {
  path: string;
  text: string;
}
