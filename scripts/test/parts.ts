import { checks } from '../check/checks.ts';
import { Refusal } from '../bootstrap/refusal.mjs';

/** The projects of vitest.config.ts, fastest first. */
export const projects = ['unit', 'web', 'pg', 'synapse', 'e2e'] as const;

/** What to run. */
export interface TestPlan {
  checks: string[];
  projects: string[];
  /** Parts of file names: only tests in matching files run. */
  filters: string[];
}

/**
 * Reads what stands after `npm test --`: names of projects or checks, `checks` for all of those, and parts of file names.
 * Nothing means everything.
 * @throws Refusal on an option: there are none
 */
export function readPlan(args: readonly string[]): TestPlan {
  const all = Object.keys(checks);
  const option = args.find((arg) => arg.startsWith('-'));
  if (option) throw new Refusal(`There is no option ${option}: name parts (${[...all, 'checks', ...projects].join(', ')}) or pieces of file names.`);
  const chosen = (names: readonly string[]) => names.filter((name) => args.includes(name));
  const plan: TestPlan = {
    checks: args.includes('checks') ? all : chosen(all),
    projects: chosen(projects),
    filters: args.filter((arg) => arg !== 'checks' && !all.includes(arg) && !(projects as readonly string[]).includes(arg)),
  };
  if (plan.checks.length + plan.projects.length > 0) return plan;
  return { checks: plan.filters.length === 0 ? all : [], projects: [...projects], filters: plan.filters };
}
