import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { followEarlyMessages } from './earlyMessages.ts';

/** The browser's, as far as it is used here. */
const makeSource = () => ({
  CLOSED: 2,
  readyState: 1,
  onmessage: null as ((event: { data: string }) => void) | null,
  onerror: null as (() => void) | null,
  close() {
    this.readyState = 2;
  },
});

const event = { eventId: '$1', roomId: '!room', sender: '@them', type: 'm.room.encrypted', content: { ciphertext: 'A' }, originServerTs: 5 };
let opened: ReturnType<typeof makeSource>[];
let heard: unknown[];
let end: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  opened = [];
  heard = [];
  end = followEarlyMessages(
    () => {
      opened.push(makeSource());
      return opened.at(-1) as unknown as EventSource;
    },
    (each) => heard.push(each),
  );
});
afterEach(() => {
  end();
  vi.useRealTimers();
});

const source = () => opened.at(-1)!;
const come = (data: unknown): void => source().onmessage?.({ data: typeof data === 'string' ? data : JSON.stringify(data) });

it('hands on each message', () => {
  come(event);
  expect(heard).toEqual([event]);
});

it('passes over what is no message', () => {
  for (const other of ['', 'null', '[]', { ...event, eventId: 7 }, { ...event, content: null }, { ...event, originServerTs: 'now' }]) come(other);
  expect(heard).toEqual([]);
});

it('leaves a lost connection to the browser, and comes back later after a refusal', () => {
  source().onerror?.();
  vi.advanceTimersByTime(60_000);
  expect(opened).toHaveLength(1);
  source().close();
  source().onerror?.();
  vi.advanceTimersByTime(30_000);
  expect(opened).toHaveLength(2);
  come(event);
  expect(heard).toEqual([event]);
});

it('ends', () => {
  end();
  expect(source().readyState).toBe(2);
  source().onerror?.();
  vi.advanceTimersByTime(60_000);
  expect(opened).toHaveLength(1);
});
