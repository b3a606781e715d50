/*
 * What a test or a bench finds in the page as `peers`. Every connection that is made here is kept, so that it can be asked for
 * statistics whoever made it: see `connections`.
 */
export { makePair, type Pair } from './pair.ts';
export { connectPlain } from './plain.ts';
export { listenTo, lookAt, makePatch, makeSpeech, makeTone } from './media.ts';
export const connections: RTCPeerConnection[] = [];

globalThis.RTCPeerConnection = class extends RTCPeerConnection {
  constructor(configuration?: RTCConfiguration) {
    super(configuration);
    connections.push(this);
  }
};
