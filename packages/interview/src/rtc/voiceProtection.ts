import type { RedOrder } from './redWorker.ts';

/**
 * What this browser can do for a voice on a lossy network: 'ladder', send each frame again as often as the loss asks for;
 * 'once', once and no more (RED as browsers do it); 'none', where RED is unknown, as in Firefox: say so where the network is weak.
 */
export type VoiceProtection = 'ladder' | 'once' | 'none';

/** Asks the browser; nothing is started. */
export function detectVoiceProtection(): VoiceProtection {
  if (redCodecs().length === 0) return 'none';
  return typeof RTCRtpScriptTransform === 'undefined' ? 'once' : 'ladder';
}

/** Codecs of a voice in the order that we prefer: RED around Opus where it is known. */
export function voiceCodecs(): RTCRtpCodec[] {
  return [...redCodecs(), ...audioCodecs().filter(({ mimeType }) => mimeType.toLowerCase() === 'audio/opus')];
}

/** Sends the frames of a voice again on the way out. */
export interface RedSender {
  /** Puts itself between this sender's encoder and the network. Before the first frame, or frames of both kinds mix. */
  attach(sender: RTCRtpSender): void;
  setBlocks(blocks: number): void;
  stop(): void;
}

/** With the worker of redWorker.ts; where this browser can't, or the worker does not start, the voice goes out as browsers make it. */
export function makeRedSender(startRedWorker: () => Worker): RedSender {
  if (detectVoiceProtection() !== 'ladder') return { attach() {}, setBlocks() {}, stop() {} };
  const worker = startRedWorker();
  const attached = new Set<RTCRtpSender>();
  worker.addEventListener('error', () => {
    for (const sender of attached) sender.transform = null;
  });
  return {
    attach(sender) {
      attached.add(sender);
      sender.transform = new RTCRtpScriptTransform(worker);
    },
    setBlocks(blocks) {
      worker.postMessage({ blocks } satisfies RedOrder);
    },
    stop() {
      worker.terminate();
    },
  };
}

function audioCodecs(): RTCRtpCodec[] {
  return RTCRtpReceiver.getCapabilities('audio')?.codecs ?? [];
}

function redCodecs(): RTCRtpCodec[] {
  return audioCodecs().filter(({ mimeType }) => mimeType.toLowerCase() === 'audio/red');
}
