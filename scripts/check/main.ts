import { runTasks } from '../build/buildProject.ts';
import { checks } from './checks.ts';

/* npm run check:NAME. Handing over at full size takes long, and is no part of npm test; it is loaded late, for it needs what is generated. */
const all: typeof checks = { ...checks, handover: async () => (await import('./handover.ts')).checkHandover(process.argv.slice(3)) };

const name = process.argv[2] ?? '';
const check = all[name];
if (check) {
  await runTasks(['codegen']);
  const { passed, output } = await check();
  process.stdout.write(passed ? `${name}: passed\n` : `${output.trim()}\n${name}: failed\n`);
  process.exitCode = passed ? 0 : 1;
} else {
  process.stderr.write(`There is no check named "${name}": choose one of ${Object.keys(all).join(', ')}.\n`);
  process.exitCode = 1;
}
