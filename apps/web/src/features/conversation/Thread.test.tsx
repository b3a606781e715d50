import { BatonError } from '@baton/base';
import { maxBodyBytes, type TimelineItem } from '@baton/messaging';
import { MemoryRouter, Route } from '@solidjs/router';
import { fireEvent, render, screen, waitFor, within } from '@solidjs/testing-library';
import userEvent from '@testing-library/user-event';
import { createSignal } from 'solid-js';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ClientContext } from '../../platform/client/clientContext.ts';
import { locale } from '../../platform/preferences/preferences.ts';
import { makeFakeClient, type FakeClient, type FakeClientOptions, type FakeRoom } from '../../session/testing/makeFakeClient.ts';
import { Thread } from './Thread.tsx';

const room = '!room:baton.test';
const me = '@m-mei:baton.test';
const them = '@c-1:baton.test';
const jonas = '@m-jonas:baton.test';
const people = [{ mxid: me, name: 'Mei Lin' }, { mxid: them, name: '王思远' }, { mxid: jonas, name: 'Jonas Weber', accountId: 'acc_jonas' }];
let threads = 0;

beforeEach(() => {
  locale.set('en');
  vi.spyOn(document, 'hasFocus').mockReturnValue(true);
});
afterEach(() => vi.restoreAllMocks());

function said(key: string, sender: string, body: string, more: Partial<Extract<TimelineItem, { kind: 'message' }>> = {}): TimelineItem {
  const mine = sender === me;
  return {
    kind: 'message', key, eventId: `$${key}`, sender, mine, body, at: Date.now() - 60_000, reply: null, authenticity: 'certified', status: mine ? 'sent' : null,
    failure: null, reached: { delivered: [], read: [] }, ...more,
  };
}

interface Shown {
  closed?: string;
  roomId?: () => string;
  named?: boolean;
  vault?: FakeClientOptions['vault'];
}

function show(fake: FakeRoom, props: Shown = {}): FakeClient {
  const client = makeFakeClient({ rooms: { [room]: fake }, ...(props.vault ? { vault: props.vault } : {}) });
  const threadId = `con_test${++threads}`;
  render(() => (
    <ClientContext.Provider value={client}>
      <Thread threadId={threadId} roomId={props.roomId?.() ?? room} viewer={me} people={people} to="王思远" closed={props.closed} named={props.named === true} />
    </ClientContext.Provider>
  ));
  return client;
}

const field = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Message 王思远' });
const row = (text: string) => screen.getByText(text).closest<HTMLElement>('li')!;

describe('what the server keeps back', () => {
  const missing = (sender: string, count: number): TimelineItem => ({ kind: 'missing', key: `before ${sender}`, sender, count, at: Date.now() });

  test('stands as a quiet line where it belongs', () => {
    show({ items: [said('a', them, 'Hello'), missing(them, 1), said('b', them, 'So?'), missing(me, 2), said('c', me, 'Yes')] });
    expect(screen.getByText('A message from 王思远 is missing here. The server does not have it.')).toBeTruthy();
    expect(screen.getByText('2 messages of yours are missing here. The server does not have them.')).toBeTruthy();
  });

  test('or puts in another order is said where the order breaks', () => {
    const reordered = (sender: string): TimelineItem => ({ kind: 'reordered', key: `before ${sender}`, sender, at: Date.now() });
    show({ items: [said('a', them, 'Hello'), reordered(them), said('b', them, 'So?'), reordered(me), said('c', me, 'Yes')] });
    expect(screen.getByText('From here messages from 王思远 stand in another order than they were written. The server changed it.')).toBeTruthy();
    expect(screen.getByText('From here messages of yours stand in another order than you wrote them. The server changed it.')).toBeTruthy();
  });

  test('holds a message up, and says why and what to do', async () => {
    show({ items: [said('a', me, 'Held', { status: 'queued', failure: { code: 'LOG_ROLLBACK' } })] });
    expect(await screen.findByText(/^Held back: the server hides who can read now\..*Tell a partner of your firm, and not by this app\./)).toBeTruthy();
  });

  test('and so does whoever does not belong there, when that does not pass', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    show({ items: [said('a', me, 'Held', { status: 'queued', failure: { code: 'GHOST_MEMBER' } })] });
    await vi.advanceTimersByTimeAsync(9_000);
    expect(screen.queryByText(/Held back/)).toBeNull();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await screen.findByText(/^Held back: somebody is in this conversation who does not belong to the project\./)).toBeTruthy();
    vi.useRealTimers();
  });

  test('and what passes by itself says nothing', async () => {
    show({ items: [said('a', me, 'Waiting', { status: 'queued', failure: { code: 'SERVER_UNREACHABLE' } }), said('b', me, 'Behind', { status: 'queued' })] });
    await waitFor(() => expect(screen.getByText('Waiting')).toBeTruthy());
    expect(screen.queryByText(/Held back/)).toBeNull();
  });
});

describe('the line of a handover', () => {
  const line = (seq: number): TimelineItem => ({ kind: 'handover', key: `$handover${seq}`, seq, at: Date.now() });
  const readers = (...handovers: { seq: number; from: string; to: string }[]) => ({ readers: vi.fn(async () => ({ team: [], epoch: 2, handovers })) });

  test('stands where the signed log has it, with the successor’s name', async () => {
    const vault = readers({ seq: 3, from: 'acc_mei', to: 'acc_jonas' });
    show({ items: [said('a', them, 'Hello'), line(3)] }, { vault });
    expect(await screen.findByText('Jonas Weber now looks after this project for Harbor Search')).toBeTruthy();
    expect(vault.readers).toHaveBeenCalledTimes(1);
  });

  test('names nobody whom the conversation does not know', async () => {
    show({ items: [line(3)] }, { vault: readers({ seq: 3, from: 'acc_mei', to: 'acc_gone' }) });
    expect(await screen.findByText('Somebody else now looks after this project for Harbor Search')).toBeTruthy();
  });

  test('is not shown on the server’s word alone', async () => {
    const vault = readers({ seq: 2, from: 'acc_mei', to: 'acc_jonas' });
    show({ items: [said('a', them, 'Hello'), line(3)] }, { vault });
    await vi.waitFor(() => expect(vault.readers).toHaveBeenCalled());
    await Promise.resolve();
    expect(screen.queryByText(/looks after this project/)).toBeNull();
  });

  test('is not asked for where nothing was handed over', () => {
    const vault = readers();
    show({ items: [said('a', them, 'Hello')] }, { vault });
    expect(vault.readers).not.toHaveBeenCalled();
  });
});

describe('a note on another thread', () => {
  const note = said('n', jonas, 'Notice is three months', { noteOn: 'con_1' });

  test('is a card that leads there', async () => {
    const client = makeFakeClient({ rooms: { [room]: { items: [note] } } });
    const noteTarget = (id: string) => (id === 'con_1' ? { name: 'Priya Shah', href: '/inbox/con_1' } : null);
    render(() => (
      <ClientContext.Provider value={client}>
        <MemoryRouter>
          <Route path="*" component={() => <Thread threadId="prj_1" roomId={room} viewer={me} people={people} to="the team" noteTarget={noteTarget} />} />
        </MemoryRouter>
      </ClientContext.Provider>
    ));
    expect((await screen.findByRole('link', { name: 'Note on Priya Shah' })).getAttribute('href')).toBe('/inbox/con_1');
  });

  test('is a message like any other where it leads nowhere, whatever its writer claims', () => {
    show({ items: [note] });
    expect(screen.getByText('Notice is three months')).toBeTruthy();
    expect(screen.queryByText(/Note on/)).toBeNull();
  });
});

describe('reading', () => {
  test('shows messages with their writer, in their language', () => {
    show({ items: [said('a', them, '您好'), said('b', me, 'Hello')] });
    expect(within(row('您好')).getByText('王思远:')).toBeTruthy();
    expect(screen.getByText('您好').closest('[lang]')?.getAttribute('lang')).toBe('zh');
    expect(within(row('Hello')).getByRole('img', { name: 'Sent' })).toBeTruthy();
  });

  test('names the one other person who has written only where several could', () => {
    show({ items: [said('a', jonas, 'Hello')] });
    expect(within(row('Hello')).queryByText('Jonas Weber')).toBeNull();
    show({ items: [said('b', jonas, 'Hello, team')] }, { named: true });
    expect(within(row('Hello, team')).getByText('Jonas Weber')).toBeTruthy();
  });

  test('says who has read, and who only has it', () => {
    show({ items: [said('a', me, 'Hello', { status: 'delivered', reached: { delivered: [jonas], read: [them] } })] });
    expect(screen.getByRole('img', { name: /Read by 王思远\s+Delivered to Jonas Weber/ })).toBeTruthy();
  });

  test('leaves a link in a message alone while its ticks change: it may have the focus', () => {
    const client = show({ items: [said('a', me, 'See https://baton.test/a')] });
    const link = screen.getByRole('link', { name: 'https://baton.test/a' });
    client.advance(room, 'a', 'read');
    expect(screen.getByRole('img', { name: 'Read' })).toBeTruthy();
    expect(screen.getByRole('link', { name: 'https://baton.test/a' })).toBe(link);
  });

  test('draws the line of new messages, and marks them read when they are looked at', async () => {
    const client = show({ items: [said('a', them, 'one'), said('b', them, 'two')], firstUnread: 'b' });
    expect(screen.getByRole('separator').textContent).toContain('New messages');
    await waitFor(() => expect(client.calls).toContainEqual({ name: 'markRead', args: [room, 'b'] }));
  });

  test('marks nothing read while the page is not looked at', async () => {
    vi.mocked(document.hasFocus).mockReturnValue(false);
    const client = show({ items: [said('a', them, 'one')] });
    client.receive(room, them, 'two');
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(client.calls.map(({ name }) => name)).not.toContain('markRead');
  });

  test('announces what comes in, politely and once for several', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const client = show({ items: [said('a', them, 'before')] });
    const region = document.querySelector('[aria-live=polite]')!;
    expect(region.textContent).toBe('');
    client.receive(room, them, 'new one');
    await vi.advanceTimersByTimeAsync(800);
    expect(region.textContent).toBe('王思远: new one');
    client.receive(room, them, 'two');
    client.receive(room, them, 'three');
    await vi.advanceTimersByTimeAsync(800);
    expect(region.textContent).toBe('2 new messages');
    vi.useRealTimers();
  });

  test('says when somebody types, comes and goes, or a key is missing', () => {
    const client = show({
      items: [
        { kind: 'membership', key: 'm', change: 'joined', userId: them, at: 1 },
        { kind: 'sealed', key: 's', sender: them, at: 2 },
      ],
    });
    client.type(room, [them]);
    expect(screen.getByText('王思远 is typing…')).toBeTruthy();
    expect(screen.getByText('王思远 joined the conversation')).toBeTruthy();
    expect(screen.getByText(/Waiting for the key/)).toBeTruthy();
  });

  test('names a whole team that comes in one line, the viewer first', () => {
    const came = (key: string, userId: string) => ({ kind: 'membership', key, change: 'joined', userId, at: 1 }) as const;
    show({ items: [came('m', them), came('n', me)] });
    expect(screen.getByText('You and 王思远 joined the conversation')).toBeTruthy();
  });

  test('links lead out without telling where from', () => {
    show({ items: [said('a', them, 'see https://a.example/x.')] });
    const link = screen.getByRole('link', { name: 'https://a.example/x' });
    expect(link.getAttribute('rel')).toContain('noopener');
    expect(link.getAttribute('target')).toBe('_blank');
  });

  test('a message in markup stays text', () => {
    show({ items: [said('a', them, '<img src=x onerror=alert(1)>')] });
    expect(screen.getByText('<img src=x onerror=alert(1)>')).toBeTruthy();
  });
});

describe('writing', () => {
  test('Enter sends, and the message stands there in the same moment', () => {
    const client = show({ items: [] });
    fireEvent.input(field(), { target: { value: 'Hello' } });
    fireEvent.keyDown(field(), { key: 'Enter' });
    expect(screen.getByText('Hello')).toBeTruthy();
    expect(screen.getByRole('img', { name: 'Waiting to be sent' })).toBeTruthy();
    expect(field().value).toBe('');
    expect(client.calls.find(({ name }) => name === 'send')?.args.slice(0, 2)).toEqual([room, { body: 'Hello' }]);
  });

  test('Shift and Enter begin a new line', async () => {
    show({ items: [] });
    await userEvent.type(field(), 'one{Shift>}{Enter}{/Shift}two');
    expect(field().value).toBe('one\ntwo');
  });

  test.each([{ isComposing: true }, { keyCode: 229 }])('Enter that chooses in an input method does not send (%o)', (composing) => {
    const client = show({ items: [] });
    fireEvent.input(field(), { target: { value: 'nihao' } });
    fireEvent.keyDown(field(), { key: 'Enter', ...composing });
    expect(field().value).toBe('nihao');
    expect(client.calls.map(({ name }) => name)).not.toContain('send');
  });

  test('a text of 40 KB is not lost: a sentence says what to do', () => {
    show({ items: [] });
    const long = 'x'.repeat(40_000);
    fireEvent.input(field(), { target: { value: long } });
    expect(screen.getByText(`${(40_000 - maxBodyBytes).toLocaleString('en')} characters too many`)).toBeTruthy();
    fireEvent.keyDown(field(), { key: 'Enter' });
    expect(screen.getByRole('alert').textContent).toContain('too long');
    expect(field().value).toBe(long);
  });

  test('a full disk gives the text back', async () => {
    const client = show({ items: [] });
    client.failNextSend(new BatonError('STORAGE_FULL'));
    fireEvent.input(field(), { target: { value: 'Hello' } });
    fireEvent.keyDown(field(), { key: 'Enter' });
    await waitFor(() => expect(screen.getByRole('alert').textContent).toContain('no room left'));
    expect(field().value).toBe('Hello');
  });

  test('offline one writes on; the page around it says so', async () => {
    const client = show({ items: [] });
    client.setConnection('offline');
    expect(screen.queryByText(/offline/i)).toBeNull();
    fireEvent.input(field(), { target: { value: 'later' } });
    fireEvent.keyDown(field(), { key: 'Enter' });
    expect(screen.getByText('later')).toBeTruthy();
  });

  test('a quote goes along, and Escape lets go of it', async () => {
    const client = show({ items: [said('a', them, 'when?')] });
    await userEvent.click(within(row('when?')).getByRole('button', { name: 'Reply' }));
    expect(screen.getByText('Replying to 王思远')).toBeTruthy();
    await userEvent.keyboard('{Escape}');
    expect(screen.queryByText('Replying to 王思远')).toBeNull();
    await userEvent.click(within(row('when?')).getByRole('button', { name: 'Reply' }));
    await userEvent.type(field(), 'now{Enter}');
    expect(client.calls.find(({ name }) => name === 'send')?.args[1]).toEqual({ body: 'now', reply: { eventId: '$a', sender: them, excerpt: 'when?' } });
  });

  test('keeps focus and text when the room gets its real name', async () => {
    const [roomId, setRoomId] = createSignal('con_placeholder');
    show({ items: [said('a', them, 'welcome')] }, { roomId });
    field().focus();
    await userEvent.type(field(), 'half a sen');
    const before = field();
    setRoomId(room);
    expect(field()).toBe(before);
    expect(document.activeElement).toBe(before);
    expect(before.value).toBe('half a sen');
    expect(screen.getByText('welcome')).toBeTruthy();
  });

  test('opens a room once, however often its summary is made anew', () => {
    const [summary, setSummary] = createSignal({ roomId: room });
    const client = show({ items: [said('a', them, 'one')] }, { roomId: () => summary().roomId });
    const before = row('one');
    setSummary({ roomId: room });
    expect(client.calls.map(({ name }) => name)).not.toContain('closeTimeline');
    expect(row('one')).toBe(before);
  });

  test('where one can’t write, a sentence stands in the composer’s place', () => {
    show({ items: [] }, { closed: 'You left this conversation.' });
    expect(screen.queryByRole('textbox')).toBeNull();
    expect(screen.getByText('You left this conversation.')).toBeTruthy();
  });
});

describe('a message that did not go out', () => {
  const failed = () => said('f', me, 'Hello', { status: 'failed', eventId: null, failure: { code: 'UNCERTIFIED_MEMBER' } });

  test('says why, and is sent again in place', async () => {
    const client = show({ items: [failed()] });
    expect(await screen.findByText(/could not be identified/)).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Retry' }));
    expect(client.calls).toContainEqual({ name: 'retry', args: [room, 'f'] });
    expect(screen.getByRole('img', { name: 'Waiting to be sent' })).toBeTruthy();
  });

  test('is edited in the composer', async () => {
    show({ items: [failed()] });
    await userEvent.click(await screen.findByRole('button', { name: 'Edit' }));
    expect(field().value).toBe('Hello');
    expect(document.activeElement).toBe(field());
    expect(screen.queryByRole('button', { name: 'Retry' })).toBeNull();
  });

  test('is taken back by ↑ in the empty composer', async () => {
    show({ items: [failed()] });
    field().focus();
    await userEvent.keyboard('{ArrowUp}');
    expect(field().value).toBe('Hello');
  });

  test('is deleted', async () => {
    show({ items: [failed()] });
    await userEvent.click(screen.getByRole('button', { name: 'Delete' }));
    expect(screen.queryByText('Hello')).toBeNull();
  });
});

describe('by keyboard', () => {
  test('one tab stop leads to the newest message, arrows go up from it', async () => {
    show({ items: [said('a', them, 'one'), said('b', them, 'two')] });
    expect(row('two').tabIndex).toBe(0);
    expect(row('one').tabIndex).toBe(-1);
    row('two').focus();
    await userEvent.keyboard('{ArrowUp}');
    expect(document.activeElement).toBe(row('one'));
    await userEvent.keyboard('{Enter}');
    expect(screen.getByText('Replying to 王思远')).toBeTruthy();
  });
});

test('in Chinese', () => {
  locale.set('zh-CN');
  show({ items: [said('f', me, '您好', { status: 'failed', eventId: null, failure: { code: 'OTHER' } })] });
  expect(screen.getByRole('button', { name: '重试' })).toBeTruthy();
  expect(screen.getByRole('textbox', { name: '给王思远发消息' })).toBeTruthy();
  expect(screen.getByText('今天')).toBeTruthy();
});
