/** How many passed and failed; a skipped test is neither. */
export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/** What we read of Vitest's JSON report. */
export interface VitestReport {
  testResults: { status: string; assertionResults: { status: string }[] }[];
}

/**
 * Counts tests. A file that failed without a failed test (it could not be loaded, a hook threw) counts as one failure, and
 * so does a run that failed for no reason the report names.
 * @param report null when none was written
 * @param succeeded whether the run said so itself
 */
export function countTests(report: VitestReport | null, succeeded: boolean): Counts {
  const counts: Counts = { passed: 0, failed: 0, skipped: 0 };
  for (const file of report?.testResults ?? []) {
    let failures = 0;
    for (const { status } of file.assertionResults) {
      if (status === 'passed') counts.passed += 1;
      else if (status === 'failed') failures += 1;
      else counts.skipped += 1;
    }
    counts.failed += file.status === 'failed' ? Math.max(failures, 1) : failures;
  }
  if (counts.failed === 0 && (!succeeded || !report)) counts.failed = 1;
  return counts;
}

/** The sum of several. */
export function addCounts(all: readonly Counts[]): Counts {
  return all.reduce(
    (sum, one) => ({ passed: sum.passed + one.passed, failed: sum.failed + one.failed, skipped: sum.skipped + one.skipped }),
    { passed: 0, failed: 0, skipped: 0 },
  );
}
