import { describe, expect, it } from 'vitest';
import { toSyncUpdate } from './response.ts';

describe('what a sync says to the core', () => {
  it('keeps the order of a room, and names state in the timeline twice: as state and in its place', () => {
    const update = toSyncUpdate({
      next_batch: 's2',
      rooms: {
        join: {
          '!a:b': {
            state: { events: [{ type: 'm.room.create', state_key: '', event_id: '$0', sender: '@svc:b', content: {}, origin_server_ts: 1 }] },
            timeline: {
              limited: true,
              prev_batch: 'p1',
              events: [
                { type: 'm.room.encrypted', event_id: '$1', sender: '@x:b', content: { session_id: 's' }, origin_server_ts: 2, unsigned: { transaction_id: 't' } },
                { type: 'm.room.member', state_key: '@y:b', event_id: '$2', sender: '@y:b', content: { membership: 'join' }, origin_server_ts: 3 },
              ],
            },
          },
        },
      },
    });
    const [room] = update.rooms;
    expect(room).toMatchObject({ roomId: '!a:b', membership: 'join', limited: true, prevBatch: 'p1' });
    expect(room?.state.map((event) => event.eventId)).toEqual(['$0', '$2']);
    expect(room?.timeline.map((event) => [event.eventId, event.transactionId])).toEqual([['$1', 't'], ['$2', undefined]]);
  });

  it('tells who read up to where, and who types, only when the sync says so', () => {
    const room = (ephemeral: object[]) => toSyncUpdate({ next_batch: 's', rooms: { join: { '!a:b': { ephemeral: { events: ephemeral as never } } } } }).rooms[0];
    expect(room([{ type: 'm.receipt', content: { $1: { 'm.read': { '@x:b': { ts: 5 } }, 'm.read.private': { '@y:b': { ts: 6 } } } } }])?.readReceipts).toEqual([{ userId: '@x:b', eventId: '$1', at: 5 }, { userId: '@y:b', eventId: '$1', at: 6 }]);
    expect(room([{ type: 'm.typing', content: { user_ids: ['@x:b'] } }])?.typing).toEqual(['@x:b']);
    expect(room([])).not.toHaveProperty('typing');
  });

  it('knows rooms one is invited to and rooms one has left', () => {
    const update = toSyncUpdate({ next_batch: 's', rooms: { invite: { '!i:b': { invite_state: { events: [{ type: 'm.room.name', state_key: '', content: {} }] } } }, leave: { '!l:b': {} } } });
    expect(update.rooms.map((room) => [room.roomId, room.membership])).toEqual([['!i:b', 'invite'], ['!l:b', 'leave']]);
  });
});
