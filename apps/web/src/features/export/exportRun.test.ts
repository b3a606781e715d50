import { BatonError, makeSubject } from '@baton/base';
import type { MessageItem } from '@baton/messaging';
import { unzipSync } from 'fflate';
import { expect, test, vi } from 'vitest';
import type { ExportProjectQuery } from '../../generated/graphql.ts';
import type { Requester } from '../../platform/graphql/request.ts';
import type { RoomReading } from '../../session/exportContract.ts';
import { startExport, type ExportRun } from './exportRun.ts';

const message = (body: string): MessageItem => ({
  kind: 'message', key: body, eventId: `$${body}`, sender: '@m-mei:x', mine: true, body, at: 0, reply: null, authenticity: 'certified', status: 'sent', failure: null, reached: { delivered: [], read: [] },
});
const person = (id: string, name: string) => ({ id, name, title: null, location: null, source: null, tags: [], company: null, handles: [], notes: [] });
const candidacy = (id: string, name: string) => ({
  id, stageSince: '2026-05-04T08:00:00.000Z', stage: { id: 'stg' }, person: person(`per_${id}`, name), history: [],
  conversation: { id: `con_${id}`, roomId: `!${id}`, about: 'CFO', candidateName: name, formerMxids: [], candidate: { mxid: `@c-${id}:x` } },
});
const answer: ExportProjectQuery = {
  viewer: { account: { id: 'acc_mei', name: 'Mei Lin' }, organisation: { id: 'org', name: 'Harbor', members: [{ id: 'acc_mei', name: 'Mei Lin', mxid: '@m-mei:x' }] } },
  project: {
    id: 'prj', name: 'CFO', publicTitle: 'CFO', createdAt: '2026-05-01T00:00:00.000Z', archivedAt: null, client: { id: 'cmp', name: 'Northwind' }, vault: { projectId: 'prj', teamRoomId: '!team' },
    members: [{ role: 'LEAD', member: { id: 'acc_mei', name: 'Mei Lin' } }], stages: [{ id: 'stg', name: 'Sourced', kind: 'ACTIVE', position: 0 }],
    candidacies: [candidacy('lin', '李娜'), candidacy('daniel', 'Daniel Roth')],
  },
};

/** An export whose rooms a test reads, with refusals and broken connections as given. */
function exporting({ refusal, broken = [] as string[] }: { refusal?: string; broken?: string[] } = {}) {
  const rooms = new Map<string, { state: ReturnType<typeof makeSubject<RoomReading>>; closed: boolean }>();
  const asked: string[] = [];
  const request = (async (_: unknown, variables: { input?: unknown }) => {
    asked.push(variables.input === undefined ? 'records' : 'record');
    const code = broken.shift();
    if (code !== undefined) throw new BatonError(code);
    if (variables.input === undefined) return answer;
    return { recordProjectExport: { recorded: true, userErrors: refusal === undefined ? [] : [{ code: refusal, field: null, message: '' }] } };
  }) as Requester;
  const client = {
    vault: { project: async () => ({ projectId: 'prj', team: [], epoch: 1, changes: [] }), begin: async () => undefined },
    exports: {
      readRoom: (_: string, roomId: string) => {
        const room = { state: makeSubject<RoomReading>({ phase: 'reading', pages: 0 }), closed: false };
        rooms.set(roomId, room);
        return { state: room.state, close: () => (room.closed = true) };
      },
      logs: async () => ({ organisation: ['o'], project: ['p'], fingerprint: 'AAAA' }),
      sign: async ({ content }: { content: object }) => ({ statement: content, signatures: [] }),
    },
  } as unknown as Parameters<typeof startExport>[0]['client'];
  const pauses: number[] = [];
  const run = startExport({ client, request, projectId: 'prj', locale: 'en', zone: 'UTC', verifier: '//', now: () => Date.parse('2026-05-04T08:00:00.000Z'), pause: async (retry) => void pauses.push(retry) });
  const tell = async (roomId: string, reading: RoomReading): Promise<void> => {
    await vi.waitUntil(() => rooms.has(roomId));
    rooms.get(roomId)?.state.set(reading);
  };
  const whole = (...bodies: string[]): RoomReading => ({ phase: 'read', items: bodies.map(message), complete: true });
  return { run, rooms, asked, pauses, tell, whole };
}

const ended = (run: ExportRun): Promise<unknown> => vi.waitUntil(() => run.state() === 'done' || run.state() === 'failed');

test('the server is told first; then room by room is read, and all of it stands in one archive', async () => {
  const { run, asked, tell, whole, rooms } = exporting();
  await tell('!team', whole('Who calls?'));
  await tell('!daniel', { phase: 'waiting', pages: 2 });
  expect(run.steps().map(({ name, state, messages }) => [name, state, messages])).toEqual([[null, 'done', 1], ['Daniel Roth', 'reconnecting', 0], ['李娜', 'waiting', 0]]);
  await tell('!daniel', whole('Hello', 'Hello again'));
  await tell('!lin', { ...whole('你好'), complete: false } as RoomReading);
  await ended(run);
  expect(asked).toEqual(['record', 'records']);
  expect([...rooms.values()].every(({ closed }) => closed)).toBe(true);
  expect(run.result()).toMatchObject({ file: 'CFO-2026-05-04.zip', threads: 2, messages: 4, incomplete: ['!lin'], unreadable: [], fingerprint: 'AAAA' });
  const files = unzipSync(new Uint8Array(await run.result()!.archive.arrayBuffer()));
  expect(Object.keys(files).sort()).toEqual([
    'README.txt', 'index.html', 'logs/organisation.json', 'logs/project.json', 'manifest.json', 'project.json', 'team-room.html', 'team-room.json',
    'threads/001-Daniel-Roth.html', 'threads/001-Daniel-Roth.json', 'threads/002.html', 'threads/002.json', 'verify.mjs',
  ]);
  expect(Buffer.from(files['threads/002.html'] ?? []).toString()).toContain('你好');
});

test('nothing is read where the server refuses', async () => {
  const { run, rooms } = exporting({ refusal: 'FORBIDDEN' });
  await ended(run);
  expect([run.state(), run.failure(), rooms.size]).toEqual(['failed', expect.objectContaining({ code: 'FORBIDDEN' }), 0]);
});

test('a broken connection is waited for, and the server is told once', async () => {
  const { run, asked, pauses, tell, whole } = exporting({ broken: ['OFFLINE', 'OFFLINE'] });
  for (const room of ['!team', '!daniel', '!lin']) await tell(room, whole());
  await ended(run);
  expect([run.state(), pauses, asked]).toEqual(['done', [1, 2], ['record', 'record', 'record', 'records']]);
});

test('a device without room says so, and another try begins anew without telling the server again', async () => {
  const { run, asked, tell, whole, rooms } = exporting();
  await tell('!team', { phase: 'failed', code: 'STORAGE_FULL' });
  await ended(run);
  expect(run.failure()).toMatchObject({ code: 'STORAGE_FULL' });
  rooms.clear();
  run.retry();
  for (const room of ['!team', '!daniel', '!lin']) await tell(room, whole('again'));
  await ended(run);
  expect([run.state(), asked]).toEqual(['done', ['record', 'records', 'records']]);
});

test('stopped it reads no further and makes nothing', async () => {
  const { run, tell, whole, rooms } = exporting();
  await tell('!team', whole());
  await vi.waitUntil(() => rooms.has('!daniel'));
  run.stop();
  await vi.waitUntil(() => rooms.get('!daniel')?.closed);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect([run.result(), rooms.has('!lin'), run.state()]).toEqual([undefined, false, 'reading']);
});
