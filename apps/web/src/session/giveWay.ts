import type { GiveWay } from './client/lateFiles.ts';

/** A worker lives this long at least: what the server has lost for good must not make a whirl of workers. */
const leastLifeMs = 5_000;
const restMs = 2_000;

interface GiveWayOptions {
  /** Whether the server answers at all. A rejection is a no. */
  serverAnswers(): Promise<boolean>;
  /** Ends this worker; a living tab starts another one. */
  end(): void;
  /** How long this worker has lived, in milliseconds. */
  age(): number;
}

/**
 * A file that did not come once does not come again in the same worker: many engines remember it of modules, and the
 * cryptography's library remembers it of its WebAssembly. So this worker makes room for another, which has forgotten, as
 * soon as the server answers. Nothing is lost with it: what matters is stored, and tabs repeat what was not answered.
 */
export function makeGiveWay({ serverAnswers, end, age }: GiveWayOptions): GiveWay {
  const needs = new Set<() => boolean>();
  let waiting = false;
  const isNeeded = (): boolean => [...needs].some((need) => need());

  const wait = async (): Promise<void> => {
    await rest(leastLifeMs - age());
    while (isNeeded() && !(await serverAnswers().catch(() => false))) await rest(restMs);
    if (isNeeded()) return end();
    waiting = false;
    needs.clear();
  };

  return (need) => {
    needs.add(need);
    if (waiting) return;
    waiting = true;
    void wait();
  };
}

const rest = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
