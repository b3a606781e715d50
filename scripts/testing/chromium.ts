import { chromium, type Browser, type LaunchOptions } from 'playwright-core';
import { findProgram, isExecutable } from '../services/process/findProgram.ts';

const programs = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

/** The path of a Chromium or Chrome: `CHROME_PATH`, or the first one in PATH; null when there is none. */
export function findChromium(): string | null {
  const named = process.env['CHROME_PATH'];
  return named && isExecutable(named) ? named : findProgram(programs);
}

/**
 * Launches a real Chromium that talks to nobody on its own account.
 * @throws Error with what to do when there is none
 */
export async function launchChromium(options: LaunchOptions = {}): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error('No Chromium or Chrome was found: install one (on Debian: apt-get install chromium), or name it in CHROME_PATH.');
  return chromium.launch({
    ...options,
    executablePath,
    args: [
      '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
      // The sandbox refuses to start for root; these pages are our own.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ...(options.args ?? []),
    ],
  });
}
