import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StoredEvent } from '../ports.ts';
import { missingBefore } from './missing.ts';

interface Said {
  sender: string;
  device: string;
  n: number;
}

const place = { roomId: '!room', position: 0, mid: null, ratchet: null };
const wireOf = (eventId: string, sender: string) => ({ eventId, roomId: '!room', sender, type: 'm.room.encrypted', content: {}, originServerTs: 0 });
const said = ({ sender, device, n }: Said): StoredEvent => {
  const eventId = `$${sender} ${device} ${n}`;
  const content = { body: 'words', baton: { v: 1, mid: eventId, n, device, prev: null } };
  return { ...place, eventId, wire: wireOf(eventId, sender), decryption: { ok: true, type: 'm.room.message', content, authenticity: 'certified', sessionId: 's', messageIndex: n } };
};
/** Its key is missing, or it was taken back: nothing of it can be read. */
const shut = ({ sender, device, n }: Said): StoredEvent => {
  const eventId = `$${sender} ${device} ${n}`;
  return { ...place, eventId, wire: wireOf(eventId, sender), decryption: { ok: false, reason: 'missing-key', sessionId: 's' } };
};
const inRoom = (...events: StoredEvent[]): StoredEvent[] => events.map((event, position) => ({ ...event, position }));
const ada = (n: number, device = 'phone'): Said => ({ sender: '@ada', device, n });

describe('A counter that leaves something out', () => {
  it('says before which message, and how many', () => {
    expect(missingBefore(inRoom(said(ada(1)), said(ada(4))), [])).toEqual(new Map([['$@ada phone 4', 2]]));
  });

  it('is not counted up to: a counter may be any number', () => {
    expect(missingBefore(inRoom(said(ada(1)), said(ada(Number.MAX_SAFE_INTEGER))), [])).toEqual(new Map([[`$@ada phone ${Number.MAX_SAFE_INTEGER}`, Number.MAX_SAFE_INTEGER - 2]]));
  });

  it('says nothing of what came before the first message that is here', () => {
    expect(missingBefore(inRoom(said(ada(7)), said(ada(8))), [])).toEqual(new Map());
  });

  it('says nothing across a hole that is being filled, and speaks when it is', () => {
    const events = inRoom(said(ada(1)), said(ada(4)));
    expect(missingBefore(events, [1])).toEqual(new Map());
    expect(missingBefore(events, []).size).toBe(1);
  });

  it('says nothing where something of the sender’s that can’t be read stands in between: it is shown already', () => {
    expect(missingBefore(inRoom(said(ada(1)), shut(ada(2)), said(ada(3))), [])).toEqual(new Map());
    expect(missingBefore(inRoom(said(ada(1)), shut({ sender: '@ben', device: 'desk', n: 1 }), said(ada(3))), []).size).toBe(1);
  });

  it('and begins anew says nothing: the device forgot', () => {
    expect(missingBefore(inRoom(said(ada(5)), said(ada(1)), said(ada(2))), [])).toEqual(new Map());
  });
});

/** Devices that write in turn; each message may be withheld, shut, shown twice, or change places with the one before it. */
const fate = fc.constantFrom('shown' as const, 'shown', 'shown', 'withheld', 'shut', 'twice', 'late');
const writing = fc.array(fc.record({ who: fc.constantFrom(['@ada', 'phone'], ['@ada', 'desk'], ['@ben', 'phone']), fate }), { maxLength: 40 });

const neverLate = (messages: readonly { fate: string }[]): boolean => messages.every((message) => message.fate !== 'shut' && message.fate !== 'late');

describe('Whatever is withheld, repeated or in another order', () => {
  it('is told exactly where a number is nowhere, and nothing that can’t be read explains it', () => {
    fc.assert(fc.property(writing, (messages) => {
      const counters = new Map<string, number>();
      const events: StoredEvent[] = [];
      const told: (Said & { fate: typeof messages[number]['fate'] })[] = [];
      for (const { who: [sender = '', device = ''], fate: what } of messages) {
        const n = (counters.get(`${sender} ${device}`) ?? 0) + 1;
        counters.set(`${sender} ${device}`, n);
        const message = { sender, device, n };
        told.push({ ...message, fate: what });
        if (what === 'withheld') continue;
        const event = what === 'shut' ? shut(message) : said(message);
        // One at a time: the server changes neighbours, it does not shuffle.
        if (what === 'late' && told.at(-2)?.fate !== 'late') events.splice(Math.max(0, events.length - 1), 0, event);
        else events.push(event);
        if (what === 'twice') events.push({ ...event, eventId: `${event.eventId} again`, hidden: 'duplicate' });
      }
      const missing = missingBefore(inRoom(...events), []);
      const total = [...missing.values()].reduce((sum, count) => sum + count, 0);
      const withheld = told.filter((message) => message.fate === 'withheld').length;
      // Never more than was withheld: no false alarm.
      expect(total).toBeLessThanOrEqual(withheld);
      if (!neverLate(told)) return;
      const inBetween = told.filter((message) => {
        const same = told.filter((other) => other.fate !== 'withheld' && other.sender === message.sender && other.device === message.device);
        return message.fate === 'withheld' && same.some(({ n }) => n < message.n) && same.some(({ n }) => n > message.n);
      });
      expect(total).toBe(inBetween.length);
    }));
  });
});
