import { BatonError, isBatonError } from '@baton/base';
import type { ExportContent } from '@baton/vault';
import { createSignal, type Accessor } from 'solid-js';
import { ExportProjectDocument, RecordProjectExportDocument } from '../../generated/graphql.ts';
import { throwUserErrors, type Requester } from '../../platform/graphql/request.ts';
import type { Locale } from '../../platform/preferences/preferences.ts';
import type { BatonClient, ProjectVaultView } from '../../session/contract.ts';
import type { RoomReading } from '../../session/exportContract.ts';
import { makeArchive } from './archive/archive.ts';
import { changesOf } from './archive/changes.ts';
import { archiveName } from './archive/fileNames.ts';
import { makePack } from './archive/pack.ts';
import { archiveWords } from './archive/archive.messages.ts';
import { contentOf, conversationsOf, teamNames, threadOf, type ExportedProject, type ExportingViewer } from './contentOf.ts';

/** `waiting` for its turn, `reconnecting`: for the network. `partly`: the server gave no more of it. */
export type StepState = 'waiting' | 'reading' | 'reconnecting' | 'done' | 'partly';

/** A room on its way into the archive. */
export interface Step {
  roomId: string;
  /** The candidate's name; null: the team's room. */
  name: string | null;
  state: StepState;
  /** Once it was read. */
  messages: number;
}

/** What came of it. */
export interface ExportResult extends Pick<ExportContent, 'threads' | 'messages' | 'incomplete' | 'unreadable' | 'unverified'> {
  file: string;
  archive: Blob;
  fingerprint: string;
}

export interface ExportRun {
  steps: Accessor<readonly Step[]>;
  /** What is done now: asking the server, reading room by room, writing what is left; at last `done`, or why not. */
  state: Accessor<'asking' | 'reconnecting' | 'reading' | 'writing' | 'done' | 'failed'>;
  failure: Accessor<unknown>;
  result: Accessor<ExportResult | undefined>;
  /** Once more from the start: what was read is on this device by then. */
  retry(): void;
  /** Nothing comes of it, and nothing is left but what this device has read. */
  stop(): void;
}

interface Options {
  client: Pick<BatonClient, 'vault' | 'exports'>;
  request: Requester;
  projectId: string;
  locale: Locale;
  /** IANA name of the zone that pages tell times in. */
  zone: string;
  verifier: string;
  /** Waits until it is worth another try, the `retry`-th. */
  pause(retry: number): Promise<void>;
  now(): number;
}

const broken = new Set(['OFFLINE', 'SERVER_UNREACHABLE', 'MATRIX_UNAVAILABLE', 'THROTTLED', 'INTERNAL', 'CONFLICT', 'CERTIFICATE_REQUIRED']);
/** A server that answers with its own trouble is asked this often; a network is waited for without end. */
const patience = 5;

/** Somebody thought better of it. */
class Stopped extends Error {}

/**
 * Makes an archive of a project in this browser:
 *   the API keeps who asks, and may refuse → records, team and vault
 *   the team's room, then thread by thread, each from its first message → pages and JSON, packed at once
 *   both signed logs → the manifest, signed by the viewer's account → one ZIP
 */
export function startExport(options: Options): ExportRun {
  const { client, request, projectId, locale, zone, verifier, pause, now } = options;
  const [steps, setSteps] = createSignal<readonly Step[]>([]);
  const [state, setState] = createSignal<ReturnType<ExportRun['state']>>('asking');
  const [failure, setFailure] = createSignal<unknown>();
  const [result, setResult] = createSignal<ExportResult>();
  const words = archiveWords[locale];
  let end = new AbortController();
  let isRecorded = false;

  const set = (roomId: string, change: Partial<Step>): void => void setSteps((known) => known.map((step) => (step.roomId === roomId ? { ...step, ...change } : step)));

  /** Asks until there is an answer. What was shown before a broken connection is shown again after it. */
  const ask = async <T>(question: () => Promise<T>): Promise<T> => {
    const shown = state();
    for (let retries = 0; ; ) {
      if (end.signal.aborted) throw new Stopped();
      try {
        const answer = await question();
        if (!end.signal.aborted) setState(shown);
        return answer;
      } catch (error) {
        const code = isBatonError(error) ? error.code : '';
        if (!broken.has(code) || (code !== 'OFFLINE' && retries >= patience)) throw error;
        setState('reconnecting');
        await pause(++retries);
      }
    }
  };

  const record = async (): Promise<void> => {
    if (isRecorded) return;
    throwUserErrors((await ask(() => request(RecordProjectExportDocument, { input: { projectId } }))).recordProjectExport.userErrors);
    isRecorded = true;
  };

  const load = async (): Promise<{ vault: ProjectVaultView; teamRoomId: string; viewer: ExportingViewer; project: ExportedProject }> => {
    const known = await ask(() => client.vault.project(projectId));
    if (known === null) await ask(() => client.vault.begin(projectId));
    const vault = known ?? (await ask(() => client.vault.project(projectId)));
    const { viewer, project } = await ask(() => request(ExportProjectDocument, { id: projectId }));
    if (viewer === null || project === null) throw new BatonError('NOT_FOUND');
    if (vault === null || project.vault === null) throw new BatonError('VAULT_MISSING');
    return { vault, teamRoomId: project.vault.teamRoomId, viewer, project };
  };

  /** Reads one room to its first message, and shows how it goes. */
  const read = (roomId: string): Promise<Extract<RoomReading, { phase: 'read' }>> =>
    new Promise((resolve, reject) => {
      const { signal } = end;
      const reading = client.exports.readRoom(projectId, roomId);
      const leave = (): void => {
        unsubscribe();
        reading.close();
        signal.removeEventListener('abort', onStop);
      };
      const onStop = (): void => {
        leave();
        reject(new Stopped());
      };
      const take = (now_: RoomReading): void => {
        if (now_.phase === 'read') {
          leave();
          const messages = now_.items.filter(({ kind }) => kind === 'message').length;
          set(roomId, { state: now_.complete ? 'done' : 'partly', messages });
          resolve(now_);
        } else if (now_.phase === 'failed') {
          leave();
          reject(new BatonError(now_.code));
        } else set(roomId, { state: now_.phase === 'waiting' ? 'reconnecting' : 'reading' });
      };
      let unsubscribe = (): void => {};
      signal.addEventListener('abort', onStop);
      unsubscribe = reading.state.subscribe(take);
      take(reading.state.current());
    });

  const carryOut = async (): Promise<ExportResult> => {
    await record();
    const { vault, teamRoomId, viewer, project } = await load();
    const conversations = conversationsOf(project);
    setSteps([{ roomId: teamRoomId, name: null }, ...conversations.map(({ roomId, candidateName }) => ({ roomId, name: candidateName }))].map((step) => ({ ...step, state: 'waiting', messages: 0 })));
    setState('reading');
    const exportedAt = new Date(now()).toISOString();
    const pack = makePack(exportedAt);
    const nameOfTeam = teamNames(viewer, words.someone);
    const threads = conversations.map(({ id, candidateName }) => ({ conversationId: id, name: candidateName }));
    const archive = await makeArchive({ locale, zone, projectName: project.name, threads, nameOfTeam }, pack);
    const room = await read(teamRoomId);
    await archive.addTeamRoom({ conversationId: null, roomId: teamRoomId, name: project.name, about: null, ...room, nameOf: nameOfTeam, isCandidate: () => false });
    for (const conversation of conversations) await archive.addThread(threadOf(conversation, await read(conversation.roomId), nameOfTeam));

    setState('writing');
    const logs = await ask(() => client.exports.logs(projectId));
    const nameOf = (accountId: string): string => viewer.organisation.members.find(({ id }) => id === accountId)?.name ?? words.someone;
    const content = contentOf(project, viewer, { fingerprint: logs.fingerprint, exportedAt, changes: changesOf(vault, nameOf, words) });
    let signed: ExportContent | undefined;
    const sign = async (given: ExportContent) => {
      signed = given;
      return ask(() => client.exports.sign({ projectId, logs: { organisation: logs.organisation, project: logs.project }, content: given }));
    };
    await archive.finish(content, { logs, verifier, sign });
    const { threads: count, messages, incomplete, unreadable, unverified } = signed!;
    return { threads: count, messages, incomplete, unreadable, unverified, file: archiveName(project.name, exportedAt), archive: pack.end(), fingerprint: logs.fingerprint };
  };

  const run = async (): Promise<void> => {
    try {
      setResult(await carryOut());
      if (!end.signal.aborted) setState('done');
    } catch (error) {
      if (error instanceof Stopped || end.signal.aborted) return;
      // What a device says that can't hold all of it at once.
      setFailure(error instanceof RangeError ? new BatonError('STORAGE_FULL') : error);
      setState('failed');
    }
  };
  void run();

  return {
    steps, state, failure, result,
    retry: () => {
      if (state() !== 'failed') return;
      end = new AbortController();
      setState('asking');
      setSteps([]);
      void run();
    },
    stop: () => end.abort(),
  };
}
