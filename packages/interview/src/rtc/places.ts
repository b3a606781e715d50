import type { TrackName } from '../call/transport.ts';
import { voiceCodecs } from './voiceProtection.ts';

/** The transceivers by what they carry. */
export type Places = ReadonlyMap<TrackName, RTCRtpTransceiver>;

/** In the order of the offer: the first audio is the voice, the first video the camera. */
const order = ['voice', 'camera', 'screen', 'screenSound'] as const satisfies readonly TrackName[];
const kinds = { voice: 'audio', camera: 'video', screen: 'video', screenSound: 'audio' } as const satisfies Record<TrackName, string>;

/** Makes the places of an offer, without tracks: tracks then come and go without negotiating. */
export function makePlaces(connection: RTCPeerConnection): Places {
  return prepared(new Map(order.map((name) => [name, connection.addTransceiver(kinds[name], { direction: 'sendrecv' })])));
}

/** Takes over the places that an offer has made, before it is answered. An offer of somebody else's may have fewer. */
export function adoptPlaces(connection: RTCPeerConnection): Places {
  const offered = connection.getTransceivers().filter(({ mid }) => mid !== null);
  const places = new Map<TrackName, RTCRtpTransceiver>();
  for (const transceiver of offered) {
    const name = order.find((name) => kinds[name] === transceiver.receiver.track.kind && !places.has(name));
    if (name === undefined) continue;
    transceiver.direction = 'sendrecv';
    places.set(name, transceiver);
  }
  return prepared(places);
}

function prepared(places: Places): Places {
  const codecs = voiceCodecs();
  if (codecs.length > 0) places.get('voice')?.setCodecPreferences(codecs);
  return places;
}
