import { describe, expect, test } from 'vitest';
import { readPlan } from './parts.ts';

const everyCheck = ['schema', 'types', 'lint', 'imports', 'unused'];
const everyProject = ['unit', 'web', 'pg', 'synapse', 'e2e'];

describe('what npm test runs', () => {
  test('is everything when nothing is named', () => {
    expect(readPlan([])).toEqual({ checks: everyCheck, projects: everyProject, filters: [] });
  });

  test('is what is named, fastest first', () => {
    expect(readPlan(['e2e', 'unit'])).toEqual({ checks: [], projects: ['unit', 'e2e'], filters: [] });
    expect(readPlan(['imports'])).toEqual({ checks: ['imports'], projects: [], filters: [] });
    expect(readPlan(['checks'])).toEqual({ checks: everyCheck, projects: [], filters: [] });
  });

  test('is narrowed by pieces of file names, and then needs no checks', () => {
    expect(readPlan(['pg', 'people'])).toEqual({ checks: [], projects: ['pg'], filters: ['people'] });
    expect(readPlan(['outbox'])).toEqual({ checks: [], projects: everyProject, filters: ['outbox'] });
  });

  test('takes no options', () => {
    expect(() => readPlan(['--watch'])).toThrow(/no option --watch/);
  });
});
