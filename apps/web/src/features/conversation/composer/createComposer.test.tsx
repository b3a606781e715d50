import { BatonError, makeSubject } from '@baton/base';
import { maxBodyBytes, type MessageContent, type MessageItem, type RoomSummary } from '@baton/messaging';
import { createRoot } from 'solid-js';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeFakeClient, type FakeRoom } from '../../../session/testing/makeFakeClient.ts';
import { createComposer } from './createComposer.ts';

const room = '!room:baton.test';
let dispose = () => {};
let thread = 0;

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  dispose();
  vi.useRealTimers();
});

function open(fake: FakeRoom = { items: [] }, threadId = `con_${++thread}`) {
  const client = makeFakeClient({ rooms: { [room]: fake } });
  const sent: MessageContent[] = [];
  const refusals: BatonError[] = [];
  const composer = createRoot((end) => {
    dispose = end;
    return createComposer({
      messaging: client.messaging,
      threadId,
      roomId: () => room,
      send: async (content) => {
        const refusal = refusals.shift();
        if (refusal) throw refusal;
        sent.push(content);
      },
    });
  });
  const named = (name: string) => client.calls.filter((call) => call.name === name).map(({ args }) => args[1]);
  return { client, composer, sent, refusals, named, threadId };
}

describe('sending', () => {
  it('empties the field at once and sends what was written, trimmed', () => {
    const { composer, sent } = open();
    composer.input('  hello \n');
    void composer.submit();
    expect(composer.text()).toBe('');
    expect(sent).toEqual([{ body: 'hello' }]);
  });

  it('sends nothing when nothing but space is written', async () => {
    const { composer, sent } = open();
    composer.input(' \n ');
    expect(composer.canSend()).toBe(false);
    await composer.submit();
    expect(sent).toEqual([]);
  });

  it('carries the quote once', async () => {
    const { composer, sent } = open();
    const quote = { eventId: '$1', sender: '@c-1:baton.test', excerpt: 'so?' };
    composer.replyTo(quote);
    composer.input('yes');
    await composer.submit();
    expect(sent).toEqual([{ body: 'yes', reply: quote }]);
    expect(composer.reply()).toBeNull();
  });

  it('keeps text and quote, and says why, when the message could not be kept', async () => {
    const { composer, refusals } = open();
    refusals.push(new BatonError('STORAGE_FULL'));
    const quote = { eventId: '$1', sender: '@c-1:baton.test', excerpt: 'so?' };
    composer.replyTo(quote);
    composer.input('hello');
    const sending = composer.submit();
    composer.input('typed meanwhile');
    await sending;
    expect(composer.text()).toBe('hello\ntyped meanwhile');
    expect(composer.reply()).toEqual(quote);
    expect(composer.failure()).toBe('STORAGE_FULL');
    composer.input('hello again');
    expect(composer.failure()).toBeNull();
  });

  it('refuses a text that is too long and loses none of it', async () => {
    const { composer, sent } = open();
    const long = '长'.repeat(Math.floor(maxBodyBytes / 3) + 2);
    composer.input(long);
    expect(composer.charactersLeft()).toBe(-2);
    await composer.submit();
    expect(sent).toEqual([]);
    expect(composer.text()).toBe(long);
    expect(composer.failure()).toBe('MESSAGE_TOO_LONG');
  });

  it('counts characters only near the limit', () => {
    const { composer } = open();
    composer.input('short');
    expect(composer.charactersLeft()).toBeNull();
    composer.input('长'.repeat(Math.floor(maxBodyBytes / 3) - 7));
    expect(composer.charactersLeft()).toBe(7);
  });
});

describe('the draft', () => {
  it('stands in the field when a thread is opened', () => {
    expect(open({ items: [], draft: 'half a sen' }).composer.text()).toBe('half a sen');
  });

  it('is saved after a pause, and when the thread is left', () => {
    const { composer, named } = open();
    composer.input('a');
    composer.input('ab');
    vi.advanceTimersByTime(600);
    expect(named('saveDraft')).toEqual(['ab']);
    composer.input('abc');
    dispose();
    expect(named('saveDraft')).toEqual(['ab', 'abc']);
  });

  it('is deleted when it was sent', async () => {
    const { composer, named } = open({ items: [], draft: 'hello' });
    await composer.submit();
    expect(named('saveDraft')).toEqual(['']);
  });

  it('comes from another device while nobody types here', async () => {
    const { client, composer } = open();
    await client.messaging.saveDraft(room, 'from my phone');
    expect(composer.text()).toBe('from my phone');
    composer.input('mine');
    await client.messaging.saveDraft(room, 'from my phone, longer');
    expect(composer.text()).toBe('mine');
  });

  it('stays in the field while it is being saved, whatever else the list of rooms tells meanwhile', () => {
    const { client } = open();
    const [summary] = client.messaging.rooms.current();
    const rooms = makeSubject<readonly RoomSummary[]>([summary!]);
    const tell = (draft: string | null, unreadCount: number): void => rooms.set([{ ...summary!, draft, unreadCount }]);
    createRoot((end) => {
      const before = dispose;
      dispose = () => (end(), before());
      const composer = createComposer({ messaging: { ...client.messaging, rooms, saveDraft: async () => {} }, threadId: 'con_slow', roomId: () => room, send: async () => {} });
      composer.input('half');
      vi.advanceTimersByTime(600);
      tell(null, 1);
      expect(composer.text()).toBe('half');
      composer.input('half a sen');
      vi.advanceTimersByTime(600);
      tell('half', 1);
      expect(composer.text()).toBe('half a sen');
      tell('half a sen', 1);
      tell('half a sentence, on my phone', 1);
      expect(composer.text()).toBe('half a sentence, on my phone');
    });
  });

  it('stays in the field when a session that ends takes the rooms away', async () => {
    const { client, composer } = open();
    composer.input('half a sen');
    vi.advanceTimersByTime(600);
    client.forgetRooms();
    expect(composer.text()).toBe('half a sen');
  });

  it('outlives a thread that is taken away while one types', () => {
    const first = open();
    first.composer.input('do not lose me');
    dispose();
    expect(open({ items: [] }, first.threadId).composer.text()).toBe('do not lose me');
  });
});

describe('the typing notice', () => {
  it('starts with the first letter, is not repeated with each, and ends after a pause', () => {
    const { composer, named } = open();
    composer.input('a');
    composer.input('ab');
    expect(named('setTyping')).toEqual([true]);
    vi.advanceTimersByTime(6_000);
    expect(named('setTyping')).toEqual([true, false]);
  });

  it('ends when the field is emptied', () => {
    const { composer, named } = open();
    composer.input('a');
    composer.input('');
    expect(named('setTyping')).toEqual([true, false]);
  });
});

describe('taking back', () => {
  const failed: MessageItem = {
    kind: 'message', key: 'f', eventId: null, sender: '@m-mei:baton.test', mine: true, body: 'wrong', at: 0, reply: null, authenticity: 'certified',
    status: 'failed', failure: { code: 'UNCERTIFIED_MEMBER' }, reached: { delivered: [], read: [] },
  };

  it('puts an unsent message before what is written', async () => {
    const { composer, named } = open({ items: [failed] });
    composer.input('next');
    await composer.takeBack(failed);
    expect(named('discard')).toEqual(['f']);
    expect(composer.text()).toBe('wrong\nnext');
  });

  it('does nothing when the message has gone after all', async () => {
    const { client, composer } = open({ items: [failed] });
    client.messaging.discard = () => Promise.reject(new BatonError('ALREADY_SENT'));
    await composer.takeBack(failed);
    expect(composer.text()).toBe('');
  });
});
