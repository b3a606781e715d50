import type { Side } from '../lossyRelay.ts';
import { relayed } from './relayed.ts';

/** What a browser does on its own account, to hold ours against: two connections with tracks from the start and its own defaults. */
export async function connectPlain(options: {
  /** Names the relay that packets go through. */
  relay: string;
  /** What each side sends. */
  tracks: Record<Side, readonly MediaStreamTrack[]>;
  signalMs?: number;
  /** The offer has come, and is being accepted. */
  onOffer?(): void;
  onTrack(side: Side, track: MediaStreamTrack): void;
}): Promise<Record<Side, RTCPeerConnection>> {
  const { relay, tracks, signalMs = 0, onOffer = () => {}, onTrack } = options;
  const travel = () => new Promise((resolve) => setTimeout(resolve, signalMs));
  const ends: Record<Side, RTCPeerConnection> = { a: new RTCPeerConnection(), b: new RTCPeerConnection() };
  const described = { a: Promise.withResolvers<void>(), b: Promise.withResolvers<void>() };
  for (const [side, other] of [['a', 'b'], ['b', 'a']] as const) {
    ends[side].addEventListener('track', ({ track }) => onTrack(side, track));
    ends[side].addEventListener('icecandidate', async ({ candidate }) => {
      if (!candidate) return;
      const led = await relayed(relay, side, candidate.candidate);
      if (led === null) return;
      await travel();
      await described[other].promise;
      await ends[other].addIceCandidate({ candidate: led, sdpMid: candidate.sdpMid, sdpMLineIndex: candidate.sdpMLineIndex });
    });
    for (const track of tracks[side]) ends[side].addTrack(track);
  }
  await ends.a.setLocalDescription();
  const offer = withoutAddresses(ends.a.localDescription!);
  await travel();
  onOffer();
  await ends.b.setRemoteDescription(offer);
  described.b.resolve();
  await ends.b.setLocalDescription();
  const answer = withoutAddresses(ends.b.localDescription!);
  await travel();
  await ends.a.setRemoteDescription(answer);
  described.a.resolve();
  return ends;
}

/** All packets are to go through the relay: what was found before a description is read would lead past it. */
function withoutAddresses({ type, sdp }: RTCSessionDescription): RTCSessionDescriptionInit {
  return { type, sdp: sdp.replaceAll(/^a=(candidate:.*|end-of-candidates)\r\n/gm, '') };
}
