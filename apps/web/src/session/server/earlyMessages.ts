import type { WireEvent } from '@baton/messaging';

/** After the API has refused to be listened to, such as while it is being restarted behind a proxy, in milliseconds. */
const againMs = 30_000;

/**
 * Follows what the API tells of messages before a sync brings them. Nothing depends on it: without it everything comes by sync, a
 * little later. Returns the function that ends it.
 * @param open opens the API's `/early-messages`
 */
export function followEarlyMessages(open: () => EventSource, hear: (event: WireEvent) => void): () => void {
  let source: EventSource;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const follow = (): void => {
    source = open();
    source.onmessage = ({ data }: MessageEvent<string>) => {
      const event = wireEventOf(data);
      if (event) hear(event);
    };
    // It comes back by itself from a lost connection, but not from an answer that it did not expect.
    source.onerror = () => {
      if (source.readyState === source.CLOSED) timer = setTimeout(follow, againMs);
    };
  };
  follow();
  return () => {
    clearTimeout(timer);
    source.onerror = null;
    source.close();
  };
}

/** The event in a line of the stream; null when it is none. */
function wireEventOf(line: string): WireEvent | null {
  try {
    const { eventId, roomId, sender, type, content, originServerTs } = JSON.parse(line) as WireEvent;
    const isEvent = [eventId, roomId, sender, type].every((name) => typeof name === 'string') && typeof content === 'object' && content !== null && Number.isFinite(originServerTs);
    return isEvent ? { eventId, roomId, sender, type, content, originServerTs } : null;
  } catch {
    return null;
  }
}
