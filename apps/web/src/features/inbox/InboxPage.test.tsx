import { createMemoryHistory, MemoryRouter, Route } from '@solidjs/router';
import { render, screen, waitFor, within } from '@solidjs/testing-library';
import { QueryClientProvider } from '@tanstack/solid-query';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createKeyboard } from '../../platform/actions/actions.ts';
import { ClientContext } from '../../platform/client/clientContext.ts';
import { makeQueryClient } from '../../platform/graphql/queries.ts';
import { locale } from '../../platform/preferences/preferences.ts';
import type { ClientStatus } from '../../session/contract.ts';
import { makeFakeClient, type FakeClient, type FakeClientOptions } from '../../session/testing/makeFakeClient.ts';
import { makeSampleThreads } from '../../session/testing/sampleThreads.ts';
import { Toaster } from '../../ui/toast/Toaster.tsx';
import { InboxPage } from './InboxPage.tsx';

const id = (index: number) => `con_${String(index).padStart(32, '0')}`;
const stages = ['Contacted', 'First interview', 'Offer'].map((name, position) => ({ id: `stg_${position}`, name, kind: 'ACTIVE', position }));
const link = 'https://baton.example/c/inv_4#secret.root';

/** The API as far as the inbox asks it. `colleague` is the stage that somebody else chose meanwhile. */
let server: { stage: number; colleague: number | null; reachable: boolean; hasConversation: boolean; noteFails: boolean; needsLink: boolean; promises: unknown[] };

function answer(query: string, variables: Record<string, never>): unknown {
  const input = (variables as { input?: Record<string, string> }).input ?? {};
  const stageNow = (position: number) => ({ id: 'cdy_1', stage: stages[position], stageSince: '2026-11-17T08:00:00Z' });
  if (query.includes('mutation InboxMoveCandidacy')) {
    if (server.colleague !== null) return { moveCandidacy: { candidacy: stageNow(server.colleague), userErrors: [{ field: null, code: 'CONFLICT', message: '' }] } };
    server.stage = stages.findIndex((stage) => stage.id === input['toStageId']);
    return { moveCandidacy: { candidacy: stageNow(server.stage), userErrors: [] } };
  }
  if (query.includes('mutation InboxAddNote')) {
    if (server.noteFails) throw new TypeError('network');
    const at = '2026-11-20T08:00:00Z';
    return { addNote: { note: { id: input['id'], body: input['body'], createdAt: at, updatedAt: at, author: { id: 'acc', name: 'Mei Lin' } }, userErrors: [] } };
  }
  return {
    candidacy: {
      ...stageNow(server.stage), history: [], conversation: server.hasConversation ? { id: id(1) } : null, promises: server.promises, needsLink: server.needsLink,
      project: { id: 'prj_1', name: 'Head of Platform', publicTitle: 'A platform role in Shanghai', client: { id: 'cmp_1', name: 'Orbital' }, stages, can: { openConversations: true, edit: false } },
      person: { id: 'per_1', name: '王思远', pinyin: null, title: 'Engineering Manager', location: null, source: null, tags: [], company: null, handles: [{ kind: 'WECHAT', raw: 'siyuan_w' }], notes: [] },
    },
  };
}

beforeEach(() => {
  locale.set('en');
  server = { stage: 1, colleague: null, reachable: true, hasConversation: false, noteFails: false, needsLink: true, promises: [] };
  vi.stubGlobal('fetch', async (_url: string, init: { body: string }) => {
    if (!server.reachable) throw new TypeError('network');
    const { query, variables } = JSON.parse(init.body);
    return new Response(JSON.stringify({ data: answer(query, variables) }), { headers: { 'content-type': 'application/json' } });
  });
  // jsdom lays nothing out; the virtual list shows what fits into this.
  vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(900);
  vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(68);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

function show(path: string, options: FakeClientOptions = {}): { client: FakeClient; where: () => string } {
  const client = makeFakeClient({ ...makeSampleThreads(new Date(2026, 10, 20, 15).getTime()), ...options });
  const history = createMemoryHistory();
  history.set({ value: path });
  const queries = makeQueryClient();
  const page = () => {
    createKeyboard();
    return <InboxPage thread={(props) => <div><p>Thread with {props.to}</p>{props.beginning}<p>{props.closed}</p></div>} />;
  };
  render(() => (
    <QueryClientProvider client={queries}>
      <ClientContext.Provider value={client}>
        <MemoryRouter history={history}>
          <Route path={['/inbox/:conversationId?', '/inbox/new/:candidacyId']} component={page} />
        </MemoryRouter>
        <Toaster />
      </ClientContext.Provider>
    </QueryClientProvider>
  ));
  return { client, where: () => history.get() };
}

const list = () => screen.findByRole('list', { name: 'Conversations' });
const rowOf = async (name: string) => within(await list()).findByRole('link', { name: new RegExp(name) });
const panel = () => screen.findByRole('region', { name: 'Details' });

describe('the list', () => {
  test('shows who, what was said last, and what waits', async () => {
    show('/inbox');
    expect(within(await rowOf('Priya Shah')).getByRole('img', { name: '1 unread' })).toBeTruthy();
    expect((await rowOf('Marta Oliveira')).textContent).toContain('Link not opened yet');
    expect((await rowOf('Anders Krog')).textContent).toContain('Draft: Dear Anders');
    expect(within(await rowOf('刘洋')).getByRole('img', { name: 'A message was not sent' })).toBeTruthy();
    expect((await rowOf('孙立')).textContent).toContain('Link expired');
  });

  test('makes a few rows at a time, so that a screen full of them holds up nobody', async () => {
    const sample = makeSampleThreads(new Date(2026, 10, 20, 15).getTime());
    const [one] = sample.conversations!;
    const conversations = Array.from({ length: 60 }, (_, n) => ({ ...one!, conversationId: `con_${n}`, roomId: `!many${n}:baton.test`, candidateName: `Candidate ${n}` }));
    show('/inbox?tab=team', { conversations });
    const rows = async () => within(await list()).queryAllByRole('listitem').length;
    expect(await rows()).toBeLessThan(10);
    // What is in sight, and eight more.
    await waitFor(async () => expect(await rows()).toBeGreaterThan(20));
  });

  test('tabs and search are in the address', async () => {
    const { where } = show('/inbox');
    await userEvent.click(await screen.findByRole('tab', { name: /Team/ }));
    await waitFor(() => expect(where()).toBe('/inbox?tab=team'));
    await userEvent.type(screen.getByRole('searchbox', { name: 'Search conversations' }), 'kite');
    await waitFor(() => expect(where()).toContain('q=kite'));
    await waitFor(async () => expect(within(await list()).getAllByRole('listitem')).toHaveLength(3));
  });

  test('says that nothing was found, and offers the way back', async () => {
    show('/inbox?q=zebra');
    await screen.findByText('Nothing found for “zebra”');
    await userEvent.click(screen.getByText('Clear the search'));
    expect(await rowOf('Priya Shah')).toBeTruthy();
  });

  test('an empty inbox leads to the projects', async () => {
    show('/inbox', { conversations: [], rooms: {} });
    expect((await screen.findByRole('link', { name: 'Go to projects' })).getAttribute('href')).toBe('/projects');
  });

  test('J and K go through the threads, with the focus', async () => {
    const { where } = show('/inbox');
    await list();
    await userEvent.keyboard('j');
    await waitFor(() => expect(where()).toBe(`/inbox/${id(1)}`));
    await userEvent.keyboard('j');
    await waitFor(() => expect(where()).toBe(`/inbox/${id(2)}`));
    await waitFor(async () => expect(document.activeElement).toBe(await rowOf('Priya Shah')));
    await userEvent.keyboard('k');
    await waitFor(() => expect(where()).toBe(`/inbox/${id(1)}`));
    expect((await rowOf('王思远')).getAttribute('aria-current')).toBe('page');
  });

  test('arrow keys move the focus and open nothing; one row is in the tab order', async () => {
    const { where } = show('/inbox');
    (await rowOf('王思远')).focus();
    await userEvent.keyboard('{ArrowDown}');
    await waitFor(async () => expect(document.activeElement).toBe(await rowOf('Priya Shah')));
    expect(where()).toBe('/inbox');
    expect(within(await list()).getAllByRole('link').filter((row) => row.tabIndex === 0)).toHaveLength(1);
  });

  test('the focus stays with its conversation while another one moves up', async () => {
    const { client } = show('/inbox');
    const row = await rowOf('Priya Shah');
    row.focus();
    client.receive('!room10:baton.test', '@c-10:baton.test', 'Any news?');
    await waitFor(async () => expect(within(await list()).getAllByRole('link').at(0)!.textContent).toContain('Hana Brandt'));
    await waitFor(() => expect(document.activeElement?.textContent).toContain('Priya Shah'));
  });
});

describe('a thread', () => {
  test('that nobody can reach says so', async () => {
    show('/inbox/con_nowhere');
    expect(await screen.findByText('This conversation is not in your inbox')).toBeTruthy();
  });

  test('of somebody who has not come offers the link', async () => {
    show(`/inbox/${id(4)}`, { commands: { linkOf: async () => link } });
    const card = await screen.findByRole('region', { name: 'Share this link with Marta Oliveira' });
    expect(within(card).getByRole<HTMLInputElement>('textbox', { name: 'Link' }).value).toBe(link);
    const mail = within(card).getByRole('link', { name: 'Mail' }).getAttribute('href')!;
    expect(decodeURIComponent(mail)).toContain(link);
    await userEvent.click(within(card).getByRole('button', { name: 'QR code' }));
    expect(within(card).getByRole('img', { name: 'QR code of the link for Marta Oliveira' })).toBeTruthy();
  });

  test('with an expired link offers a new one', async () => {
    const { client } = show(`/inbox/${id(9)}`, { commands: { renewLink: async () => ({ link }) } });
    await userEvent.click(await within(await panel()).findByRole('button', { name: 'Make a new link' }));
    expect(client.calls).toContainEqual({ name: 'renewLink', args: [id(9)] });
    expect(await screen.findByText('New link made')).toBeTruthy();
  });

  test('whose link reached the wrong person says so, in that person’s words', async () => {
    const { client } = show(`/inbox/${id(4)}`);
    const reported = { reportedAt: new Date().toISOString() };
    client.setConversations(client.conversations.list.current().map((each) =>
      each.conversationId === id(4) ? { ...each, ...reported, invitation: { ...each.invitation!, reportReason: 'I am her sister' } } : each));
    expect((await screen.findByText(/not the right person/)).textContent).toContain('I am her sister');
  });

  test('of somebody who left is closed', async () => {
    show(`/inbox/${id(11)}`);
    expect(await screen.findByText(/Tomás Vidal left this conversation/)).toBeTruthy();
  });

  test('works without the API; only the record is missing', async () => {
    server.reachable = false;
    show(`/inbox/${id(1)}`);
    expect(await screen.findByText('Thread with 王思远')).toBeTruthy();
    expect(await within(await panel()).findByText(/王思远 and .+ project team \(3\) can read this: Mei Lin, Jonas Weber, and Ana Costa/)).toBeTruthy();
  });
});

describe('a team’s room', () => {
  const teamRoom = {
    projectId: 'prj_1', projectName: 'Treasury', roomId: '!team:baton.test',
    team: [{ accountId: 'acc_mei', name: 'Mei Lin', mxid: '@m-mei:baton.test' }, { accountId: 'acc_jonas', name: 'Jonas Weber', mxid: '@m-jonas:baton.test' }],
  };

  test('stands in the list with who said what', async () => {
    const { client } = show('/inbox', { teamRooms: [teamRoom] });
    client.receive('!team:baton.test', '@m-jonas:baton.test', 'Decision on Friday');
    const row = await rowOf('Treasury');
    expect(row.getAttribute('href')).toBe('/inbox/prj_1');
    expect(row.textContent).toContain('Jonas Weber: Decision on Friday');
    expect(within(row).getByRole('img', { name: '1 unread' })).toBeTruthy();
  });

  test('opens with its team beside it, and the way to the project', async () => {
    show('/inbox/prj_1', { teamRooms: [teamRoom] });
    expect(await screen.findByText('Thread with the team')).toBeTruthy();
    const side = within(await panel());
    expect(side.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual(['MLMei Lin', 'JWJonas Weber']);
    expect(side.getByRole('link', { name: 'Open project' }).getAttribute('href')).toBe('/projects/prj_1');
    expect(side.getByText(/Candidates and the servers can’t/)).toBeTruthy();
  });
});

describe('notes to the team', () => {
  const teamRoom = { projectId: 'prj_1', projectName: 'Treasury', roomId: '!team:baton.test', team: [{ accountId: 'acc_jonas', name: 'Jonas Weber', mxid: '@m-jonas:baton.test' }] };
  const open = async (teamRooms = [teamRoom], options: FakeClientOptions = {}) => {
    const shown = show(`/inbox/${id(1)}`, { teamRooms, ...options });
    shown.client.setConversations(shown.client.conversations.list.current().map((each) => ({ ...each, projectId: 'prj_1' })));
    return { ...shown, notes: within(await within(await panel()).findByRole('region', { name: 'Notes to the team' })) };
  };
  const write = async (notes: ReturnType<typeof within>, text: string) => {
    await userEvent.type(notes.getByRole('textbox', { name: 'Note to the team' }), text);
    await userEvent.click(notes.getByRole('button', { name: /Send note/ }));
  };

  test('go to the team’s room and point at the thread; the candidate’s room gets nothing', async () => {
    const { client, notes } = await open();
    await write(notes, 'Notice is three months');
    expect(await notes.findByText('Notice is three months', { selector: 'p' })).toBeTruthy();
    expect(client.calls.filter(({ name }) => name === 'send').map(({ args }) => args.slice(0, 2))).toEqual([['!team:baton.test', { body: 'Notice is three months', noteOn: id(1) }]]);
  });

  test('only those on this thread stand beside it', async () => {
    const { client, notes } = await open();
    await client.messaging.send('!team:baton.test', { body: 'On another one', noteOn: id(2) });
    client.receive('!team:baton.test', '@m-jonas:baton.test', 'No note at all');
    await client.messaging.send('!team:baton.test', { body: 'On this one', noteOn: id(1) });
    expect(notes.getAllByRole('article').map((note) => note.querySelector('p')?.textContent)).toEqual(['On this one']);
  });

  test('begin the vault, and with it the room, where nobody has written yet', async () => {
    const { client, notes } = await open([], { vault: { begin: async () => client.setTeamRooms([teamRoom]) }, commands: { refresh: async () => {} } });
    await write(notes, 'First');
    expect(await notes.findByText('First', { selector: 'p' })).toBeTruthy();
    expect(client.calls.map(({ name }) => name)).toEqual(expect.arrayContaining(['begin', 'refresh', 'send']));
  });

  test('stay in the field when there is no way to keep them', async () => {
    const { notes } = await open([]);
    await write(notes, 'Do not lose me');
    expect(await notes.findByText(/could not be saved/)).toBeTruthy();
    expect(notes.getByRole<HTMLTextAreaElement>('textbox', { name: 'Note to the team' }).value).toBe('Do not lose me');
  });
});

describe('the record', () => {
  const choose = async (name: string) => {
    await within(await panel()).findByText('First interview');
    await userEvent.keyboard('s');
    await userEvent.click(await screen.findByRole('menuitem', { name: new RegExp(name) }));
  };

  test('S moves the stage at once, and it can be undone', async () => {
    show(`/inbox/${id(1)}`);
    await choose('Offer');
    expect(await within(await panel()).findByText('Offer')).toBeTruthy();
    await userEvent.click(await screen.findByText('Undo'));
    await waitFor(() => expect(server.stage).toBe(1));
    expect(await within(await panel()).findByText('First interview')).toBeTruthy();
  });

  test('a colleague who was faster wins, and is told of', async () => {
    server.colleague = 0;
    show(`/inbox/${id(1)}`);
    await choose('Offer');
    expect(await screen.findByText(/A colleague was faster: the stage is now Contacted/)).toBeTruthy();
    expect(await within(await panel()).findByText('Contacted')).toBeTruthy();
  });

  test('a note is added, and kept in the field when it can’t be saved', async () => {
    show(`/inbox/${id(1)}`);
    const side = await panel();
    server.noteFails = true;
    const field = await within(side).findByRole<HTMLTextAreaElement>('textbox', { name: 'Note' });
    await userEvent.type(field, 'Prefers Hangzhou');
    await userEvent.click(within(side).getByRole('button', { name: /Add note/ }));
    expect(await within(side).findByText(/could not be saved/)).toBeTruthy();
    expect(field.value).toBe('Prefers Hangzhou');
    server.noteFails = false;
    await userEvent.click(within(side).getByRole('button', { name: /Add note/ }));
    expect(await within(side).findByText('Prefers Hangzhou', { selector: 'p' })).toBeTruthy();
    await waitFor(() => expect(field.value).toBe(''));
  });
});

describe('a session that ends while somebody writes', () => {
  test('takes away neither the thread nor a note that is not saved yet', async () => {
    const { client } = show(`/inbox/${id(1)}`);
    const note = await screen.findByPlaceholderText('Write a note…');
    await userEvent.type(note, 'Half a note');
    const [viewer, list] = [client.status.current() as Extract<ClientStatus, { phase: 'signed-in' }>, client.conversations.list.current()];
    client.status.set({ phase: 'signed-out', because: 'SESSION_ENDED' });
    client.setConversations([]);
    expect((screen.getByPlaceholderText('Write a note…') as HTMLTextAreaElement).value).toBe('Half a note');
    client.status.set({ ...viewer, messaging: 'starting' });
    client.status.set({ ...viewer, messaging: 'ready' });
    expect((screen.getByPlaceholderText('Write a note…') as HTMLTextAreaElement).value).toBe('Half a note');
    client.setConversations([...list]);
    expect(screen.getByPlaceholderText('Write a note…')).toBe(note);
    client.setConversations(list.slice(1));
    await waitFor(() => expect(screen.queryByPlaceholderText('Write a note…')).toBeNull());
  });
});

describe('opening a conversation', () => {
  test('proposes what the project says, and goes to the thread', async () => {
    const { client, where } = show('/inbox/new/cdy_1', { commands: { open: async () => ({ conversationId: id(4), roomId: '!room4:baton.test', link }) } });
    const dialog = await screen.findByRole('dialog');
    const about = within(dialog).getByRole<HTMLInputElement>('textbox', { name: 'What it is about' });
    await waitFor(() => expect(about.value).toBe('A platform role in Shanghai'));
    await userEvent.click(within(dialog).getByRole('button', { name: 'Open conversation' }));
    expect(client.calls.find(({ name }) => name === 'open')?.args).toEqual([{ candidacyId: 'cdy_1', candidateName: '王思远', about: 'A platform role in Shanghai' }]);
    await waitFor(() => expect(where()).toBe(`/inbox/${id(4)}`));
  });

  test('goes straight to a conversation that is there', async () => {
    server.hasConversation = true;
    const { where } = show('/inbox/new/cdy_1');
    await waitFor(() => expect(where()).toBe(`/inbox/${id(1)}`));
  });

  test.each([[true, 'You get a link to share'], [false, 'there is no link to share']])('promises a link to those who need one (needs one: %s)', async (needsLink, sentence) => {
    server.needsLink = needsLink;
    show('/inbox/new/cdy_1');
    await screen.findByText(new RegExp(sentence));
    expect(screen.queryAllByText(/You get a link to share/)).toHaveLength(needsLink ? 1 : 0);
  });

  test('says who may, when one may not', async () => {
    show('/inbox/new/cdy_1');
    const dialog = await screen.findByRole('dialog');
    await waitFor(() => expect(within(dialog).getByRole<HTMLInputElement>('textbox', { name: 'What it is about' }).value).not.toBe(''));
    await userEvent.click(within(dialog).getByRole('button', { name: 'Open conversation' }));
    expect((await within(dialog).findByRole('alert')).textContent).toContain('Ask one of them');
  });
});
