import { refusalFor } from '../bootstrap/refusal.mjs';
import { say } from '../bootstrap/say.mjs';
import { runTasks } from '../build/buildProject.ts';
import { checks } from '../check/checks.ts';
import { projectFolder } from '../services/paths.ts';
import { installSynapse } from '../services/synapse/installSynapse.ts';
import { ensureChromium } from './chromium.ts';
import { ensureCoturn } from './coturn.ts';
import { addCounts, type Counts } from './counts.ts';
import { readPlan, type TestPlan } from './parts.ts';
import { runVitest } from './runVitest.ts';

/*
 * npm test: what can be told without running anything first, then tests from the fastest to the slowest. The last line is
 * the sum of all.
 */

async function prepare(plan: TestPlan): Promise<void> {
  await runTasks(['codegen'], { slow: () => say('Generating code') });
  if (plan.projects.includes('e2e')) {
    ensureChromium(say);
    ensureCoturn(say);
  }
  if (plan.projects.some((name) => name === 'synapse' || name === 'e2e')) await installSynapse(say);
}

async function runCheck(name: string): Promise<Counts> {
  const began = performance.now();
  const { passed, output } = await (checks[name] ?? (() => Promise.reject(new Error(`No check ${name}.`))))();
  say(`${passed ? '✓' : '✗'} ${name} (${((performance.now() - began) / 1000).toFixed(1)} s)`);
  if (!passed) process.stdout.write(`${output.trim()}\n`);
  return { passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: 0, failures: passed ? [] : [`The check “${name}” failed.`] };
}

/** Those that need no services run together; the others one after the other, each with the machine to itself. */
function groups(projects: readonly string[]): string[][] {
  const light: string[] = projects.filter((name) => name === 'unit' || name === 'web');
  const heavy = projects.filter((name) => !light.includes(name)).map((name) => [name]);
  return light.length > 0 ? [light, ...heavy] : heavy;
}

try {
  const plan = readPlan(process.argv.slice(2));
  await prepare(plan);
  const counts: Counts[] = [];
  for (const name of plan.checks) counts.push(await runCheck(name));
  for (const group of groups(plan.projects)) counts.push(await runVitest(group, plan.filters));
  const { passed, failed, skipped, failures } = addCounts(counts);
  // Said once more: their own places are thousands of lines above.
  for (const failure of failures) say(`✗ ${failure.replace(`${projectFolder}/`, '')}`);
  if (skipped > 0) say(`${skipped} skipped`);
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
} catch (error) {
  process.stderr.write(`${refusalFor(error, projectFolder)?.message ?? (error instanceof Error ? error.stack : String(error))}\n`);
  process.stdout.write('0 passed, 1 failed\n');
  process.exitCode = 1;
}
