import { limits, type Kept } from './machine/state.ts';

/** The call that a page was in, with the time by its own wall clock. */
export function writeKept(kept: Kept | null, now: number): string | null {
  return kept === null ? null : JSON.stringify({ version: 1, at: now, kept });
}

/** The call to come back into; null where there was none, or so long ago that it has been given up. */
export function readKept(text: string | null, now: number): Kept | null {
  if (text === null) return null;
  try {
    const { version, at, kept } = JSON.parse(text) as { version: unknown; at: number; kept: Kept };
    return version === 1 && Math.abs(now - at) < limits.giveUp ? kept : null;
  } catch {
    return null;
  }
}
