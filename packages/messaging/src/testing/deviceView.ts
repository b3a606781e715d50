import { readMessage } from '../outbox/envelope.ts';
import type { StoredEvent } from '../ports.ts';
import type { MessageItem, TimelineState } from '../session.ts';
import type { DeviceView } from './checker.ts';

/** What a device shows of a room, as the checker wants it: `eventOf` finds the stored event behind an item. */
export async function deviceView(device: string, { items }: TimelineState, eventOf: (eventId: string) => Promise<StoredEvent | undefined>): Promise<DeviceView> {
  const shown = items.filter((item): item is MessageItem => item.kind === 'message');
  const messages = await Promise.all(
    shown.map(async ({ key, eventId, sender, body }) => {
      const event = eventId === null ? undefined : await eventOf(eventId);
      const envelope = readMessage(event?.decryption ?? null)?.envelope;
      return { mid: envelope?.mid ?? key, body, sender, device: envelope?.device ?? '', n: envelope?.n ?? 0, eventId };
    }),
  );
  return { device, messages, sealed: items.filter((item) => item.kind === 'sealed').length };
}
