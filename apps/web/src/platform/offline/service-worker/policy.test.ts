import { describe, expect, test } from 'vitest';
import { filesToKeep, obsoleteFiles, treatmentOf } from './policy.ts';

const origin = 'https://baton.example';
const of = (path: string, init: { method?: string; mode?: string } = {}): string =>
  treatmentOf({ method: 'GET', mode: 'cors', url: new URL(path, origin).href, ...init }, origin);

describe('what people say and who they are never gets into the cache', () => {
  test.each(['/graphql', '/graphql?x=1', '/_matrix/client/v3/sync', '/_synapse/admin', '/readyz'])('%s', (path) => {
    expect(of(path)).toBe('pass');
    expect(of(path, { mode: 'navigate' })).toBe('pass');
  });
  test('nor anything that is posted, nor other origins', () => {
    expect(of('/', { method: 'POST', mode: 'navigate' })).toBe('pass');
    expect(of('https://elsewhere.example/assets/a.js')).toBe('pass');
  });
});

test('every page of the app is the one page', () => {
  expect(of('/people/per_1', { mode: 'navigate' })).toBe('page');
});

test('files with their hash in the name never change', () => {
  expect(of('/assets/index-a1b2.js')).toBe('asset');
});

test('files of this build and of the one before stay', () => {
  expect(obsoleteFiles(['/assets/1.js', '/assets/2.js', '/assets/3.js'], ['/assets/3.js'], ['/assets/2.js'])).toEqual(['/assets/1.js']);
});

describe('a page asks for files to be kept', () => {
  const files = { all: ['/assets/a.js', '/assets/b.js', '/assets/worker.js'], messaging: ['/assets/worker.js'] };
  const keep = (which: 'used' | 'messaging' | 'everything'): string[] => filesToKeep({ type: 'keep', which, used: ['/assets/a.js', '/assets/of-another-build.js'] }, files);

  test('what it has used, of this build', () => expect(keep('used')).toEqual(['/assets/a.js']));
  test('what messaging runs on besides', () => expect(keep('messaging')).toEqual(['/assets/a.js', '/assets/worker.js']));
  test('everything', () => expect(keep('everything')).toEqual(files.all));
});
