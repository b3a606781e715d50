import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keyCanary, textCanary } from './canary.ts';
import { findCanaries, type Place } from './findCanaries.ts';
import { folderPlace } from './places/folder.ts';
import { sqlitePlace } from './places/sqlite.ts';

const sentence = 'Über die Gehaltsfrage: 三十五万 / Jahr!';
// Its ones give it a / or a _ wherever it begins.
const key = Buffer.from('fb3e7f90c1a25d00fe8811ffffff5a6bcc2903d7fa7b1ee05f8c46a19d0237ff', 'hex');
const [said, secret] = [textCanary('a sentence', sentence), keyCanary('a key', key)];

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'baton-canaries-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const piecesOf = (...texts: (string | Uint8Array)[]): Place => ({
  name: 'a place',
  async *pieces() {
    for (const [index, text] of texts.entries()) yield { where: String(index), bytes: Buffer.from(text as string) };
  },
});
const formsIn = async (text: string | Uint8Array, canary = said): Promise<string[]> => (await findCanaries([piecesOf(text)], [canary])).map(({ form }) => form);
/** As Python's json.dumps writes it, unless it is told otherwise. */
const ascii = (text: string): string => JSON.stringify(text).replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
const within = (bytes: string | Uint8Array, before: number): Buffer => Buffer.concat([Buffer.alloc(before, 'x'), Buffer.from(bytes as string), Buffer.from('and so on')]);

describe('a sentence is found', () => {
  test.each<[string, string | Uint8Array, string]>([
    ['as it is', `…${sentence}…`, 'UTF-8'],
    ['in JSON', JSON.stringify({ body: `"${sentence}"` }), 'UTF-8'],
    ['in JSON that is ASCII', ascii(sentence), '\\u in JSON'],
    ['in such JSON within JSON', JSON.stringify(ascii(sentence)), '\\u in JSON in JSON'],
    ['in such JSON with capital digits', ascii(sentence).replace(/\\u[0-9a-f]{4}/g, (escape) => `\\u${escape.slice(2).toUpperCase()}`), '\\u in JSON'],
    ['in an address', `/search?q=${encodeURIComponent(sentence)}&page=1`, 'URL encoding'],
    ['in an address, as a form sends it', `q=${new URLSearchParams({ q: sentence })}`, 'URL encoding'],
    ['in an address with small digits', encodeURIComponent(sentence).replace(/%[0-9A-F]{2}/g, (escape) => escape.toLowerCase()), 'URL encoding'],
    ['in hex', Buffer.from(sentence).toString('hex'), 'hex'],
    ['in hex with capital digits', Buffer.from(sentence).toString('hex').toUpperCase(), 'hex'],
    ['in the base64 of JSON that is ASCII', within(ascii(sentence), 1).toString('base64'), '\\u in JSON in base64'],
    ['in an address in the hex of it', Buffer.from(`/${encodeURIComponent(sentence)}`).toString('hex'), 'URL encoding in hex'],
  ])('%s', async (_, text, form) => {
    expect(await formsIn(text)).toContain(form);
  });
});

describe('a key is found', () => {
  test.each<[string, string | Uint8Array, string]>([
    ['as bytes', within(key, 7), 'bytes'],
    ['in hex', `\\x${key.toString('hex')}`, 'hex'],
    ['in base64', JSON.stringify({ key: key.toString('base64') }), 'base64'],
    ['in base64 in an address', encodeURIComponent(key.toString('base64')), 'base64 in URL encoding'],
    ['in base64url', `#${key.toString('base64url')}.`, 'base64url'],
    ['in the base64 of JSON with its base64url', Buffer.from(JSON.stringify({ seed: key.toString('base64url') })).toString('base64'), 'base64url in base64'],
    ['in the hex of its base64', Buffer.from(key.toString('base64')).toString('hex'), 'base64 in hex'],
  ])('%s', async (_, text, form) => {
    expect(await formsIn(text, secret)).toContain(form);
  });

  test.each([0, 1, 2, 3, 4])('in the base64 of something longer, %i bytes from its beginning', async (before) => {
    expect(await formsIn(within(key, before).toString('base64'), secret)).toEqual(['base64']);
    expect(await formsIn(within(key, before).toString('base64url'), secret)).toEqual(['base64url']);
  });
});

describe('a search', () => {
  test('finds nothing where nothing is', async () => {
    const changed = Buffer.from(key);
    changed[31] = 0;
    expect(await findCanaries([piecesOf('Über die Gehaltsfrage: 三十六万 / Jahr!', changed, changed.toString('base64'), '', 'x')], [said, secret])).toEqual([]);
  });

  test('finds what stands at the very end, and what stands there twice once', async () => {
    expect(await findCanaries([piecesOf('nothing', `${sentence} ${sentence}`)], [said])).toEqual([{ canary: 'a sentence', form: 'UTF-8', place: 'a place: 1' }]);
  });

  test('takes no canary that could be there by chance', () => {
    expect(() => textCanary('a word', 'yes')).toThrow(/a word has 3 bytes/);
  });
});

describe('a folder', () => {
  test('is searched in all of its depth, files of bytes too', async () => {
    const plant = (path: string, content: string | Uint8Array): void => {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    };
    plant('logs/api.log', `{"path":"/${encodeURIComponent(sentence)}"}\n`);
    plant('media/local_content/aB/cD/eF', within(key, 5000));
    plant('media/empty', '');
    const hits = await findCanaries([folderPlace('disk', folder)], [said, secret]);
    expect(hits).toContainEqual({ canary: 'a sentence', form: 'URL encoding', place: 'disk: logs/api.log' });
    expect(hits).toContainEqual({ canary: 'a key', form: 'bytes', place: 'disk: media/local_content/aB/cD/eF' });
    expect(hits).toHaveLength(2);
  });

  test('that is not there is no folder without canaries', async () => {
    await expect(findCanaries([folderPlace('disk', join(folder, 'nowhere'))], [said])).rejects.toThrow(/ENOENT/);
  });
});

describe('an SQLite database', () => {
  let writer: DatabaseSync;
  let file: string;
  beforeAll(() => {
    file = join(folder, 'home server.db');
    writer = new DatabaseSync(file);
    writer.exec(`pragma journal_mode = wal; create table "odd ""name" (id integer primary key, "group" text, raw blob, n real) strict; create table keys (name text primary key, value) without rowid`);
  });
  afterAll(() => writer.close());

  test('is searched while it is open elsewhere, with what only its log has', async () => {
    writer.prepare(`insert into "odd ""name" ("group", raw, n) values (?, ?, 1.5)`).run(ascii(sentence), within(key, 3));
    writer.prepare('insert into keys values (?, ?), (?, null)').run('a', key.toString('base64url'), 'b');
    const hits = await findCanaries([sqlitePlace('db', file)], [said, secret]);
    expect(hits).toContainEqual({ canary: 'a sentence', form: '\\u in JSON', place: 'db: odd "name.group' });
    expect(hits).toContainEqual({ canary: 'a key', form: 'bytes', place: 'db: odd "name.raw' });
    expect(hits).toContainEqual({ canary: 'a key', form: 'base64url', place: 'db: keys.value' });
    expect(new Set(hits.map(({ place }) => place)).size).toBe(3);
  });

  test('that is not there is no database without canaries', async () => {
    await expect(findCanaries([sqlitePlace('db', join(folder, 'nowhere.db'))], [said])).rejects.toThrow(/unable to open/);
  });
});
