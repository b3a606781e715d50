import { spawnSync } from 'node:child_process';
import { Refusal } from './refusal.mjs';

const names = ['python3', 'python3.14', 'python3.13', 'python3.12', 'python3.11', 'python3.10'];

/**
 * Finds a Python that Synapse can live in: 3.10 or newer, with the module that makes virtual environments.
 * @returns {{ command: string, version: string }}
 * @throws {Refusal}
 */
export function findPython() {
  let seen = '';
  let withoutVenv = '';
  for (const command of names) {
    const asked = spawnSync(command, ['-c', 'import sys; print("%d.%d" % sys.version_info[:2]); import venv, ensurepip'], { encoding: 'utf8' });
    const version = asked.stdout?.trim() ?? '';
    if (version === '') continue;
    const [major = 0, minor = 0] = version.split('.').map(Number);
    if (major !== 3 || minor < 10) {
      seen ||= version;
    } else if (asked.status !== 0) {
      withoutVenv ||= version;
    } else {
      return { command, version };
    }
  }
  if (withoutVenv) {
    throw new Refusal(`Python ${withoutVenv} is here, but not its module for virtual environments: install it (on Debian and Ubuntu: apt-get install python3-venv), then start again.`);
  }
  throw new Refusal(`Baton needs Python 3.10 or newer${seen ? `, and this is ${seen}` : ''}: install it (on Debian and Ubuntu: apt-get install python3 python3-venv), then start again.`);
}
