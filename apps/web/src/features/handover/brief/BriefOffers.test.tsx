import type { MessageItem } from '@baton/messaging';
import { cleanup, screen, waitFor, within } from '@solidjs/testing-library';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { TakenOver } from '../../../session/contract.ts';
import { answerRequests } from '../../../testing/answerRequests.ts';
import { renderWithClient } from '../../../testing/renderWithClient.tsx';
import { makeBrief } from './brief.ts';
import { BriefOffers } from './BriefOffers.tsx';

const project = { id: 'prj_1', name: 'Head of Treasury', members: [], vault: null, stages: [], candidacies: [], openPromises: [] };
const taken: TakenOver = { projectId: 'prj_1', projectName: 'Head of Treasury', teamRoomId: '!team:baton.test', seq: 3, at: '2026-11-20T09:00:00Z', from: 'acc_lena', by: 'acc_lena' };
const viewerId = 'acc_0193a1b2c3d47e8f9a0b1c2d3e4f5a01';
const [lena, mei] = [{ id: 'acc_lena', name: 'Lena Hoff' }, { id: viewerId, name: 'Mei Lin' }];
const left = (words: string, to = mei): MessageItem => ({
  kind: 'message', key: words, eventId: `$${words}`, sender: '@m-lena:baton.test', mine: false, body: 'Handed over', at: 0, reply: null, authenticity: 'certified', status: null, failure: null,
  reached: { delivered: [], read: [] },
  card: { kind: 'com.baton.brief', data: makeBrief({ project, from: lena, to, by: lena, at: taken.at, words, waitsSince: () => undefined }) },
});

beforeEach(() => {
  localStorage.clear();
  answerRequests({
    HandOverNames: { viewer: { account: { id: viewerId }, organisation: { id: 'org', members: [lena, mei] } } },
    HandOverBrief: { project },
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const show = ({ offers = [taken], items = [] as MessageItem[], of = undefined as string | undefined } = {}) =>
  renderWithClient(() => <BriefOffers projectId={of} />, {
    teamRooms: offers.map(({ projectId, projectName, teamRoomId }) => ({ projectId, projectName, roomId: teamRoomId, team: [] })),
    rooms: { '!team:baton.test': { items } },
    vault: { takenOver: async () => offers },
  });
const another = (id: string): TakenOver => ({ ...taken, projectId: id, projectName: `Search ${id}` });

test('opens the newest brief that was left for the viewer', async () => {
  show({ items: [left('An older one.'), left('Ivo wants to hear on Monday.'), left('For Tom.', { id: 'acc_tom', name: 'Tom' })] });
  const offers = within(await screen.findByRole('region', { name: 'Handed over to you' }));
  expect(offers.getByText('Lena Hoff handed “Head of Treasury” over to you')).toBeTruthy();
  await userEvent.click(offers.getByRole('button', { name: 'Read the brief' }));
  expect(await screen.findByText('Ivo wants to hear on Monday.')).toBeTruthy();
  expect(screen.queryByText('An older one.')).toBeNull();
});

test('where none was left, or its key is not here yet, puts one together, and shows the one that comes', async () => {
  const { client } = show();
  await userEvent.click(await screen.findByRole('button', { name: 'Read the brief' }));
  expect(await screen.findByText('Put together by this browser from what stands there now.', undefined, { timeout: 5_000 })).toBeTruthy();
  await client.messaging.send('!team:baton.test', { body: 'Handed over', card: left('There it is.').card! });
  expect(await screen.findByText('There it is.')).toBeTruthy();
  expect(screen.queryByText('Put together by this browser from what stands there now.')).toBeNull();
});

test('put away it stays away, beyond a reload and on the project’s page too; a later handover is offered anew', async () => {
  show();
  await userEvent.click(await screen.findByRole('button', { name: 'Put away the brief on Head of Treasury' }));
  await waitFor(() => expect(screen.queryByRole('region', { name: 'Handed over to you' })).toBeNull());
  cleanup();
  show({ offers: [taken, { ...another('prj_2'), seq: 3 }] });
  await screen.findByText('Lena Hoff handed “Search prj_2” over to you');
  expect(screen.queryByText(/Head of Treasury/)).toBeNull();
  cleanup();
  show({ offers: [{ ...taken, seq: 7 }], of: 'prj_1' });
  expect(await screen.findByText('Lena Hoff handed “Head of Treasury” over to you')).toBeTruthy();
});

test('of a whole portfolio the first two stand there, and the others when asked', async () => {
  show({ offers: ['prj_5', 'prj_6', 'prj_7', 'prj_8'].map(another) });
  const offers = within(await screen.findByRole('region', { name: 'Handed over to you' }));
  expect(offers.getAllByRole('button', { name: 'Read the brief' })).toHaveLength(2);
  await userEvent.click(offers.getByRole('button', { name: 'Show 2 more' }));
  expect(offers.getAllByRole('button', { name: 'Read the brief' })).toHaveLength(4);
});

test('on a project’s page only what concerns it, and nothing where nothing was taken over', async () => {
  show({ offers: [taken, another('prj_2')], of: 'prj_2' });
  await screen.findByText('Lena Hoff handed “Search prj_2” over to you');
  expect(screen.queryByText(/Head of Treasury/)).toBeNull();
  cleanup();
  show({ offers: [] });
  await Promise.resolve();
  expect(screen.queryByRole('region')).toBeNull();
});
