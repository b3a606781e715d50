import { Refusal } from '../bootstrap/refusal.mjs';
import type { RelayOptions } from '../services/startStack.ts';

/** What calls are relayed by, and what to say where they are not. */
export interface RelayChoice {
  relay: RelayOptions | null;
  /** Null where there is nothing to say. */
  sentence: string | null;
}

/**
 * A TURN server of one's own when the environment names one, else coturn where it is installed, and where browsers are on this
 * machine: it listens on 127.0.0.1, as everything else does.
 * @param program path of `turnserver`; null: not installed
 * @param origin address that browsers use, where a proxy stands in front
 * @throws Refusal
 */
export function chooseRelay(variables: Readonly<Record<string, string | undefined>>, program: string | null, origin: string | undefined): RelayChoice {
  const { TURN_URL: url, TURN_SECRET: secret } = variables;
  if (url) {
    if (!secret) throw new Refusal('TURN_URL is set but TURN_SECRET is not: set both, or neither to use the coturn of this machine.');
    return { relay: { url, secret }, sentence: null };
  }
  if (origin !== undefined && !['127.0.0.1', 'localhost'].includes(new URL(origin).hostname)) {
    return { relay: null, sentence: 'Calls have no TURN server: some networks will not let them through. Run coturn where browsers reach it, and set TURN_URL and TURN_SECRET.' };
  }
  if (!program) return { relay: null, sentence: 'Calls have no TURN server: some networks will not let them through. Install coturn, or set TURN_URL and TURN_SECRET.' };
  return { relay: { program }, sentence: null };
}
