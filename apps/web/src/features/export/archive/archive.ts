import type { MessageItem } from '@baton/messaging';
import type { ArchivedFile, ExportContent, ProjectExportStatement, Signed } from '@baton/vault';
import type { Locale } from '../../../platform/preferences/preferences.ts';
import { doubtsOf } from './changes.ts';
import type { ArchivedThread, ArchiveContent, TextFile, WrittenThread } from './content.ts';
import { threadPath } from './fileNames.ts';
import { indexPage } from './indexPage.ts';
import { hashOfStyle, makeDates, type PageFrame } from './page.ts';
import { readmes } from './readme.ts';
import { jsonText, projectRecord, threadRecord } from './records.ts';
import { threadPage } from './threadPage.ts';
import { archiveWords } from './archive.messages.ts';

/** Where files go: into a ZIP, or a test's hands. Resolves with what the manifest says of the file. */
export interface FileSink {
  add(file: TextFile): Promise<ArchivedFile>;
}

export interface ArchivePlan {
  locale: Locale;
  /** IANA name of the zone that pages tell times in. */
  zone: string;
  projectName: string;
  /** Every thread that will be added, in the order of their pages. */
  threads: readonly { conversationId: string; name: string }[];
  nameOfTeam(mxid: string): string;
}

/**
 * An archive on its way: the team's room first, because notes on threads stand there, then thread by thread, so that only one of
 * them is in memory, and at last all that needs to know of the others.
 */
export interface Archive {
  addTeamRoom(room: ArchivedThread): Promise<void>;
  addThread(thread: ArchivedThread): Promise<void>;
  /** Writes the rest; the manifest, as `sign` signs it, is last. */
  finish(
    content: ArchiveContent,
    parts: { logs: { organisation: readonly unknown[]; project: readonly unknown[] }; verifier: string; sign(content: ExportContent): Promise<Signed<ProjectExportStatement>> },
  ): Promise<void>;
}

const teamPath = 'team-room';

export async function makeArchive(plan: ArchivePlan, sink: FileSink): Promise<Archive> {
  const words = archiveWords[plan.locale];
  const frame: PageFrame = { words, dates: makeDates(words.language, plan.zone), styleHash: await hashOfStyle() };
  const paths = new Map(plan.threads.map(({ conversationId, name }, index) => [conversationId, { name, path: threadPath(index + 1, name) }]));
  const files: ArchivedFile[] = [];
  const written: WrittenThread[] = [];
  const doubts: Pick<ExportContent, 'incomplete' | 'unreadable' | 'unverified'> = { incomplete: [], unreadable: [], unverified: [] };
  let notes: readonly MessageItem[] = [];

  const add = async (path: string, text: string): Promise<void> => void files.push(await sink.add({ path, text }));
  const write = async (path: string, up: string, thread: ArchivedThread, itsNotes: readonly MessageItem[]): Promise<void> => {
    const around = {
      back: `${up}index.html`, project: plan.projectName, notes: itsNotes, nameOfTeam: plan.nameOfTeam,
      noteTarget: (conversationId: string) => {
        const target = paths.get(conversationId);
        return target === undefined ? null : { name: target.name, href: `${up}${target.path}.html` };
      },
    };
    await add(`${path}.html`, threadPage(frame, thread, around));
    await add(`${path}.json`, jsonText(threadRecord(thread)));
    const times = thread.items.flatMap((item) => (item.kind === 'message' ? [new Date(item.at).toISOString()] : []));
    const { conversationId, name, complete, roomId } = thread;
    written.push({ conversationId, name, page: `${path}.html`, messages: times.length, first: times[0] ?? null, last: times.at(-1) ?? null, complete });
    const { unreadable, unverified } = doubtsOf(thread);
    doubts.unreadable.push(...unreadable);
    doubts.unverified.push(...unverified);
    if (!complete) doubts.incomplete.push(roomId);
  };

  return {
    addTeamRoom: async (room) => {
      notes = room.items.filter((item): item is MessageItem => item.kind === 'message' && item.noteOn !== undefined);
      await write(teamPath, '', room, []);
    },
    addThread: async (thread) => {
      const { path } = paths.get(thread.conversationId ?? '') ?? { path: threadPath(written.length + 1, thread.name) };
      await write(path, '../', thread, notes.filter(({ noteOn }) => noteOn === thread.conversationId));
    },
    finish: async (content, { logs, verifier, sign }) => {
      await add('index.html', indexPage(frame, content, written));
      await add('project.json', jsonText(projectRecord(content, written)));
      await add('logs/organisation.json', jsonText(logs.organisation));
      await add('logs/project.json', jsonText(logs.project));
      await add('README.txt', readmes[plan.locale](content.project.name));
      await add('verify.mjs', verifier);
      const signed = await sign({
        names: { firm: content.firm.name, project: content.project.name, exporter: content.exporter.name },
        threads: written.filter(({ conversationId }) => conversationId !== null).length,
        messages: written.reduce((sum, thread) => sum + thread.messages, 0),
        ...doubts, files,
      });
      await sink.add({ path: 'manifest.json', text: jsonText({ statement: signed.statement, signatures: signed.signatures }) });
    },
  };
}
