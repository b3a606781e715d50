import fc from 'fast-check';
import { expect, test } from 'vitest';
import { archiveName, namePart, threadPath } from './fileNames.ts';

test.each([
  ['李 娜', '李-娜'],
  ['José Ångström', 'José-Ångström'],
  ['../../etc/passwd', 'etc-passwd'],
  ['C:\\Windows\\..', 'C-Windows'],
  ['a\u202Egpj.exe', 'a-gpj-exe'],
  ['CON', 'CON'],
  ['🚀', 'x'],
  ['', 'x'],
  ['x'.repeat(300), 'x'.repeat(40)],
])('%j is called %j', (name, part) => expect(namePart(name)).toBe(part));

test('whatever a name is, it is a single part of a path', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (name) => void expect(namePart(name)).toMatch(/^[\p{L}\p{M}\p{N}-]{1,40}$/u)));
});

test('a thread stands in its folder under its number, and an archive under its day', () => {
  expect(threadPath(7, '李娜')).toBe('threads/007-李娜');
  expect(archiveName('CFO / 首席财务官', '2026-11-21T09:00:00.000Z')).toBe('CFO-首席财务官-2026-11-21.zip');
});
