import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BatonError } from '@baton/base';
import { describe, expect, test, vi } from 'vitest';
import { locale } from '../preferences/preferences.ts';
import { errorMessages } from './errors.messages.ts';
import { errorText, loadAllErrors, sentenceFor } from './errorText.ts';
import { moreErrorMessages } from './moreErrors.messages.ts';

const root = join(import.meta.dirname, '../../../../..');

/** Every code in these sources that is thrown or refused with, or named as one in a comment's `Errors:`. */
function codesIn(folder: string, patterns: RegExp[]): string[] {
  const files = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).filter(
    (name) => /\.tsx?$/.test(name) && !/\.(test|pg\.test|synapse\.test)\.tsx?$/.test(name) && !name.includes('testing') && !name.includes('node_modules') && !name.includes('generated'),
  );
  const found = files.flatMap((name) => {
    const text = readFileSync(join(root, folder, name), 'utf8');
    return patterns.flatMap((pattern) => [...text.matchAll(pattern)].map((match) => match[1]!));
  });
  return [...new Set(found)].sort();
}

const thrown = /new BatonError(?:<[^>]*>)?\(\s*'([A-Z][A-Z_]+)'/g;
const apiCatalogue = (): string[] => {
  const text = readFileSync(join(root, 'apps/api/src/platform/errors/catalogue.ts'), 'utf8');
  return [...text.matchAll(/^\s+([A-Z][A-Z_]+):/gm)].map((match) => match[1]!);
};

/** The vault lists its refusals in one place. */
const vaultCodes = (): string[] => {
  const text = readFileSync(join(root, 'packages/vault/src/errors.ts'), 'utf8');
  const list = /vaultErrorCodes = \[([^\]]*)\]/.exec(text)?.[1] ?? '';
  return [...list.matchAll(/'([A-Z_]+)'/g)].map((match) => match[1]!);
};

const sources = {
  'the API’s catalogue': apiCatalogue(),
  messaging: [...new Set([...codesIn('packages/messaging/src', [thrown]), ...codesIn('packages/messaging/src/outbox', [/return '([A-Z]+_[A-Z_]+)'/g])])],
  vault: [...new Set([...vaultCodes(), ...codesIn('packages/vault/src', [thrown])])],
  web: codesIn('apps/web/src', [thrown]),
};

describe.each(Object.entries(sources))('every code of %s has its sentence', (_, codes) => {
  test.each(codes)('%s', (code) => {
    expect(Object.keys({ ...errorMessages.en, ...moreErrorMessages.en })).toContain(code);
    expect(Object.keys({ ...errorMessages['zh-CN'], ...moreErrorMessages['zh-CN'] })).toContain(code);
  });
});

test('the catalogues were really read', () => {
  expect(sources['the API’s catalogue'].length).toBeGreaterThan(30);
  expect(sources.vault).toContain('LOG_ROLLBACK');
});

test('a rare code’s sentence comes when it is met', async () => {
  expect(sentenceFor('LEAD_ROLE')).toContain('LEAD_ROLE');
  await loadAllErrors();
  expect(sentenceFor('LEAD_ROLE')).toContain('Researchers do not lead');
});

test('details are filled in, in the reader’s language', () => {
  expect(sentenceFor('RECOVERY_WORD_UNKNOWN', { position: 3, word: 'aple' })).toContain('Word 3 (“aple”)');
  locale.set('zh-CN');
  expect(sentenceFor('RECOVERY_WORD_UNKNOWN', { position: 3, word: 'aple' })).toContain('第 3 个词');
  locale.set('en');
});

test('a code that nobody knows is told politely, with the code', () => {
  expect(errorText(new BatonError('BRAND_NEW'))).toContain('BRAND_NEW');
  expect(errorText(new BatonError('toString'))).toContain('toString');
});

test('a bug is unexpected, and goes to the console', () => {
  const log = vi.spyOn(console, 'error').mockImplementation(() => {});
  expect(errorText(new TypeError('x is not a function'))).toBe(sentenceFor('UNEXPECTED'));
  expect(log).toHaveBeenCalledOnce();
});
