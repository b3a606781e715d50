import { createHash } from 'node:crypto';
import { unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { makePack } from './pack.ts';

test('files come out as they went in, under their names, and are described as they are', async () => {
  const pack = makePack('2026-05-04T08:00:00.000Z');
  const texts = { 'index.html': '<p>你好</p>'.repeat(5000), 'threads/001-李娜.json': '{}\n', 'empty.txt': '' };
  for (const [path, text] of Object.entries(texts)) {
    expect(await pack.add({ path, text })).toEqual({ path, bytes: Buffer.byteLength(text), sha256: createHash('sha256').update(text).digest('hex') });
  }
  const archive = new Uint8Array(await pack.end().arrayBuffer());
  const files = unzipSync(archive);
  expect(Object.fromEntries(Object.entries(files).map(([path, bytes]) => [path, Buffer.from(bytes).toString()]))).toEqual(texts);
  expect(archive.length).toBeLessThan(2000);
});
