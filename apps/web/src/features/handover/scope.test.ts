import { expect, test } from 'vitest';
import { closedTo, goodsOf, likelyPredecessor, projectsOf, successorsOf, unbegun, waitingIn, type Colleague, type ScopeProject } from './scope.ts';

const colleague = (id: string, more: Partial<Colleague> = {}): Colleague => ({ id, name: id, email: `${id}@example.com`, role: 'CONSULTANT', endedAt: null, ...more });
const project = (id: string, members: Record<string, 'LEAD' | 'MEMBER'>, more: Partial<ScopeProject> = {}): ScopeProject => ({
  id, name: id, archivedAt: null, client: { id: 'cmp', name: 'Northwind' }, can: { edit: true }, vault: { projectId: id },
  members: Object.entries(members).map(([member, role]) => ({ role, member: { id: member } })),
  stages: [{ id: `${id}-2`, name: 'Interview', position: 1 }, { id: `${id}-1`, name: 'Sourced', position: 0 }],
  candidacies: [], openPromises: [], ...more,
});
const candidacy = (stage: string, talks: boolean): ScopeProject['candidacies'][number] => ({ id: stage, stage: { id: stage }, person: { id: stage, name: stage }, conversation: talks ? { id: `cnv ${stage}` } : null });

test('counts threads, and candidates by stages in their order, over all projects', () => {
  const one = project('one', {}, { candidacies: [candidacy('one-2', true), candidacy('one-1', false)] });
  const two = project('two', {}, { candidacies: [candidacy('two-1', true)] });
  expect(goodsOf([one, two])).toEqual({ threads: 2, candidates: 3, stages: [{ name: 'Sourced', count: 2 }, { name: 'Interview', count: 1 }] });
});

test('says who waits for an answer, the longest first, and nothing where a thread is not known', () => {
  const one = project('one', {}, { candidacies: [candidacy('Ada', true), candidacy('Ben', false)] });
  const two = project('two', {}, { candidacies: [candidacy('Cy', true), candidacy('Dita', true)] });
  const known: Record<string, string | null> = { 'cnv Ada': '2026-11-18T08:00:00Z', 'cnv Cy': '2026-11-17T08:00:00Z', 'cnv Dita': null };
  expect(waitingIn([one, two], (id) => known[id])).toEqual([{ name: 'Cy', since: known['cnv Cy'] }, { name: 'Ada', since: known['cnv Ada'] }]);
  expect(waitingIn([one], () => null)).toEqual([]);
  expect(waitingIn([one, two], (id) => (id === 'cnv Dita' ? undefined : known[id]))).toBeUndefined();
  expect(waitingIn([project('three', {})], () => null), 'nor where there is none').toBeUndefined();
});

test('a colleague’s projects are those they are on and the viewer may change', () => {
  const projects = [project('hers', { lena: 'LEAD' }), project('his', { tom: 'LEAD' }), project('closed', { lena: 'LEAD' }, { can: { edit: false } })];
  expect(projectsOf(projects, 'lena').map(({ id }) => id)).toEqual(['hers']);
});

test('who is not on a project has no key to it', () => {
  const projects = [project('a', { mei: 'LEAD' }), project('b', { lena: 'LEAD', mei: 'MEMBER' }), project('c', { lena: 'LEAD' }), project('d', { lena: 'LEAD' }, { vault: null }), project('e', { mei: 'LEAD' }, { vault: null })];
  expect(closedTo(projects, 'mei').map(({ id }) => id)).toEqual(['c']);
  expect(unbegun(projects, 'mei').map(({ id }) => id), 'and where there is no key, makes it').toEqual(['d']);
});

test.each([
  ['whoever left the firm', [colleague('lena', { endedAt: '2026-01-01T00:00:00Z' })], 'mei', 'lena'],
  ['else the viewer', [], 'mei', 'mei'],
  ['else the lead', [], 'somebody', 'tom'],
])('a project goes from %s', (_, colleagues, viewer, expected) => {
  expect(likelyPredecessor(project('a', { mei: 'MEMBER', lena: 'MEMBER', tom: 'LEAD' }), colleagues, viewer)).toBe(expected);
});

test('nobody succeeds themselves, nobody who left succeeds, and a researcher does not lead', () => {
  const colleagues = [colleague('lena'), colleague('tom'), colleague('ana', { role: 'RESEARCHER' }), colleague('old', { endedAt: '2026-01-01T00:00:00Z' })];
  const who = (from: string) => successorsOf([project('a', { lena: 'LEAD', tom: 'MEMBER' })], colleagues, from).map(({ colleague: { id }, mayLead }) => [id, mayLead]);
  expect(who('lena')).toEqual([['tom', true], ['ana', false]]);
  expect(who('tom')).toEqual([['lena', true], ['ana', true]]);
});
