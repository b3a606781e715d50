import { describe, expect, it } from 'vitest';
import type { RoomUpdate, WireEvent } from '../../ports.ts';
import { applyRoomUpdates } from './rooms.ts';
import type { RoomRecord, SyncStore } from './store.ts';

const state = (type: string, stateKey: string, content: Record<string, unknown>): WireEvent => ({ eventId: `$${type}${stateKey}`, roomId: '!r:b', sender: '@svc:b', type, stateKey, content, originServerTs: 0 });
const member = (userId: string, membership: string): WireEvent => state('m.room.member', userId, { membership });
const update = (...events: WireEvent[]): RoomUpdate => ({ roomId: '!r:b', membership: 'join', state: events, timeline: [], limited: false, prevBatch: null, readReceipts: [], accountData: {} });

function storeOf(...records: RoomRecord[]): SyncStore {
  const rooms = new Map(records.map((record) => [record.roomId, record]));
  return { account: { since: null, accountData: {}, masterKey: null }, rooms, save: async () => {}, forget: (ids) => [...ids].forEach((id) => rooms.delete(id)), close: () => {} };
}

const known = (members: RoomRecord['members']): RoomRecord => ({ roomId: '!r:b', members, encryption: {}, historyVisibility: 'shared' });

describe('what a sync changes about rooms', () => {
  it('a room is new: its members are to be followed, and no session to be renewed', () => {
    const store = storeOf();
    const changes = applyRoomUpdates(store, [update(state('m.room.encryption', '', { algorithm: 'x' }), member('@me:b', 'join'), member('@ann:b', 'invite'))], '@me:b');
    expect(store.rooms.get('!r:b')).toMatchObject({ members: { '@me:b': 'join', '@ann:b': 'invite' }, encryption: { algorithm: 'x' } });
    expect(changes).toMatchObject({ newcomers: ['@me:b', '@ann:b'], rotate: [], left: [] });
  });

  it.each(['leave', 'ban', 'invite'])('somebody else’s %s makes the next message use a new session', (membership) => {
    expect(applyRoomUpdates(storeOf(known({ '@me:b': 'join', '@ann:b': 'join' })), [update(member('@ann:b', membership))], '@me:b').rotate).toEqual(['!r:b']);
  });

  it('somebody who comes does not', () => {
    expect(applyRoomUpdates(storeOf(known({ '@me:b': 'join' })), [update(member('@ann:b', 'join'))], '@me:b')).toMatchObject({ rotate: [], newcomers: ['@ann:b'] });
  });

  it('a room that one has left is forgotten', () => {
    const store = storeOf(known({ '@me:b': 'join' }));
    applyRoomUpdates(store, [{ ...update(), membership: 'leave' }], '@me:b');
    expect(store.rooms.size).toBe(0);
  });

  it('a sync with messages only changes nothing', () => {
    expect(applyRoomUpdates(storeOf(known({ '@me:b': 'join' })), [update()], '@me:b').changed).toEqual([]);
  });
});
