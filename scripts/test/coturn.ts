import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { dirname } from 'node:path';
import { Refusal } from '../bootstrap/refusal.mjs';
import { findTurnserver } from '../services/coturn/findTurnserver.ts';
import { aptInstall, canInstall } from './aptInstall.ts';

/** Debian starts the service with the package, for the whole network to use. The tests want the program alone. */
const unit = '/etc/systemd/system/coturn.service';

/**
 * Sees to it that the end-to-end tests have a relay for calls: where we are root and have apt, Debian's coturn is installed, and
 * its service masked.
 * @param say told before it installs
 * @throws Refusal where none is found and we may not install one
 */
export function ensureCoturn(say: (sentence: string) => void): void {
  if (findTurnserver()) return;
  if (!canInstall()) throw new Refusal('The end-to-end tests need coturn: install it (on Debian: apt-get install coturn), then run the tests again.');
  say('Installing coturn for the end-to-end tests (once)');
  mkdirSync(dirname(unit), { recursive: true });
  if (!existsSync(unit)) symlinkSync('/dev/null', unit);
  const said = aptInstall(['coturn']);
  if (!findTurnserver()) throw new Refusal(`coturn could not be installed: install it by hand (apt-get install coturn), then run the tests again; apt-get said "${said}".`);
}
