import { runTasks } from '../build/buildProject.ts';
import { checks } from './checks.ts';

/* npm run check:NAME */

const name = process.argv[2] ?? '';
const check = checks[name];
if (check) {
  await runTasks(['codegen']);
  const { passed, output } = await check();
  process.stdout.write(passed ? `${name}: passed\n` : `${output.trim()}\n${name}: failed\n`);
  process.exitCode = passed ? 0 : 1;
} else {
  process.stderr.write(`There is no check named "${name}": choose one of ${Object.keys(checks).join(', ')}.\n`);
  process.exitCode = 1;
}
