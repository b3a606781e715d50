import { describe, expect, test } from 'vitest';
import { addCounts, countTests } from './counts.ts';

const file = (status: string, ...tests: string[]) => ({
  name: 'chat.test.ts', status, message: 'Error: no such module\n  at somewhere',
  assertionResults: tests.map((each, at) => ({ status: each, fullName: `chat test ${at}`, failureMessages: each === 'failed' ? ['AssertionError: 1 is not 2\n  at somewhere'] : [] })),
});

describe('the count of tests', () => {
  test('is of tests and not of files; a skipped one is neither passed nor failed', () => {
    const report = { testResults: [file('passed', 'passed', 'passed', 'pending'), file('failed', 'passed', 'failed', 'failed')] };
    expect(countTests(report, false)).toMatchObject({ passed: 3, failed: 2, skipped: 1 });
  });

  test('names each failure, and why in a line', () => {
    expect(countTests({ testResults: [file('failed', 'passed', 'failed')] }, false).failures).toEqual(['chat.test.ts > chat test 1: AssertionError: 1 is not 2']);
  });

  test('takes a file that could not be loaded for a failure', () => {
    expect(countTests({ testResults: [file('failed')] }, false)).toEqual({ passed: 0, failed: 1, skipped: 0, failures: ['chat.test.ts: Error: no such module'] });
  });

  test('takes a hook that threw after its tests had passed for a failure', () => {
    expect(countTests({ testResults: [file('failed', 'passed')] }, false)).toMatchObject({ passed: 1, failed: 1, skipped: 0 });
  });

  test('takes an error outside of any test, and a missing report, for a failure', () => {
    expect(countTests({ testResults: [file('passed', 'passed')] }, false)).toMatchObject({ passed: 1, failed: 1, skipped: 0 });
    expect(countTests(null, true).failed).toBe(1);
  });

  test('adds up', () => {
    expect(addCounts([{ passed: 1, failed: 0, skipped: 2, failures: [] }, { passed: 3, failed: 1, skipped: 0, failures: ['one'] }])).toEqual({ passed: 4, failed: 1, skipped: 2, failures: ['one'] });
  });
});
