import { expect, test } from 'vitest';
import { makeBrief, waiting } from './brief.ts';
import { briefText } from './briefText.ts';
import { readBrief } from './readBrief.ts';

type Sources = Parameters<typeof makeBrief>[0];
type Candidacy = Sources['project']['candidacies'][number];

const [lena, tom] = [{ id: 'lena', name: 'Lena' }, { id: 'tom', name: 'Tom' }];
const candidacy = (name: string, stage: string, { owner = '', notes = [] as [string, string][] } = {}): Candidacy => ({
  id: name, stage: { id: stage },
  person: { id: name, name, notes: notes.map(([body, createdAt]) => ({ id: body, body, createdAt, author: { id: 'lena', name: 'Lena' } })) },
  conversation: owner === '' ? null : { id: `con ${name}`, owner: { accountId: owner.toLowerCase(), name: owner } },
});
const promise = (to: Candidacy, body: string, dueOn: string | null = null): Sources['project']['openPromises'][number] => ({ id: body, body, dueOn, candidacy: to });
const project = (candidacies: Candidacy[], openPromises: Sources['project']['openPromises'] = []): Sources['project'] => ({
  openPromises,
  id: 'prj', name: 'Head of Treasury', members: [], vault: null, candidacies,
  stages: [{ id: 'interview', name: 'Interview', position: 1 }, { id: 'sourced', name: 'Sourced', position: 0 }, { id: 'offer', name: 'Offer', position: 2 }],
});
const brief = (candidacies: Candidacy[], waits: Record<string, string> = {}, promises: Sources['project']['openPromises'] = []) =>
  makeBrief({ project: project(candidacies, promises), from: lena, to: tom, by: lena, at: '2026-11-20T09:00:00Z', words: 'Ivo wants to hear on Monday.', waitsSince: (id) => waits[id] });

test('names candidates by stage in the board’s order, those first who wait, with the way to their threads', () => {
  const made = brief([candidacy('Ada', 'interview', { owner: 'Lena' }), candidacy('Ben', 'sourced'), candidacy('Ivo', 'interview', { owner: 'Lena' })], { 'con Ivo': '2026-11-19T08:00:00Z' });
  expect(made.stages).toEqual([
    { name: 'Sourced', count: 1, candidates: [{ name: 'Ben', conversationId: null, waitsSince: null }] },
    { name: 'Interview', count: 2, candidates: [{ name: 'Ivo', conversationId: 'con Ivo', waitsSince: '2026-11-19T08:00:00Z' }, { name: 'Ada', conversationId: 'con Ada', waitsSince: null }] },
  ]);
});

test('of all who wait, the longest waits first', () => {
  const made = brief([candidacy('Ada', 'interview', { owner: 'Lena' }), candidacy('Ben', 'sourced', { owner: 'Lena' })], { 'con Ada': '2026-11-18T08:00:00Z', 'con Ben': '2026-11-19T08:00:00Z' });
  expect(waiting(made).map(({ name }) => name)).toEqual(['Ada', 'Ben']);
});

test('what the predecessor looked after is the successor’s from then on', () => {
  expect(brief([candidacy('Ada', 'offer', { owner: 'Lena' }), candidacy('Ben', 'offer', { owner: 'Lena' }), candidacy('Cy', 'offer', { owner: 'Ruth' })]).owners).toEqual([{ name: 'Tom', threads: 2 }, { name: 'Ruth', threads: 1 }]);
});

test('has the five newest notes, shortened', () => {
  const notes = Array.from({ length: 7 }, (_, day): [string, string] => [`${'word '.repeat(100)}${day}`, `2026-11-0${day + 1}T08:00:00Z`]);
  const made = brief([candidacy('Ada', 'offer', { notes })]);
  expect(made.notes.map(({ at }) => at.slice(8, 10))).toEqual(['07', '06', '05', '04', '03']);
  expect(made.notes[0]!.text).toHaveLength(240);
});

test('of a project with hundreds it still fits a message, and says how many there are', () => {
  const many = Array.from({ length: 700 }, (_, index) => candidacy(`欧阳志远 ${'Candidate'.repeat(4)} ${index}`, 'sourced', { owner: 'Lena', notes: [['备注'.repeat(400), '2026-11-01T08:00:00Z']] }));
  const made = brief(many, {}, many.map((one) => promise(one, '承诺'.repeat(250), '2026-12-01')));
  expect(made.promises).toMatchObject({ count: 700, first: { length: 8 } });
  expect(made.stages[0]).toMatchObject({ count: 700, candidates: { length: 100 } });
  expect(new TextEncoder().encode(JSON.stringify(made) + briefText(made)).length).toBeLessThan(32_000);
});

test('has what was promised, the earliest due first, with the way to the thread', () => {
  const [ada, ben] = [candidacy('Ada', 'offer', { owner: 'Lena' }), candidacy('Ben', 'sourced')];
  expect(brief([ada, ben], {}, [promise(ben, 'Feedback'), promise(ada, 'The offer', '2026-12-01')]).promises).toEqual({
    count: 2, first: [{ candidate: 'Ada', conversationId: 'con Ada', text: 'The offer', dueOn: '2026-12-01' }, { candidate: 'Ben', conversationId: null, text: 'Feedback', dueOn: null }],
  });
});

test('one that was left before promises were kept has none', () => {
  const { promises: _, ...earlier } = brief([]);
  expect(readBrief(earlier)?.promises).toEqual({ count: 0, first: [] });
});

test('survives its way through a message', () => {
  const made = brief([candidacy('Ada', 'offer', { owner: 'Lena', notes: [['Three months', '2026-11-01T08:00:00Z']] })], { 'con Ada': '2026-11-19T08:00:00Z' });
  made.promises = { count: 1, first: [{ candidate: 'Ada', conversationId: 'con Ada', text: 'The offer', dueOn: '2026-12-01' }] };
  expect(readBrief(JSON.parse(JSON.stringify(made)))).toEqual(made);
});

test.each([
  ['nothing', null],
  ['a later kind', { ...brief([]), v: 2 }],
  ['a text where a list should be', { ...brief([]), stages: 'Sourced' }],
  ['a time that is none', { ...brief([]), at: 'yesterday' }],
  ['a promise until a day that is none', { ...brief([]), promises: { count: 1, first: [{ candidate: 'Ada', conversationId: null, text: 'x', dueOn: 'soon' }] } }],
  ['a candidate without a name', { ...brief([]), stages: [{ name: 'Offer', count: 1, candidates: [{ conversationId: null, waitsSince: null }] }] }],
])('%s is no brief', (_, value) => {
  expect(readBrief(value)).toBeNull();
});

test('says the same in plain words', () => {
  const ada = candidacy('Ada', 'offer', { owner: 'Lena' });
  expect(briefText(brief([ada], { 'con Ada': '2026-11-19T08:00:00Z' }, [promise(ada, 'The offer'), promise(ada, 'A call')])).split('\n')).toEqual([
    'Handed over: “Head of Treasury”, from Lena to Tom.', 'Ivo wants to hear on Monday.', 'Wait for an answer: Ada', 'Open promises: Ada', 'Offer (1): Ada', 'Who looks after what: Tom: 1 thread',
  ]);
});
