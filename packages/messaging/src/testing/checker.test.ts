import { describe, expect, it } from 'vitest';
import { checkDelivery, type DeviceView, type SendRecord, type ShownMessage } from './checker.ts';

const shown = (mid: string, n: number, device = 'A'): ShownMessage => ({ mid, body: mid, sender: '@a', device, n, eventId: `$${mid}` });
const view = (device: string, messages: ShownMessage[], sealed = 0): DeviceView => ({ device, messages, sealed });
const sent = (mid: string, kind: SendRecord['kind'] = 'ok'): SendRecord[] => [{ kind: 'invoke', device: 'A', mid, body: mid }, { kind, device: 'A', mid }];

describe('The delivery checker', () => {
  it('is content when every device shows everything, once, in one order', () => {
    const messages = [shown('a', 1), shown('x', 1, 'B'), shown('b', 2)];
    expect(checkDelivery({ sends: [...sent('a'), ...sent('b'), ...sent('x')], views: [view('A', messages), view('B', messages)] })).toEqual([]);
  });

  it('finds what was acknowledged and is missing on one device', () => {
    const violations = checkDelivery({ sends: sent('a'), views: [view('A', [shown('a', 1)]), view('B', [])] });
    expect(violations).toContain('lost: a was acknowledged and is not on B');
  });

  it('finds what is shown twice', () => {
    expect(checkDelivery({ sends: sent('a'), views: [view('A', [shown('a', 1), shown('a', 2)])] })).toEqual(['twice: a on A']);
  });

  it('finds a counter that goes back', () => {
    expect(checkDelivery({ sends: [...sent('a'), ...sent('b')], views: [view('A', [shown('b', 2), shown('a', 1)])] })).toEqual(['out of order: a has counter 1 after 2 on A']);
  });

  it('finds two devices with two orders', () => {
    const a = shown('a', 1);
    const b = shown('b', 1, 'B');
    expect(checkDelivery({ sends: [...sent('a'), ...sent('b')], views: [view('A', [a, b]), view('B', [b, a])] })).toEqual(['two orders: A and B differ']);
  });

  it('lets an uncertain send show everywhere or nowhere, but not somewhere', () => {
    const sends = sent('a', 'info');
    expect(checkDelivery({ sends, views: [view('A', []), view('B', [])] })).toEqual([]);
    expect(checkDelivery({ sends, views: [view('A', [shown('a', 1)]), view('B', [shown('a', 1)])] })).toEqual([]);
    expect(checkDelivery({ sends, views: [view('A', [shown('a', 1)]), view('B', [])] })).toEqual(['half there: a is on 1 of 2 devices']);
  });

  it('finds what had failed, or was never sent, and is shown', () => {
    expect(checkDelivery({ sends: sent('a', 'fail'), views: [view('A', [shown('a', 1)])] })).toEqual(['came back: a had failed and is shown']);
    expect(checkDelivery({ sends: [], views: [view('A', [shown('a', 1)])] })).toEqual(['invented: nobody sent a']);
  });

  it('finds sealed messages, altered ones, and receipts that are early or go back', () => {
    expect(checkDelivery({ sends: [], views: [view('A', [], 2)] })).toEqual(["sealed: A can't decrypt 2"]);
    expect(checkDelivery({ sends: sent('a'), views: [view('A', [{ ...shown('a', 1), body: 'b' }])] })).toEqual(['altered: a on A']);
    const receipts = [{ device: 'A', index: 3, missing: 0 }, { device: 'A', index: 2, missing: 1 }];
    expect(checkDelivery({ sends: [], views: [], receipts })).toEqual(['early: A said delivered up to 2 and lacked 1', 'backwards: A said delivered up to 2 after 3']);
  });
});
