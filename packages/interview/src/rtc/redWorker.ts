import { makeRepacker } from '../voice/repacker.ts';
import { rungOf, ladderAtStart } from '../voice/ladder.ts';

/*
 * Runs in a worker of its own: the browser hands it every frame of the voice on its way from the encoder to the network. The page
 * says how often each is to be sent again: `{ blocks }`.
 */

/** As the page says it. */
export interface RedOrder {
  blocks: number;
}

// The library of types for pages, which this package is checked with, knows nothing of what is global in workers alone.
interface TransformEvent extends Event {
  transformer: { readable: ReadableStream<RTCEncodedAudioFrame>; writable: WritableStream<RTCEncodedAudioFrame> };
}

const repacker = makeRepacker(rungOf(ladderAtStart).blocks);

addEventListener('message', ({ data }: MessageEvent<RedOrder>) => repacker.setBlocks(data.blocks));
addEventListener('rtctransform', (event) => {
  const { readable, writable } = (event as TransformEvent).transformer;
  const repacked = new TransformStream<RTCEncodedAudioFrame, RTCEncodedAudioFrame>({
    transform(frame, controller) {
      const { rtpTimestamp } = frame.getMetadata();
      if (rtpTimestamp !== undefined) frame.data = repacker.repack(new Uint8Array(frame.data), rtpTimestamp).buffer;
      controller.enqueue(frame);
    },
  });
  void readable.pipeThrough(repacked).pipeTo(writable);
});
