import type { Rung } from '../voice/ladder.ts';
import type { Places } from './places.ts';

/** Not yet in the library of types. */
type Encoding = RTCRtpEncodingParameters & { scalabilityMode?: string };

/** Three layers in time: what a frame is lost from goes on at half or a quarter of the rate instead of standing still. */
const cameraLayers = 'L1T3';

/** Sets the encoders to what the ladder says. Call it after each negotiation, which may have made new ones. */
export async function setEncoders(places: Places, { bitrate, videoAside }: Pick<Rung, 'bitrate' | 'videoAside'>): Promise<void> {
  await Promise.all([
    change(places.get('voice')?.sender, { maxBitrate: bitrate }),
    change(places.get('camera')?.sender, { active: !videoAside }),
  ]);
}

/** Asks for layers; where the codec has none, the camera goes out without. */
export async function layerCamera(places: Places): Promise<void> {
  try {
    await change(places.get('camera')?.sender, { scalabilityMode: cameraLayers });
  } catch {
    // OperationError or InvalidModificationError: which one is up to the browser.
  }
}

async function change(sender: RTCRtpSender | undefined, wanted: Encoding): Promise<void> {
  const parameters = sender?.getParameters();
  const encoding: Encoding | undefined = parameters?.encodings[0];
  if (!sender || !parameters || !encoding) return;
  if (Object.entries(wanted).every(([field, value]) => encoding[field as keyof Encoding] === value)) return;
  Object.assign(encoding, wanted);
  await sender.setParameters(parameters);
}
