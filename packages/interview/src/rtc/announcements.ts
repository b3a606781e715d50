import type { TrackName } from '../call/transport.ts';

/*
 * What two transports tell each other beside the media, through a data channel of their own: which tracks are being sent (a
 * browser does not notice that a track was taken away without negotiating: its last picture would stand there), and how much of
 * the voice is lost on the way (a browser reports that only every five seconds, and such a report may be lost as well).
 */

export interface Announcement {
  sending?: readonly TrackName[];
  /** Share of the other side's voice packets that did not arrive in the last second, 0 to 1. */
  loss?: number;
}

/** Reads one; what is not as it should be is left out. */
export function readAnnouncement(text: unknown): Announcement {
  let read: unknown;
  try {
    read = JSON.parse(String(text));
  } catch {
    return {};
  }
  if (typeof read !== 'object' || read === null) return {};
  const { sending, loss } = read as Record<string, unknown>;
  return {
    ...(Array.isArray(sending) && { sending: sending.filter(isTrackName) }),
    ...(typeof loss === 'number' && loss >= 0 && loss <= 1 && { loss }),
  };
}

const trackNames: Readonly<Record<TrackName, true>> = { voice: true, camera: true, screen: true, screenSound: true };

function isTrackName(name: unknown): name is TrackName {
  return typeof name === 'string' && Object.hasOwn(trackNames, name);
}
