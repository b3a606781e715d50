import { cleanup, screen, waitFor, within } from '@solidjs/testing-library';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test, vi } from 'vitest';
import { locale } from '../../../platform/preferences/preferences.ts';
import { answerRequests } from '../../../testing/answerRequests.ts';
import { renderWithClient } from '../../../testing/renderWithClient.tsx';
import type { MessageItem } from '@baton/messaging';
import type { ConversationSummary } from '../../../session/contract.ts';
import type { Brief } from './brief.ts';
import { BriefCard } from './BriefCard.tsx';

const [lena, tom] = [{ id: 'lena', name: 'Lena Hoff' }, { id: 'tom', name: 'Tomas Beran' }];
const fourDaysAgo = new Date(Date.now() - 4.2 * 86_400_000).toISOString();
const names = ['Ada', 'Ben', 'Cy', 'Dita', 'Emil', 'Fay', 'Gil', 'Hana'];
const brief: Brief = {
  v: 1, project: { id: 'prj_1', name: 'Head of Treasury' }, from: lena, to: tom, by: lena, at: '2026-11-20T09:00:00Z', words: 'Ivo wants to hear on Monday.',
  stages: [
    { name: 'Sourced', count: 9, candidates: names.map((name) => ({ name, conversationId: null, waitsSince: null })) },
    { name: 'Interview', count: 1, candidates: [{ name: 'Ivo', conversationId: 'con_9', waitsSince: fourDaysAgo }] },
  ],
  promises: { count: 3, first: [{ candidate: 'Ivo', conversationId: 'con_9', text: 'The offer by Friday', dueOn: '2026-01-02' }, { candidate: 'Ada', conversationId: null, text: 'A call', dueOn: null }] },
  notes: [{ candidate: 'Ivo', conversationId: 'con_9', text: 'Three months’ notice', by: 'Lena Hoff', at: '2026-11-18T08:00:00Z' }],
  owners: [{ name: 'Tomas Beran', threads: 8 }, { name: 'Ruth', threads: 1 }],
};
const show = (shown: Partial<Brief> = {}, options: Parameters<typeof renderWithClient>[1] = {}) => {
  renderWithClient(() => <BriefCard brief={{ ...brief, ...shown }} />, options);
  return screen.getByRole('article');
};
const region = (name: string) => within(screen.getByRole('region', { name }));

afterEach(() => {
  vi.unstubAllGlobals();
  locale.set('en');
});

test('says from whom to whom, in whose words, and leads to who waits', () => {
  const card = show();
  expect(card.textContent).toContain('Lena Hoff');
  expect(within(card).getByText('Ivo wants to hear on Monday.').closest('blockquote')?.textContent).toContain('Lena Hoff writes');
  expect(region('Wait for an answer').getByRole('link', { name: /Ivo/ }).getAttribute('href')).toBe('/inbox/con_9');
  expect(within(card).getByText('1 candidate waits for an answer, for 4 days')).toBeTruthy();
  expect(region('Who looks after what').getByText('Tomas Beran: 8 threads')).toBeTruthy();
  expect(region('Recent notes').getByText('Three months’ notice')).toBeTruthy();
});

test('says who waits now, where the reader’s browser knows the threads, and what was so at the handover where it does not', () => {
  const candidates = ['Ada', 'Ivo', 'Cy'].map((name) => ({ name, conversationId: `con_${name}`, waitsSince: name === 'Ada' ? null : fourDaysAgo }));
  const thread = (name: string, lastBy: 'them' | 'us', daysAgo: number) => ({
    conversation: { conversationId: `con_${name}`, roomId: `!${name}`, state: 'ENTERED', candidate: { accountId: name, name, mxid: `@c-${name}:x` } } as ConversationSummary,
    room: { items: [{ kind: 'message', key: name, sender: lastBy === 'them' ? `@c-${name}:x` : '@m-mei:x', at: Date.now() - daysAgo * 86_400_000, body: '' } as MessageItem] },
  });
  const threads = { Ada: thread('Ada', 'them', 6.1), Ivo: thread('Ivo', 'us', 1) };
  const card = show({ stages: [{ name: 'Interview', count: 3, candidates }] }, { conversations: Object.values(threads).map(({ conversation }) => conversation), rooms: { '!Ada': threads.Ada.room, '!Ivo': threads.Ivo.room } });
  expect(within(card).getByText('2 candidates wait for an answer, the longest for 6 days')).toBeTruthy();
  expect(region('Wait for an answer').getAllByRole('link').map((link) => link.getAttribute('href'))).toEqual(['/inbox/con_Ada', '/inbox/con_Cy']);
});

test('lists open promises with the way to their threads, as they stood at the handover where nobody answers', () => {
  show();
  const promises = region('Open promises');
  expect(promises.getByText('3 open promises, 1 overdue')).toBeTruthy();
  expect(promises.getByRole('link', { name: /^Ivo.*days overdue.*The offer by Friday$/ }).getAttribute('href')).toBe('/inbox/con_9');
  expect([promises.getAllByRole('link').length, promises.getByText('A call').textContent, promises.getByText('1 more').tagName]).toEqual([1, 'A call', 'P']);
});

test('and as they stand now where the reader is on the project: none of it when all are kept', async () => {
  const now = { id: 'p1', body: 'A call', dueOn: null, candidacy: { id: 'cdy', person: { id: 'ada', name: 'Ada' }, conversation: { id: 'con_1' } } };
  let openPromises = [now];
  answerRequests({ HandOverPromises: () => ({ project: { id: 'prj_1', openPromises } }) });
  show();
  expect(await screen.findByText('1 open promise')).toBeTruthy();
  expect(region('Open promises').getByRole('link', { name: /^Ada/ }).getAttribute('href')).toBe('/inbox/con_1');
  cleanup();
  openPromises = [];
  show();
  await waitFor(() => expect(screen.queryByRole('region', { name: 'Open promises' })).toBeNull());
});

test('of many candidates names the first, and the others when asked', async () => {
  show();
  const candidates = region('10 candidates');
  expect(candidates.queryByText('Hana')).toBeNull();
  await userEvent.click(candidates.getByRole('button', { name: '2 more' }));
  expect(candidates.getByText('Hana')).toBeTruthy();
  expect(candidates.getByText('1 more')).toBeTruthy();
});

test('of the recovery kit says that it was used, and of an empty project that nobody is in it', () => {
  const card = show({ by: null, words: '', stages: [], promises: { count: 0, first: [] }, notes: [], owners: [] });
  expect(card.textContent).toContain('with the firm’s recovery kit');
  expect(card.textContent).toContain('No candidates yet.');
  expect(card.querySelector('blockquote')).toBeNull();
});

test('is told in the reader’s language', () => {
  locale.set('zh-CN');
  const card = show();
  for (const text of ['已交接', '1 位候选人等待回复，已等待4天', '3 条未兑现的承诺，1 条已逾期', '10 位候选人', 'Lena Hoff写道', '谁负责什么', 'Tomas Beran：8 个对话']) expect(card.textContent).toContain(text);
});
