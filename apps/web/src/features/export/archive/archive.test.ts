import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { MessageItem, TimelineItem } from '@baton/messaging';
import { makeProjectExport, ready, replayOrganisationLog, replayProjectLog, shortFingerprint } from '@baton/vault';
import { makeSignature, makeTestFirm, makeTestProject, domains } from '@baton/vault/testing';
import { fingerprintOf } from '@baton/vault/verify';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { makeArchive, type Archive } from './archive.ts';
import type { ArchivedThread, ArchiveContent, TextFile } from './content.ts';
import { jsonText } from './records.ts';

// Argon2id takes its time on purpose, and more of it on a busy machine.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 });

const script = join(import.meta.dirname, 'verify.mjs');
const hostile = `</script><img src=x onerror="alert(1)">'\`&amp;`;
const at = Date.parse('2026-05-04T08:00:00.000Z');
const [candidate, partner] = ['@c-lin:baton.test', '@m-ada:baton.test'];

const message = (body: string, change: Partial<MessageItem> = {}): MessageItem => ({
  kind: 'message', key: `$${body.length}`, eventId: `$event${body.length}`, sender: partner, mine: false, body, at, reply: null, authenticity: 'certified',
  status: null, failure: null, reached: { delivered: [], read: [] }, ...change,
});
const thread = (conversationId: string | null, name: string, items: readonly TimelineItem[], complete = true): ArchivedThread => ({
  conversationId, roomId: `!${conversationId ?? 'team'}:baton.test`, name, about: conversationId === null ? null : 'CFO of a wind company', items, complete,
  nameOf: (mxid) => (mxid === candidate ? '李娜' : 'Ada Morgan'), isCandidate: (mxid) => mxid === candidate,
});

const content: ArchiveContent = {
  firm: { id: 'org', name: 'Morgan & Søns' }, fingerprint: 'AAAA BBBB', exporter: { id: 'acc', name: 'Ada Morgan' }, exportedAt: '2026-05-04T08:00:00.000Z',
  project: { id: 'prj', name: '../../首席财务官', publicTitle: 'CFO', client: hostile, createdAt: '2026-05-01T00:00:00.000Z', archivedAt: null },
  team: [{ id: 'acc', name: 'Ada Morgan', role: 'LEAD' }], changes: [{ at: '2026-05-01T00:00:00.000Z', text: 'Ada Morgan made the key' }],
  stages: [{ id: 'stg', name: 'Interview', kind: 'ACTIVE' }],
  candidates: [{
    candidacyId: 'cdy', personId: 'per', name: '李娜', title: 'CFO', company: null, location: null, source: null, handles: [{ kind: 'EMAIL', raw: 'lin@example.com' }], tags: ['<b>'],
    stageId: 'stg', stageSince: '2026-05-02T00:00:00.000Z', history: [{ at: '2026-05-02T00:00:00.000Z', from: null, to: 'Interview', by: 'Ada Morgan', reason: hostile }],
    notes: [{ at: '2026-05-02T00:00:00.000Z', by: 'Ada Morgan', body: hostile }], conversationId: 'con1',
  }],
};

const plan = (locale: 'en' | 'zh-CN' = 'en') => ({
  locale, zone: 'Asia/Shanghai', projectName: content.project.name, nameOfTeam: () => 'Ada Morgan',
  threads: [{ conversationId: 'con1', name: '李娜' }, { conversationId: 'con2', name: '../../etc/passwd' }, { conversationId: 'con3', name: hostile }],
});

/** Writes two threads, a hostile one and the team's room. */
async function fill(archive: Archive): Promise<void> {
  await archive.addTeamRoom(thread(null, 'Team', [message('Notice is three months.', { noteOn: 'con1', at: at + 90_000_000 }), message('Who calls?', { at: at + 91_000_000 })]));
  await archive.addThread(thread('con1', '李娜', [
    { kind: 'membership', key: '$m', change: 'joined', userId: candidate, at },
    message('Hello\n  there', { at: at + 1000 }),
    message(hostile, { sender: candidate, at: at + 2000, reply: { key: null, eventId: '$event', sender: partner, excerpt: hostile } }),
    { kind: 'sealed', key: '$shut', sender: candidate, at: at + 3000 },
    message('who says so?', { at: at + 4000, authenticity: 'unverified' }),
    { kind: 'handover', key: '$h', seq: 2, at: at + 5000 },
  ]));
  await archive.addThread(thread('con2', '../../etc/passwd', [], false));
  await archive.addThread(thread('con3', hostile, [message('short')]));
}

/** All files of an archive by path, with a manifest that nobody signed. */
async function pages(locale?: 'en' | 'zh-CN'): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  const archive = await makeArchive(plan(locale), { add: async (file) => remember(files, file) });
  await fill(archive);
  await archive.finish(content, { logs: { organisation: [], project: [] }, verifier: '', sign: async (signed) => ({ statement: signed as never, signatures: [] }) });
  return files;
}

function remember(files: Record<string, string>, { path, text }: TextFile) {
  files[path] = text;
  return { path, bytes: Buffer.byteLength(text), sha256: createHash('sha256').update(text).digest('hex') };
}

describe('pages', () => {
  let files: Record<string, string>;
  beforeAll(async () => (files = await pages()));

  test('are one for each thread, under names that stay inside their folder', () => {
    expect(Object.keys(files).filter((path) => path.endsWith('.html'))).toEqual([
      'team-room.html', 'threads/001.html', 'threads/002-etc-passwd.html', 'threads/003-script-img-src-x-onerror-alert-1-amp.html', 'index.html',
    ]);
  });

  test('hold no tag, attribute or script of what people wrote', () => {
    for (const [path, text] of Object.entries(files).filter(([name]) => name.endsWith('.html'))) {
      expect(text, path).not.toMatch(/<script|<img|onerror="|<b>/i);
      expect(text.match(/<style>/g), path).toHaveLength(1);
    }
    expect(files['threads/001.html']).toContain('&lt;/script&gt;&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&#39;&#96;&amp;amp;');
  });

  test('let in nothing but their own style', () => {
    for (const [path, text] of Object.entries(files).filter(([name]) => name.endsWith('.html'))) {
      const style = /<style>([^]*)<\/style>/.exec(text)?.[1] ?? '';
      const hash = createHash('sha256').update(style).digest('base64');
      expect(text, path).toContain(`<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'">`);
    }
  });

  test('say who wrote what and when, in the zone that they name', () => {
    const page = files['threads/001.html'] ?? '';
    expect(page).toContain('All times are in Asia/Shanghai.');
    expect(page).toContain('<time datetime="2026-05-04T08:00:01.000Z">16:00</time>');
    expect(page).toContain('Hello\n  there');
    expect(page).toContain('李娜 joined');
    expect(page).toContain('could not be decrypted');
    expect(page).toContain('is not proven');
    expect(page.match(/<h2 class="day">/g)).toHaveLength(2);
  });

  test('have the team’s notes where they were written, and lead from each note to its thread', () => {
    expect(files['threads/001.html']).toMatch(/The candidate never saw it\.<\/p>\s*<p class="body" dir="auto">Notice is three months\./);
    expect(files['threads/003-script-img-src-x-onerror-alert-1-amp.html']).not.toContain('Notice is three months.');
    expect(files['team-room.html']).toContain('<a href="threads/001.html">Note on 李娜</a>');
  });

  test('say where a thread is not whole', () => {
    expect(files['threads/002-etc-passwd.html']).toContain('could not be read to its first message');
    expect(JSON.parse(files['manifest.json'] ?? '').statement).toMatchObject({
      threads: 3, messages: 6, incomplete: ['!con2:baton.test'], unreadable: [{ room: '!con1:baton.test', event: '$shut' }],
      unverified: [{ room: '!con1:baton.test', event: '$event12' }],
    });
  });

  test('are Chinese where the exporter’s pages are', async () => {
    const chinese = await pages('zh-CN');
    expect(chinese['index.html']).toContain('<html lang="zh-CN">');
    expect(chinese['index.html']).toContain('任何拿到此档案的人都能阅读。');
    expect(chinese['README.txt']).toContain('如何核对');
  });

  test('say the same as JSON, field by field', () => {
    expect(JSON.parse(files['threads/001.json'] ?? '')).toMatchObject({
      format: 'baton-thread', conversationId: 'con1', complete: true,
      items: [
        { kind: 'joined', person: candidate, personName: '李娜' },
        { kind: 'message', at: '2026-05-04T08:00:01.000Z', sender: partner, senderName: 'Ada Morgan', isCandidate: false, body: 'Hello\n  there', proof: 'certified', replyTo: null, noteOn: null },
        { kind: 'message', isCandidate: true, body: hostile, replyTo: { sender: partner, excerpt: hostile } },
        { kind: 'undecrypted', eventId: '$shut' },
        { kind: 'message', proof: 'unverified' },
        { kind: 'handover', projectLogLine: 2 },
      ],
    });
    expect(JSON.parse(files['project.json'] ?? '')).toMatchObject({ format: 'baton-project', candidates: content.candidates, threads: [{ conversationId: null }, { record: 'threads/001.json', messages: 3 }, {}, {}] });
  });

  test('every field of the JSON stands in the README', () => {
    const names = new Set<string>();
    const walk = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return;
      for (const [name, inner] of Object.entries(value)) {
        if (!Array.isArray(value)) names.add(name);
        walk(inner);
      }
    };
    for (const path of ['project.json', 'threads/001.json', 'team-room.json']) walk(JSON.parse(files[path] ?? ''));
    for (const name of ['format', 'version', 'kind']) names.delete(name);
    for (const name of names) expect(files['README.txt'], name).toMatch(new RegExp(`\\b${name}\\b`));
  });
});

describe('verify.mjs', () => {
  const run = promisify(execFile);
  let folder: string;
  let root: string;
  let whole: string;
  let another: string;

  /** Writes a signed archive into a folder. */
  async function writeArchive(to: string, firm: Awaited<ReturnType<typeof makeTestFirm>>): Promise<void> {
    const consultant = await firm.join('Cy', 'consultant');
    const made = await makeTestProject(firm, [firm.partner, consultant]);
    const lines = { organisation: await firm.server.organisationLog(-1), project: await made.server.as(firm.partner.account.secrets.account).projectLog(made.project, -1) };
    const organisation = replayOrganisationLog(lines.organisation);
    const project = replayProjectLog(lines.project, organisation, made.project);
    const archive = await makeArchive(plan(), {
      add: async (file) => {
        await mkdir(dirname(join(to, file.path)), { recursive: true });
        await writeFile(join(to, file.path), file.text);
        return remember({}, file);
      },
    });
    await fill(archive);
    const { secrets, keys } = firm.partner.account;
    const sign = async (given: Parameters<typeof makeProjectExport>[1]) => makeProjectExport({ organisation, project, exporter: { account: secrets.account, keys }, now: at }, given);
    await archive.finish(content, { logs: lines, verifier: await readFile(script, 'utf8'), sign });
  }

  async function verified(place = whole): Promise<{ code: number; said: string }> {
    try {
      return { code: 0, said: (await run(process.execPath, [join(place, 'verify.mjs')])).stdout };
    } catch (error) {
      const { code, stderr } = error as { code: number; stderr: string };
      return { code, said: stderr };
    }
  }

  /** What the script says once a file was changed so; the file is put back. */
  async function changed(path: string, change: (text: Buffer) => Buffer | string): Promise<{ code: number; said: string }> {
    const before = await readFile(join(whole, path));
    await writeFile(join(whole, path), change(Buffer.from(before)));
    try {
      return await verified();
    } finally {
      await writeFile(join(whole, path), before);
    }
  }
  const inJson = (change: (value: any) => void) => (text: Buffer): string => {
    const value: unknown = JSON.parse(text.toString());
    change(value);
    return jsonText(value);
  };

  beforeAll(async () => {
    await ready();
    folder = await mkdtemp(join(tmpdir(), 'baton-export-'));
    [whole, another] = [join(folder, 'whole'), join(folder, 'another')];
    const firm = await makeTestFirm();
    root = firm.partner.account.secrets.root;
    await writeArchive(whole, firm);
    await writeArchive(another, await makeTestFirm());
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('finds an archive whole, and prints the root’s fingerprint as the recovery kit’s sheet has it', async () => {
    const { code, said } = await verified();
    expect([code, said]).toEqual([0, expect.stringMatching(/^OK: 14 files/)]);
    expect(said).toContain(shortFingerprint(root));
    expect(said).toContain('3 threads, 6 messages');
    expect(said).not.toContain('\u001b');
  });

  test('hashes as libsodium does, whatever the length', async () => {
    const { hashOf } = (await import(script)) as { hashOf(domain: string, value: unknown): Buffer };
    fc.assert(fc.property(fc.string({ maxLength: 700, unit: 'grapheme' }), (rootKey) => void expect(hashOf('baton/v1/root', { rootKey }).toString('base64url')).toBe(fingerprintOf(rootKey))), { numRuns: 150 });
  });

  test('names the file in which one byte is another, whichever it is', async () => {
    const paths = (await readdir(whole, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name).slice(whole.length + 1));
    expect(paths).toHaveLength(15);
    for (const path of paths.filter((name) => name !== 'verify.mjs')) {
      const { code, said } = await changed(path, (bytes) => {
        const middle = Math.floor(bytes.length / 2);
        bytes[middle] = (bytes[middle] ?? 0) ^ 1;
        return bytes;
      });
      expect([code, said], path).toEqual([1, expect.stringContaining(`${path}: `)]);
    }
    expect(await changed('verify.mjs', (bytes) => Buffer.concat([bytes, Buffer.from('\n')]))).toMatchObject({ code: 1, said: expect.stringContaining('verify.mjs: was changed') });
  });

  test('misses no changed bit of what is signed', async () => {
    const { verifyArchive } = (await import(script)) as { verifyArchive(folder: string): Promise<unknown> };
    const signed = ['manifest.json', 'logs/organisation.json', 'logs/project.json'];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...signed), fc.nat(), fc.nat(7), async (path, place, bit) => {
        const before = await readFile(join(whole, path));
        const after = Buffer.from(before);
        after[place % after.length] = (after[place % after.length] ?? 0) ^ (1 << bit);
        await writeFile(join(whole, path), after);
        try {
          await expect(verifyArchive(whole)).rejects.toThrow(`${path}: `);
        } finally {
          await writeFile(join(whole, path), before);
        }
      }),
      { numRuns: 120 },
    );
  });

  test('names what is missing, and what was added', async () => {
    await writeFile(join(whole, 'threads/extra.html'), 'x');
    expect(await verified()).toMatchObject({ code: 1, said: expect.stringContaining('threads/extra.html: does not belong to the archive') });
    await rm(join(whole, 'threads/extra.html'));
    await symlink('/etc/hostname', join(whole, 'link'));
    expect(await verified()).toMatchObject({ code: 1, said: expect.stringContaining('link: is no plain file') });
    await rm(join(whole, 'link'));
    const page = await readFile(join(whole, 'index.html'));
    await rm(join(whole, 'index.html'));
    expect(await verified()).toMatchObject({ code: 1, said: expect.stringContaining('index.html: is missing') });
    await writeFile(join(whole, 'index.html'), page);
    expect((await verified()).code).toBe(0);
  });

  test.each<[string, string, (text: Buffer) => string]>([
    ['a manifest that says the same with other spaces', 'manifest.json', (text) => JSON.stringify(JSON.parse(text.toString()))],
    ['a manifest with another exporter’s name', 'manifest.json', inJson(({ statement }) => (statement.names.exporter = 'Somebody else'))],
    ['a manifest without one of its files', 'manifest.json', inJson(({ statement }) => statement.files.pop())],
    ['a manifest with a second signature', 'manifest.json', inJson(({ signatures }) => signatures.push(signatures[0]))],
    ['a manifest that is none', 'manifest.json', () => '[]'],
    ['an organisation’s log without its end', 'logs/organisation.json', inJson((lines) => lines.pop())],
    ['an organisation’s log in which somebody is more than they were', 'logs/organisation.json', inJson((lines) => (lines[1].statement.entry.role = 'partner'))],
    ['a project’s log with another roster', 'logs/project.json', inJson((lines) => lines[0].statement.roster.pop())],
    ['a project’s log that names more of the organisation’s than there is', 'logs/project.json', inJson((lines) => (lines[0].statement.organisationLog.length += 40))],
    ['a project’s log of no lines', 'logs/project.json', () => '[]\n'],
  ])('refuses %s', async (_, path, change) => {
    const { code, said } = await changed(path, change);
    expect([code, said]).toEqual([1, expect.stringMatching(new RegExp(`^NOT OK\n.*${path}: `))]);
  });

  test('refuses a manifest that somebody else signed, in whosever name', async () => {
    const stranger = await makeTestFirm();
    const forged = inJson((manifest) => (manifest.signatures = [makeSignature('account', stranger.partner.account.keys.signing, domains.projectExport, manifest.statement)]));
    expect(await changed('manifest.json', forged)).toMatchObject({ code: 1, said: expect.stringContaining('manifest.json: its exporter: the signature does not hold') });
  });

  test('refuses the manifest of one archive in another', async () => {
    const before = await readFile(join(another, 'manifest.json'));
    await copyFile(join(whole, 'manifest.json'), join(another, 'manifest.json'));
    expect(await verified(another)).toMatchObject({ code: 1, said: expect.stringContaining('manifest.json: its exporter') });
    await writeFile(join(another, 'manifest.json'), before);
    expect((await verified(another)).code).toBe(0);
  });

  test('checks another folder than its own, with a copy that one trusts', async () => {
    expect((await run(process.execPath, [script, whole])).stdout).toMatch(/^OK/);
  });
});
