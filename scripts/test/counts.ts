/** How many passed and failed; a skipped test is neither. */
export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
  /** One line for each failure: where, and the first line of why. */
  failures: string[];
}

/** What we read of Vitest's JSON report. */
export interface VitestReport {
  testResults: {
    /** Path of the file. */
    name: string;
    status: string;
    /** Why it could not be loaded, or what a hook threw. */
    message: string;
    assertionResults: { status: string; fullName: string; failureMessages?: string[] | null }[];
  }[];
}

const firstLine = (text = ''): string => text.trim().split('\n', 1)[0] ?? '';

/**
 * Counts tests. A file that failed without a failed test (it could not be loaded, a hook threw) counts as one failure, and
 * so does a run that failed for no reason the report names.
 * @param report null when none was written
 * @param succeeded whether the run said so itself
 */
export function countTests(report: VitestReport | null, succeeded: boolean): Counts {
  let [passed, skipped] = [0, 0];
  const failures: string[] = [];
  for (const { name, status: fileStatus, message, assertionResults } of report?.testResults ?? []) {
    const before = failures.length;
    for (const { status, fullName, failureMessages } of assertionResults) {
      if (status === 'passed') passed += 1;
      else if (status === 'failed') failures.push(`${name} > ${fullName}: ${firstLine(failureMessages?.[0])}`);
      else skipped += 1;
    }
    if (fileStatus === 'failed' && failures.length === before) failures.push(`${name}: ${firstLine(message)}`);
  }
  if (failures.length === 0 && (!succeeded || !report)) failures.push('The run failed outside of any test.');
  return { passed, failed: failures.length, skipped, failures };
}

/** The sum of several. */
export function addCounts(all: readonly Counts[]): Counts {
  return {
    passed: all.reduce((sum, { passed }) => sum + passed, 0),
    failed: all.reduce((sum, { failed }) => sum + failed, 0),
    skipped: all.reduce((sum, { skipped }) => sum + skipped, 0),
    failures: all.flatMap(({ failures }) => failures),
  };
}
