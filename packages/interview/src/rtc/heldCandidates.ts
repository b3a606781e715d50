import type { Candidate } from '../call/transport.ts';

/** Candidates that may come before the description they belong to, since signals overtake each other. */
export interface HeldCandidates {
  add(candidates: readonly Candidate[]): Promise<void>;
  /** A description has come: what belongs to it is no longer held. */
  described(): Promise<void>;
}

/** Nobody has more; who sends more without a description would fill the memory. */
const mostHeld = 100;

export function makeHeldCandidates(connection: Pick<RTCPeerConnection, 'remoteDescription' | 'addIceCandidate'>): HeldCandidates {
  let held: Candidate[] = [];

  const addKnown = async (candidates: readonly Candidate[]): Promise<void> => {
    const { sdp } = connection.remoteDescription ?? {};
    const known = (candidate: Candidate) => sdp !== undefined && belongs(candidate, sdp);
    held = [...held, ...candidates.filter((candidate) => !known(candidate))].slice(-mostHeld);
    for (const candidate of candidates.filter(known)) {
      // One that can't be read or used (another protocol, a name that does not resolve) takes nothing from the others.
      await connection.addIceCandidate(candidate).catch(() => {});
    }
  };

  return {
    add: addKnown,
    described() {
      const waiting = held;
      held = [];
      return addKnown(waiting);
    },
  };
}

/** Whether a candidate is of the same generation as a description: an ICE restart changes the user fragment. */
function belongs({ candidate }: Candidate, sdp: string): boolean {
  const fragment = / ufrag (\S+)/.exec(candidate)?.[1];
  return fragment === undefined || sdp.split(/\r?\n/).includes(`a=ice-ufrag:${fragment}`);
}
