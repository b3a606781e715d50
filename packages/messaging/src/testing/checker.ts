/**
 * Checks what "the other side gets it, once, in order, or the sender sees that it did not" means, from a history of
 * what was tried and from what every device shows when all has settled.
 */

/** One thing that happened to one attempt to send. `info`: nobody knows how it ended, such as when the page was killed. */
export interface SendRecord {
  kind: 'invoke' | 'ok' | 'fail' | 'info';
  device: string;
  mid: string;
  body?: string;
}

/** A message as a device shows it. */
export interface ShownMessage {
  mid: string;
  body: string;
  sender: string;
  /** Which device of the sender, and its counter. */
  device: string;
  n: number;
  eventId: string | null;
}

/** One room as one device shows it, oldest first. */
export interface DeviceView {
  device: string;
  messages: ShownMessage[];
  /** What it can't decrypt. */
  sealed: number;
}

/** A delivered receipt: `index` of its event in the server's order, and how many events up to it the device had not stored, decrypted, at that moment. */
export interface ReceiptRecord {
  device: string;
  index: number;
  missing: number;
}

export interface RoomHistory {
  sends: SendRecord[];
  views: DeviceView[];
  receipts?: ReceiptRecord[];
}

/** One sentence for each violation; empty when all is well. */
export function checkDelivery({ sends, views, receipts = [] }: RoomHistory): string[] {
  return [...lost(sends, views), ...twice(views), ...counters(views), ...orders(views), ...uncertain(sends, views), ...sealed(views), ...altered(sends, views), ...early(receipts)];
}

/** The last word on each send. */
export function outcomes(sends: readonly SendRecord[]): Map<string, SendRecord['kind']> {
  const last = new Map<string, SendRecord['kind']>();
  for (const { mid, kind } of sends) if (kind !== 'invoke' || !last.has(mid)) last.set(mid, kind);
  return last;
}

function lost(sends: SendRecord[], views: DeviceView[]): string[] {
  const acknowledged = [...outcomes(sends)].filter(([, kind]) => kind === 'ok').map(([mid]) => mid);
  return views.flatMap(({ device, messages }) => {
    const shown = new Set(messages.map(({ mid }) => mid));
    return acknowledged.filter((mid) => !shown.has(mid)).map((mid) => `lost: ${mid} was acknowledged and is not on ${device}`);
  });
}

function twice(views: DeviceView[]): string[] {
  return views.flatMap(({ device, messages }) => {
    const seen = new Set<string>();
    return messages.filter(({ mid }) => seen.size === seen.add(mid).size).map(({ mid }) => `twice: ${mid} on ${device}`);
  });
}

function counters(views: DeviceView[]): string[] {
  return views.flatMap((view) => {
    const last = new Map<string, number>();
    return view.messages.flatMap(({ sender, device, n, mid }) => {
      const from = `${sender} ${device}`;
      const before = last.get(from) ?? 0;
      last.set(from, n);
      return n > before ? [] : [`out of order: ${mid} has counter ${n} after ${before} on ${view.device}`];
    });
  });
}

function orders(views: DeviceView[]): string[] {
  const [first, ...others] = views;
  if (!first) return [];
  const place = new Map(first.messages.map(({ mid }, index) => [mid, index]));
  return others.flatMap(({ device, messages }) => {
    const places = messages.flatMap(({ mid }) => place.get(mid) ?? []);
    return places.every((index, n) => n === 0 || index > (places[n - 1] as number)) ? [] : [`two orders: ${first.device} and ${device} differ`];
  });
}

function uncertain(sends: SendRecord[], views: DeviceView[]): string[] {
  const ends = outcomes(sends);
  const shownBy = new Map<string, number>();
  for (const { messages } of views) for (const mid of new Set(messages.map((message) => message.mid))) shownBy.set(mid, (shownBy.get(mid) ?? 0) + 1);
  return [...shownBy].flatMap(([mid, count]) => {
    const end = ends.get(mid);
    if (end === undefined) return [`invented: nobody sent ${mid}`];
    if (end === 'fail') return [`came back: ${mid} had failed and is shown`];
    return count === views.length ? [] : [`half there: ${mid} is on ${count} of ${views.length} devices`];
  });
}

function sealed(views: DeviceView[]): string[] {
  return views.filter((view) => view.sealed > 0).map(({ device, sealed: count }) => `sealed: ${device} can't decrypt ${count}`);
}

function altered(sends: SendRecord[], views: DeviceView[]): string[] {
  const bodies = new Map(sends.flatMap(({ mid, body }) => (body === undefined ? [] : [[mid, body] as const])));
  return views.flatMap(({ device, messages }) => messages.filter(({ mid, body }) => bodies.has(mid) && bodies.get(mid) !== body).map(({ mid }) => `altered: ${mid} on ${device}`));
}

function early(receipts: ReceiptRecord[]): string[] {
  const last = new Map<string, number>();
  return receipts.flatMap(({ device, index, missing }) => {
    const before = last.get(device) ?? -1;
    last.set(device, Math.max(before, index));
    return [
      ...(missing > 0 ? [`early: ${device} said delivered up to ${index} and lacked ${missing}`] : []),
      ...(index < before ? [`backwards: ${device} said delivered up to ${index} after ${before}`] : []),
    ];
  });
}
