import { makeSubject } from '@baton/base';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { MessageItem, MessagingSession, RoomSummary, TimelineState } from '../session.ts';
import { calm } from './calm.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const message = (key: string, of: Partial<MessageItem> = {}): MessageItem => ({
  kind: 'message', key, eventId: null, sender: '@them', mine: false, body: key, at: 0, reply: null, authenticity: 'certified', status: null, failure: null,
  reached: { delivered: [], read: [] }, ...of,
});
const own = (key: string, status: MessageItem['status']): MessageItem => message(key, { sender: '@me', mine: true, status });
const summary = (roomId: string, unreadCount = 0): RoomSummary => ({ roomId, membership: 'join', last: null, unreadCount, typing: [], draft: null, failed: false });

function open(items: MessageItem[] = []) {
  const state = makeSubject<TimelineState>({ roomId: '!room', items, hasEarlier: false, loadingEarlier: false, firstUnread: null, typing: [] });
  const rooms = makeSubject<readonly RoomSummary[]>([summary('!room')]);
  const close = vi.fn();
  const session = calm({ rooms, openTimeline: () => ({ state, close }) } as unknown as MessagingSession);
  const view = session.openTimeline('!room');
  const heard: string[] = [];
  view.state.subscribe(({ items: now, typing }) => heard.push([...now.map((item) => `${item.key} ${(item as MessageItem).status ?? ''}`.trim()), ...typing].join(', ')));
  return { rooms, session, view, heard, close, show: (change: Partial<TimelineState>) => state.update((before) => ({ ...before, ...change })) };
}

describe('A page hears', () => {
  it('at once of a message of somebody else, and with it of everything that waited', () => {
    const { heard, show } = open();
    const mine = own('mine', 'sent');
    show({ items: [mine] });
    show({ items: [mine, message('theirs')] });
    expect(heard).toEqual(['mine sent, theirs']);
    vi.advanceTimersByTime(1000);
    expect(heard).toHaveLength(1);
  });

  it('at once of who types, of what was loaded, and of what went away', () => {
    const mine = own('mine', 'failed');
    const { heard, show } = open([mine]);
    show({ typing: ['@them'] });
    show({ items: [message('earlier'), mine] });
    show({ items: [message('earlier')] });
    expect(heard).toEqual(['mine failed, @them', 'earlier, mine failed, @them', 'earlier, @them']);
  });

  it('a moment later how far its own message has come, once for all steps in that time', () => {
    const { heard, show } = open();
    show({ items: [own('mine', 'queued')] });
    show({ items: [own('mine', 'sent')] });
    expect(heard).toEqual([]);
    vi.advanceTimersByTime(100);
    expect(heard).toEqual(['mine sent']);
    show({ items: [own('mine', 'delivered')] });
    vi.advanceTimersByTime(100);
    expect(heard).toEqual(['mine sent', 'mine delivered']);
  });

  it('a moment later what the list of rooms says, but at once that it is another list', () => {
    const { rooms, session } = open();
    rooms.set([summary('!room', 1)]);
    expect(session.rooms.current()[0]?.unreadCount).toBe(0);
    vi.advanceTimersByTime(100);
    expect(session.rooms.current()[0]?.unreadCount).toBe(1);
    rooms.set([]);
    expect(session.rooms.current()).toEqual([]);
  });

  it('nothing any more of what it has closed', () => {
    const { heard, show, view, close } = open();
    show({ items: [own('mine', 'queued')] });
    view.close();
    show({ items: [message('theirs')] });
    vi.advanceTimersByTime(1000);
    expect(heard).toEqual([]);
    expect(close).toHaveBeenCalledOnce();
  });
});
