import { readdirSync } from 'node:fs';
import { Refusal, refusalFor } from '../bootstrap/refusal.mjs';
import { say } from '../bootstrap/say.mjs';
import { buildProject } from '../build/buildProject.ts';
import { createRunFolder, removeRunFolder } from '../testing/runFolder.ts';

/*
 * npm run bench -- NAME [OPTION...] runs scripts/bench/NAME.bench.ts, which exports `bench(runFolder, options)`: it starts what
 * it needs in the run's folder (startTestStack) and prints each figure by `report`. What it leaves running is stopped here.
 */

const ending = '.bench.ts';
const known = readdirSync(import.meta.dirname).filter((file) => file.endsWith(ending)).map((file) => file.slice(0, -ending.length));

let runFolder: string | null = null;
try {
  const name = process.argv[2] ?? '';
  if (!known.includes(name)) throw new Refusal(`There is no bench named "${name}": choose one of ${known.join(', ')}.`);
  await buildProject(say);
  runFolder = await createRunFolder();
  const { bench } = (await import(`./${name}${ending}`)) as { bench(runFolder: string, options: readonly string[]): Promise<void> };
  await bench(runFolder, process.argv.slice(3));
} catch (error) {
  process.stderr.write(`${refusalFor(error, process.cwd())?.message ?? (error instanceof Error ? error.stack : String(error))}\n`);
  process.exitCode = 1;
} finally {
  if (runFolder) await removeRunFolder(runFolder);
}
