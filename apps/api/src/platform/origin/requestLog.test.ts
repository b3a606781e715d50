import { expect, test } from 'vitest';
import { loggedError, loggedPath } from './requestLog.ts';

test('a path is logged without what could open something', () => {
  expect(loggedPath('/_matrix/client/v3/sync?access_token=syt_secret&since=s1')).toBe('/_matrix/client/v3/sync');
  expect(loggedPath('/c/inv_0123456789')).toBe('/c/…');
  expect(loggedPath('/join/inv_0123456789?x')).toBe('/join/…');
  expect(loggedPath('/projects/prj_1')).toBe('/projects/prj_1');
  for (const path of ['/c/', '/join/', '/C/', '//c/', '/assets/c/', '/']) expect(loggedPath(`${path}inv_0123456789%23secret.root`)).not.toMatch(/0123|secret/);
});

test('an error of the database is logged without the values of its query', () => {
  const cause = Object.assign(new Error('duplicate key: secret@example.com'), { code: '23505' });
  const error = Object.assign(new Error('Failed query: insert … params: secret@example.com', { cause }), { params: ['secret@example.com'] });
  const logged = loggedError(error);
  expect(logged).toMatchObject({ message: 'a query failed', code: '23505' });
  expect(JSON.stringify(logged)).not.toContain('secret');
  expect(logged.stack).toContain('requestLog.test.ts');
});

test('any other error says what it says', () => {
  expect(loggedError(new TypeError('x is not a function'))).toMatchObject({ type: 'TypeError', message: 'x is not a function' });
});
