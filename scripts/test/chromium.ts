import { Refusal } from '../bootstrap/refusal.mjs';
import { findChromium } from '../testing/chromium.ts';
import { aptInstall, canInstall } from './aptInstall.ts';

/**
 * Sees to it that the end-to-end tests have a browser: where we are root and have apt, Debian's Chromium is installed with
 * a font for Chinese.
 * @param say told before it installs
 * @throws Refusal where none is found and we may not install one
 */
export function ensureChromium(say: (sentence: string) => void): void {
  if (findChromium()) return;
  if (!canInstall()) {
    throw new Refusal('The end-to-end tests need Chromium or Chrome: install one (on Debian: apt-get install chromium), or name it in CHROME_PATH, then run the tests again.');
  }
  say('Installing Chromium for the end-to-end tests (once)');
  const said = aptInstall(['chromium', 'fonts-noto-cjk']);
  if (!findChromium()) throw new Refusal(`Chromium could not be installed: install it by hand (apt-get install chromium), then run the tests again; apt-get said "${said}".`);
}
