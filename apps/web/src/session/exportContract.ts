import type { Subscribable } from '@baton/base';
import type { TimelineItem } from '@baton/messaging';
import type { ExportContent, ProjectExportStatement, Signed } from '@baton/vault';

/** What a partner takes out of a project that they are on. Errors: FORBIDDEN for candidates, the vault's, OFFLINE. */
export interface ExportCommands {
  /** Reads a room of the project from its first message on, and goes on by itself after a broken connection, until it is closed. */
  readRoom(projectId: string, roomId: string): { state: Subscribable<RoomReading>; close(): void };
  /** Both logs from their first lines, held against the firm's root and against what this device has seen of them. */
  logs(projectId: string): Promise<ExportLogs>;
  /** Signs an archive's manifest with the viewer's account key. Errors: NOT_ADMIN, NOT_IN_PROJECT. */
  sign(input: { projectId: string; logs: Pick<ExportLogs, 'organisation' | 'project'>; content: ExportContent }): Promise<Signed<ProjectExportStatement>>;
}

export type RoomReading =
  /** `pages` of history have been fetched so far; `waiting`: for the connection. */
  | { phase: 'reading' | 'waiting'; pages: number }
  /** Not `complete`: the homeserver gives no more of it. */
  | { phase: 'read'; items: readonly TimelineItem[]; complete: boolean }
  | { phase: 'failed'; code: string };

/** Lines as they were signed. */
export interface ExportLogs {
  organisation: unknown[];
  project: unknown[];
  /** Short form of the root's fingerprint, as the sheet of the recovery kit has it. */
  fingerprint: string;
}
