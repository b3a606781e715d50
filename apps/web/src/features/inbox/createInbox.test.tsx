import { makeSubject } from '@baton/base';
import { createRoot, createSignal } from 'solid-js';
import { afterEach, describe, expect, it } from 'vitest';
import { makeFakeClient, sampleViewer } from '../../session/testing/makeFakeClient.ts';
import { makeSampleThreads } from '../../session/testing/sampleThreads.ts';
import { arrivalOf, createInbox, type InboxTab } from './createInbox.ts';

let dispose = () => {};
afterEach(() => dispose());

function open() {
  const client = makeFakeClient(makeSampleThreads(new Date(2026, 10, 20, 15).getTime()));
  const [tab, setTab] = createSignal<InboxTab>('team');
  const [search, setSearch] = createSignal('');
  const inbox = createRoot((end) => {
    dispose = end;
    return createInbox({ conversations: client.conversations.list, teamRooms: client.conversations.teamRooms, rooms: client.messaging.rooms }, { accountId: () => sampleViewer.accountId, tab, search });
  });
  const names = () => inbox.rows().map(({ name }) => name);
  return { client, inbox, names, setTab, setSearch };
}

describe('createInbox', () => {
  it('puts the newest activity first', () => {
    expect(open().names().slice(0, 3)).toEqual(['王思远', 'Priya Shah', '陈嘉怡']);
  });

  it('moves a thread up when something is said in it', () => {
    const { client, names } = open();
    client.receive('!room10:baton.test', '@c-10:baton.test', 'Any news?');
    expect(names()[0]).toBe('Hana Brandt');
  });

  it('leaves the other threads’ rows the same objects, so that they are not drawn again', () => {
    const { conversations, messaging } = makeFakeClient(makeSampleThreads(new Date(2026, 10, 20, 15).getTime()));
    const rooms = makeSubject(messaging.rooms.current());
    const inbox = createRoot((end) => {
      dispose = end;
      return createInbox({ conversations: conversations.list, teamRooms: conversations.teamRooms, rooms }, { accountId: () => sampleViewer.accountId, tab: () => 'team', search: () => '' });
    });
    const before = new Map(inbox.rows().map((row) => [row.name, row]));
    rooms.update((all) => all.map((room) => (room.roomId === '!room10:baton.test' ? { ...room, unreadCount: 3 } : room)));
    expect(inbox.rows().filter((row) => row !== before.get(row.name)).map(({ name }) => name)).toEqual(['Hana Brandt']);
  });

  it('keeps to one’s own, the unread, or everybody’s', () => {
    const { inbox, names, setTab } = open();
    setTab('mine');
    expect(names()).not.toContain('Daniel Roth');
    setTab('unread');
    expect(names()).toEqual(['王思远', 'Priya Shah']);
    expect(inbox.counts()).toEqual({ mine: 10, unread: 2, team: 11 });
  });

  it('finds by name, project and last words, all words at once', () => {
    const { names, setSearch } = open();
    setSearch('思远');
    expect(names()).toEqual(['王思远']);
    setSearch('kite spring');
    expect(names()).toEqual(['Daniel Roth']);
    setSearch('nobody of that name');
    expect(names()).toEqual([]);
  });

  it('goes from a thread to its neighbours, and starts with the first', () => {
    const { inbox } = open();
    const first = inbox.rows()[0]!.id;
    expect(inbox.neighbour(undefined, 1)?.id).toBe(first);
    expect(inbox.neighbour(first, 1)?.name).toBe('Priya Shah');
    expect(inbox.neighbour(first, -1)).toBeUndefined();
  });

  it('names the project where one person has several conversations', () => {
    const { client, inbox } = open();
    const [first, second] = client.conversations.list.current();
    const personId = 'psn_both';
    client.setConversations([{ ...first!, personId, projectName: 'CFO' }, { ...first!, conversationId: 'con_2', roomId: '!2:baton.test', personId, projectName: 'Treasurer' }, second!]);
    expect(inbox.rows().map((row) => row.kind === 'candidate' && row.project).toSorted()).toEqual(['CFO', 'Treasurer', null]);
  });

  it('has a team’s room among one’s own, last while nobody has spoken there', () => {
    const { client, inbox, names, setTab, setSearch } = open();
    client.setTeamRooms([{ projectId: 'prj_1', projectName: 'Treasury', roomId: '!team:baton.test', team: [{ accountId: 'acc_jonas', name: 'Jonas Weber', mxid: '@m-jonas:baton.test' }] }]);
    setTab('mine');
    expect(names().at(-1)).toBe('Treasury');
    expect(inbox.find('prj_1')).toMatchObject({ kind: 'team', at: null, unread: 0 });
    client.receive('!team:baton.test', '@m-jonas:baton.test', 'The client wants a decision');
    expect(names()[0]).toBe('Treasury');
    setTab('unread');
    expect(names()).toContain('Treasury');
    setSearch('jonas decision');
    expect(names()).toEqual(['Treasury']);
  });

  it('shows a conversation of which nothing was synced yet, by its own date', () => {
    const { client, inbox } = open();
    const [known] = client.conversations.list.current();
    client.setConversations([{ ...known!, conversationId: 'con_new', roomId: '!new:baton.test' }]);
    expect(inbox.rows()[0]).toMatchObject({ last: null, unread: 0, at: Date.parse(known!.createdAt) });
  });
});

describe('arrivalOf', () => {
  const [entered] = makeSampleThreads(0).conversations;
  const invitation = entered!.invitation!;
  it.each([
    ['ENTERED', 'CLAIMED', null],
    ['LEFT', 'CLAIMED', null],
    ['CLAIMED', 'CLAIMED', 'arriving'],
    ['INVITED', 'OPEN', 'waiting'],
    ['INVITED', 'EXPIRED', 'expired'],
    ['INVITED', 'REVOKED', 'revoked'],
  ] as const)('a conversation %s with a link %s is %s', (state, link, arrival) => {
    expect(arrivalOf({ ...entered!, state, invitation: { ...invitation, state: link } })).toBe(arrival);
  });
});
