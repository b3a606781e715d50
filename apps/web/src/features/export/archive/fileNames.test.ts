import fc from 'fast-check';
import { expect, test } from 'vitest';
import { archiveName, threadPath } from './fileNames.ts';

test.each([
  ['Daniel Roth', 'threads/007-Daniel-Roth'],
  ['李娜', 'threads/007'],
  ['李娜 Lina', 'threads/007-Lina'],
  ['José Ångström', 'threads/007-Jose-Angstrom'],
  ['../../etc/passwd', 'threads/007-etc-passwd'],
  ['C:\\Windows\\..', 'threads/007-C-Windows'],
  ['a\u202Egpj.exe', 'threads/007-a-gpj-exe'],
  ['CON', 'threads/007-CON'],
  ['', 'threads/007'],
  ['x'.repeat(300), `threads/007-${'x'.repeat(40)}`],
])('the thread with %j stands at %j', (name, path) => expect(threadPath(7, name)).toBe(path));

test('whatever a name is, its thread is one file of its folder', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (name) => void expect(threadPath(1, name)).toMatch(/^threads\/001(-[A-Za-z0-9-]{1,40})?$/)));
});

test('an archive is called by its project and its day', () => {
  expect(archiveName('CFO / 首席财务官', '2026-11-21T09:00:00.000Z')).toBe('CFO-首席财务官-2026-11-21.zip');
  expect(archiveName('../..', '2026-11-21T09:00:00.000Z')).toBe('Baton-2026-11-21.zip');
});
