import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Authenticity, StoredEvent } from '../ports.ts';
import { breaksIn, type Break } from './chain.ts';

/** One message as its device wrote it. `life`: how often the device had forgotten by then that it ever wrote here. */
interface Said {
  sender: string;
  device: string;
  n: number;
  life: number;
}

const place = { roomId: '!room', position: 0, mid: null, ratchet: null };
const wireOf = (eventId: string, sender: string) => ({ eventId, roomId: '!room', sender, type: 'm.room.encrypted', content: {}, originServerTs: 0 });
const idOf = ({ sender, device, life, n }: Said): string => `$${sender} ${device} ${life} ${n}`;
const hashOf = (message: Said): string => `hash of ${idOf(message)}`;
const said = (message: Said, authenticity: Authenticity = 'certified'): StoredEvent => {
  const { sender, device, n } = message;
  const prev = n === 1 ? null : hashOf({ ...message, n: n - 1 });
  const content = { body: 'words', baton: { v: 1, mid: idOf(message), n, device, prev } };
  return { ...place, eventId: idOf(message), wire: wireOf(idOf(message), sender), decryption: { ok: true, type: 'm.room.message', content, authenticity, sessionId: 's', messageIndex: n } };
};
/** Its key is missing, or it was taken back: nothing of it can be read. */
const shut = (message: Said): StoredEvent => ({ ...place, eventId: idOf(message), wire: wireOf(idOf(message), message.sender), decryption: { ok: false, reason: 'missing-key', sessionId: 's' } });
/** The server has it once more, under another id: it is known, and not shown. */
const again = (message: Said): StoredEvent => ({ ...said(message), eventId: `${idOf(message)} again`, hidden: 'replay' });
const inRoom = (...events: StoredEvent[]): StoredEvent[] => events.map((event, position) => ({ ...event, position }));
const ada = (n: number, device = 'phone', life = 0): Said => ({ sender: '@ada', device, n, life });
const adas = (...numbers: number[]): StoredEvent[] => numbers.map((n) => said(ada(n)));
const baseOf = ({ eventId }: StoredEvent): string => eventId.replace(/ again$/, '');
/** Everything that can be read is hashed, but for these. */
const hashesOf = (events: readonly StoredEvent[], except: readonly string[] = []): Map<string, string | null> =>
  new Map(events.map((event) => [event.eventId, except.includes(event.eventId) ? null : `hash of ${baseOf(event)}`]));
const told = (events: StoredEvent[], gaps: number[] = [], unhashed: string[] = []): Record<string, Break> =>
  Object.fromEntries(breaksIn(events, gaps, hashesOf(events, unhashed)));
const missing = (count: number): Break => ({ kind: 'missing', count });
const reordered: Break = { kind: 'reordered' };

describe('What a device wrote', () => {
  it('is told where something of it is missing, and how much', () => {
    expect(told(inRoom(...adas(1, 4, 5)))).toEqual({ '$@ada phone 0 4': missing(2) });
  });

  it('is told where it stands in another order, once, however much was moved', () => {
    expect(told(inRoom(...adas(1, 3, 2, 4)))).toEqual({ '$@ada phone 0 3': reordered });
    expect(told(inRoom(...adas(1, 5, 6, 2, 3, 4, 7)))).toEqual({ '$@ada phone 0 5': reordered });
    expect(told(inRoom(...adas(2, 3, 1)))).toEqual({ '$@ada phone 0 2': reordered });
  });

  it('is not counted up to: a counter may be any number', () => {
    expect(told(inRoom(...adas(1, Number.MAX_SAFE_INTEGER)))).toEqual({ [`$@ada phone 0 ${Number.MAX_SAFE_INTEGER}`]: missing(Number.MAX_SAFE_INTEGER - 2) });
  });

  it('has a hole that another message with the same number does not fill: neither one in clear nor one that somebody else made', () => {
    const unlike = { ...said(ada(2), 'unverified'), eventId: '$forged' };
    expect(told(inRoom(said(ada(1)), { ...said(ada(2), 'clear'), eventId: '$clear' }, said(ada(3))), [], ['$clear'])).toEqual({ '$@ada phone 0 3': missing(1) });
    expect(told(inRoom(said(ada(1)), unlike, said(ada(3))))).toEqual({ '$@ada phone 0 3': missing(1) });
  });

  it('is shown once though the server has it twice, and no word is lost about the second one', () => {
    expect(told(inRoom(...adas(1, 2), again(ada(1)), ...adas(3), again(ada(3))))).toEqual({});
    expect(told(inRoom(...adas(5), again(ada(2)), ...adas(6)))).toEqual({});
  });
});

describe('Nothing is said', () => {
  it('of what came before the first message that is here', () => {
    expect(told(inRoom(...adas(7, 8)))).toEqual({});
    expect(told(inRoom(again(ada(2)), said(ada(3))))).toEqual({});
  });

  it('across a hole that is being filled; it is when that is done', () => {
    const events = inRoom(...adas(1, 4));
    expect(told(events, [1])).toEqual({});
    expect(told(events, [])).toEqual({ '$@ada phone 0 4': missing(2) });
  });

  it('where something of the sender’s that can’t be read stands in between: it is shown already', () => {
    expect(told(inRoom(said(ada(1)), shut(ada(2)), said(ada(3))))).toEqual({});
    expect(told(inRoom(said(ada(1)), shut({ sender: '@ben', device: 'desk', n: 1, life: 0 }), said(ada(3))))).toEqual({ '$@ada phone 0 3': missing(1) });
  });

  it('of a device that counts from one again: it forgot', () => {
    expect(told(inRoom(...adas(4, 5), ...[1, 2].map((n) => said(ada(n, 'phone', 1)))))).toEqual({});
  });

  it('of one device to another, though both are the same person’s', () => {
    expect(told(inRoom(said(ada(1)), said(ada(1, 'desk')), said(ada(2, 'desk')), said(ada(2))))).toEqual({});
  });

  it('after a message whose hash is not known: it may be the one that was meant', () => {
    expect(told(inRoom(...adas(1, 2, 3)), [], ['$@ada phone 0 2'])).toEqual({});
    expect(told(inRoom(...adas(1, 3)), [], ['$@ada phone 0 1'])).toEqual({ '$@ada phone 0 3': missing(1) });
  });
});

const writers = [['@ada', 'phone'], ['@ada', 'desk'], ['@ben', 'phone']] as const;
/** Devices that write in turn, in the order in which the server has it. Now and then one forgets that it wrote. */
const writing = fc.array(fc.record({ who: fc.constantFrom(...writers), forgets: fc.integer({ min: 0, max: 12 }) }), { maxLength: 40 }).map((turns) => {
  const counters = new Map<string, { n: number; life: number }>();
  return turns.map(({ who: [sender, device], forgets }): Said => {
    const before = counters.get(`${sender} ${device}`) ?? { n: 0, life: 0 };
    const now = forgets === 0 ? { n: 1, life: before.life + 1 } : { n: before.n + 1, life: before.life };
    counters.set(`${sender} ${device}`, now);
    return { sender, device, ...now };
  });
});

describe('An honest server', () => {
  it('is never accused, whatever of it is here, can be read, was sent twice, or is known of its hashes', () => {
    const fate = fc.constantFrom('read' as const, 'read', 'read', 'shut', 'unhashed', 'twice');
    const scene = fc.record({ writing, fates: fc.array(fate, { minLength: 40, maxLength: 40 }), beginning: fc.nat(40), holes: fc.array(fc.record({ at: fc.nat(40), length: fc.integer({ min: 1, max: 8 }) }), { maxLength: 2 }) });
    fc.assert(fc.property(scene, ({ writing: messages, fates, beginning, holes }) => {
      const unhashed: string[] = [];
      const gaps: number[] = [];
      const events = messages.flatMap((message, position): StoredEvent[] => {
        const fateOf = fates[position];
        if (fateOf === 'unhashed') unhashed.push(idOf(message));
        const event = { ...(fateOf === 'shut' ? shut(message) : said(message)), position };
        // The copy comes later, with other messages in between or not.
        return fateOf === 'twice' ? [event, { ...again(message), position: position + 0.5 + (position % 3) }] : [event];
      }).sort((a, b) => a.position - b.position);
      const here = events.filter(({ position }) => position >= beginning && !holes.some(({ at, length }) => position >= at && position < at + length));
      for (const { at, length } of holes) gaps.push(at + length);
      expect(told(here, gaps, unhashed)).toEqual({});
    }));
  });
});

describe('A server that leaves out, moves and repeats', () => {
  it('is found out wherever a message stands without the one that its device wrote before', () => {
    const lies = fc.array(fc.record({ lie: fc.constantFrom('leave out' as const, 'move', 'repeat'), which: fc.nat(40), to: fc.nat(40) }), { maxLength: 4 });
    const remembered = writing.map((messages) => messages.filter(({ life }) => life === 0));
    fc.assert(fc.property(remembered, lies, (messages, all) => {
      let shown = messages.map((message) => said(message));
      for (const { lie, which, to } of all) {
        const event = shown[which];
        if (event === undefined) continue;
        if (lie === 'leave out') shown = shown.toSpliced(which, 1);
        if (lie === 'move') shown = shown.toSpliced(which, 1).toSpliced(to, 0, event);
        if (lie === 'repeat') shown = shown.toSpliced(to, 0, { ...event, eventId: `${baseOf(event)} again` });
      }
      // Of two that say the same the first is shown.
      shown = shown.map((event, index) => (shown.slice(0, index).some((other) => baseOf(other) === baseOf(event)) ? { ...event, hidden: 'replay' } : event));
      const breaks = breaksIn(inRoom(...shown), [], hashesOf(shown));
      for (const [sender, device] of writers) {
        const isIts = (id: string): boolean => id.startsWith(`$${sender} ${device} `);
        const numbers = shown.filter(({ eventId, hidden }) => !hidden && isIts(eventId)).map((event) => Number(baseOf(event).split(' ').at(-1)));
        const found = [...breaks].filter(([eventId]) => isIts(eventId)).map(([, each]) => each);
        // The first that is shown may follow something older, and a first of all needs nothing before it.
        const follows = (n: number, index: number): boolean => n === 1 || (numbers.includes(n - 1) ? numbers.indexOf(n - 1) < index : index === 0);
        expect(found.length).toBe(numbers.filter((n, index) => !follows(n, index)).length);
        // Nobody is told of what never was; and where the order holds, of as many as lie between those that are shown.
        const count = found.reduce((sum, each) => sum + (each.kind === 'missing' ? each.count : 0), 0);
        const [least, most] = [Math.min(...numbers, Infinity), Math.max(...numbers, 0)];
        if (numbers.length === most) expect(count).toBe(0);
        if (numbers.length > 0 && numbers.every((n, index) => index === 0 || n > (numbers[index - 1] as number))) expect(count).toBe(most - least + 1 - numbers.length);
      }
    }));
  });
});
