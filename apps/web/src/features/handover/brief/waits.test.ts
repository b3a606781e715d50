import type { RoomSummary } from '@baton/messaging';
import { expect, test } from 'vitest';
import type { ConversationSummary } from '../../../session/contract.ts';
import { waitsIn } from './waits.ts';

const at = Date.parse('2026-11-19T08:00:00.000Z');
const conversation = (id: string, state: ConversationSummary['state'] = 'ENTERED') =>
  ({ conversationId: id, roomId: `!${id}`, state, candidate: state === 'INVITED' ? null : { accountId: id, name: id, mxid: `@c-${id}:x` } }) as ConversationSummary;
const room = (id: string, sender: string | null) => ({ roomId: `!${id}`, last: sender === null ? null : { key: '', sender, mine: false, body: '', at, status: null } }) as RoomSummary;
const waits = (known: ConversationSummary, last: string | null) => waitsIn([known], [room(known.conversationId, last)])(known.conversationId);

test('a candidate waits since they had the last word', () => {
  expect(waits(conversation('ada'), '@c-ada:x')).toBe('2026-11-19T08:00:00.000Z');
});

test.each([
  ['whom somebody answered', conversation('ada'), '@m-lena:x'],
  ['who has not opened their link', conversation('ada', 'INVITED'), '@m-lena:x'],
  ['who has left', conversation('ada', 'LEFT'), '@c-ada:x'],
  ['who wants no more of the firm', conversation('ada', 'BLOCKED'), '@c-ada:x'],
])('one %s does not', (_, known, last) => {
  expect(waits(known, last)).toBeNull();
});

test('of a thread that this browser does not know, or has read nothing of, it says nothing', () => {
  expect(waits(conversation('ada'), null)).toBeUndefined();
  expect(waitsIn([], [room('ada', '@c-ada:x')])('ada')).toBeUndefined();
  expect(waitsIn([conversation('ada')], [])('ada')).toBeUndefined();
});
