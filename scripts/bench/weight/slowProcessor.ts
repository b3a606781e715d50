import { readdirSync, readFileSync } from 'node:fs';

/** How long a period of running and standing still is, in milliseconds. */
const periodMs = 16;

/**
 * Gives the pages of a browser one part in `times` of the time: all threads of their processes, workers included, stand
 * still for the rest of it. The browser's own throttling slows only a page's main thread. Returns what ends it.
 * @param marker an argument that only this browser was started with
 */
export function slowProcessor(marker: string, times: number): () => void {
  let pids: number[] = [];
  const signal = (name: 'SIGSTOP' | 'SIGCONT'): void => {
    for (const pid of pids) {
      try {
        process.kill(pid, name);
      } catch {
        // It has ended.
      }
    }
  };
  const lookUp = (): void => {
    pids = renderers(marker);
  };
  lookUp();
  const look = setInterval(lookUp, 100);
  let resume: NodeJS.Timeout | undefined;
  const beat = setInterval(() => {
    signal('SIGSTOP');
    resume = setTimeout(() => signal('SIGCONT'), periodMs * (1 - 1 / times));
  }, periodMs);
  return () => {
    clearInterval(look);
    clearInterval(beat);
    clearTimeout(resume);
    signal('SIGCONT');
  };
}

/** Processes of the pages of the browser that was started with `marker`: they name its profile. */
function renderers(marker: string): number[] {
  const commands = readdirSync('/proc').flatMap((name): [number, string][] => {
    if (!/^\d+$/.test(name)) return [];
    try {
      return [[Number(name), readFileSync(`/proc/${name}/cmdline`, 'utf8')]];
    } catch {
      return [];
    }
  });
  const profile = commands.map(([, command]) => (command.includes(marker) ? /--user-data-dir=([^\0 ]+)/.exec(command)?.[1] : undefined)).find(Boolean);
  if (profile === undefined) throw new Error('The browser to slow down is not running');
  return commands.filter(([, command]) => command.includes('--type=renderer') && command.includes(profile)).map(([pid]) => pid);
}
