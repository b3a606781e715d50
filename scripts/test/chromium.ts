import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { Refusal } from '../bootstrap/refusal.mjs';
import { findChromium } from '../testing/chromium.ts';

const packages = ['chromium', 'fonts-noto-cjk'];

/**
 * Sees to it that the end-to-end tests have a browser: where we are root and have apt, Debian's Chromium is installed with
 * a font for Chinese.
 * @param say told before it installs
 * @throws Refusal where none is found and we may not install one
 */
export function ensureChromium(say: (sentence: string) => void): void {
  if (findChromium()) return;
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    throw new Refusal('The end-to-end tests need Chromium or Chrome: install one (on Debian: apt-get install chromium), or name it in CHROME_PATH, then run the tests again.');
  }
  say('Installing Chromium for the end-to-end tests (once)');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...args: string[]) => spawnSync('apt-get', args, { env, encoding: 'utf8' });
  apt('update');
  const installed = apt('install', '--yes', '--no-install-recommends', ...packages);
  if (!findChromium()) throw new Refusal(`Chromium could not be installed: install it by hand (apt-get install chromium), then run the tests again; apt-get said "${installed.stderr.trim().split('\n').at(-1) ?? ''}".`);
}
