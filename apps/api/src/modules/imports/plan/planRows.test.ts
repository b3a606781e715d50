import { describe, expect, test } from 'vitest';
import type { ImportRowInput } from '../../../generated/resolvers.ts';
import { handleKey, planRows, type Known, type KnownPerson, type PlannedRow } from './planRows.ts';
import { readRow } from './readRow.ts';

const row = (line: number, cells: Partial<ImportRowInput>): ImportRowInput => ({ line, tags: [], ...cells });

const priya: KnownPerson = {
  id: 'per_priya', name: 'Priya Shah', title: 'VP', companyName: 'Acme', location: null, inProject: true, notes: new Set(['met in May']),
  handles: [{ kind: 'EMAIL', raw: 'priya@example.com', normalised: 'priya@example.com' }], tags: [{ tag: 'Go', tagKey: 'go' }],
};
const wang: KnownPerson = { ...priya, id: 'per_wang', name: '王思远', handles: [{ kind: 'PHONE', raw: '13800138000', normalised: '+8613800138000' }], inProject: false };

function plan(rows: ImportRowInput[], options: { keys?: Record<string, string>; intoProject?: boolean } = {}): PlannedRow[] {
  const people = [priya, wang];
  const known: Known = {
    people: new Map(people.map((person) => [person.id, person])),
    byHandle: new Map(people.flatMap((person) => person.handles.map((handle) => [handleKey(handle), person.id] as const))),
    byImportKey: new Map(Object.entries(options.keys ?? {})),
  };
  let made = 0;
  return planRows(rows.map(readRow), known, { intoProject: options.intoProject ?? false, newPersonId: () => `per_new${(made += 1)}` });
}

const told = (planned: PlannedRow[]): string[] =>
  planned.map(({ result: { line, outcome, personId, remarks } }) => [line, outcome, personId ?? '-', ...remarks.map(({ code, field }) => `${code}${field === null ? '' : `@${field}`}`)].join(' '));

describe('whom a row means', () => {
  test('nobody is guessed by name: without id and handle it is somebody new', () => {
    expect(told(plan([row(2, { name: 'Priya Shah', companyName: 'Acme' })]))).toEqual(['2 CREATED per_new1']);
  });

  test('a handle says who, however it is written', () => {
    expect(told(plan([row(2, { name: 'Priya Shah', email: ' PRIYA@example.com ' }), row(3, { name: '王思远', phone: '+86 138 0013 8000' })]))).toEqual(['2 UNCHANGED per_priya', '3 UNCHANGED per_wang']);
  });

  test('an id says who, as long as the name or a handle agrees', () => {
    const keys = { 'id:7': 'per_priya' };
    expect(told(plan([row(2, { externalId: '7', name: 'PRIYA  SHAH', title: 'CTO' })], { keys }))).toEqual(['2 UPDATED per_priya']);
    expect(told(plan([row(2, { externalId: '7', name: 'Priya Rao', email: 'priya@example.com' })], { keys }))).toEqual(['2 UPDATED per_priya']);
    expect(told(plan([row(2, { externalId: '7', name: 'Tom Lee', email: 'tom@example.com' })], { keys }))).toEqual(['2 REFUSED - EXTERNAL_ID_OF_ANOTHER@externalId']);
  });

  test('a row that names two people is refused', () => {
    expect(told(plan([row(2, { name: 'X Y', email: 'priya@example.com', phone: '13800138000' })]))).toEqual(['2 REFUSED - HANDLES_OF_SEVERAL']);
  });

  test('the same person twice in a file counts once', () => {
    expect(told(plan([
      row(2, { name: 'New', email: 'new@example.com' }), row(3, { name: 'New again', email: 'NEW@example.com' }),
      row(4, { name: 'A', externalId: '9' }), row(5, { name: 'A', externalId: '9' }),
      row(6, { name: 'No handle', companyName: 'B' }), row(7, { name: 'no  handle', companyName: 'b' }), row(8, { name: 'No handle', companyName: 'C' }),
      row(9, { name: 'Priya Shah', email: 'priya@example.com' }), row(10, { name: 'Priya Shah', email: 'priya@example.com', wechat: 'priya_wx' }),
    ]))).toEqual([
      '2 CREATED per_new1', '3 REFUSED - DUPLICATE_IN_FILE', '4 CREATED per_new2', '5 REFUSED - DUPLICATE_IN_FILE', '6 CREATED per_new3', '7 REFUSED - DUPLICATE_IN_FILE',
      '8 CREATED per_new4', '9 UNCHANGED per_priya', '10 REFUSED - DUPLICATE_IN_FILE',
    ]);
  });

  test('a refused row claims nobody', () => {
    expect(told(plan([row(2, { name: '🎉', email: 'a@example.com' }), row(3, { name: 'A', email: 'a@example.com' })]))).toEqual(['2 REFUSED - NAME_NEEDS_LETTER@name', '3 CREATED per_new1']);
  });
});

describe('what changes', () => {
  const changeOf = (cells: Partial<ImportRowInput>, options = {}) => plan([row(2, { name: 'Priya Shah', email: 'priya@example.com', ...cells })], options)[0];

  test('cells that say something win, empty ones and dashes leave what is there', () => {
    expect(changeOf({ title: 'CTO', companyName: ' - ', location: '' })).toMatchObject({ result: { outcome: 'UPDATED' }, change: { title: 'CTO', companyName: 'Acme', location: null } });
    expect(changeOf({ companyName: 'ＡＣＭＥ' })?.result.outcome).toBe('UNCHANGED');
  });

  test('handles and tags are added, none is taken away', () => {
    const planned = changeOf({ phone: '+44 20 7946 0958', tags: ['GO', 'Rust'] });
    expect(planned?.change?.handles.map(({ normalised }) => normalised)).toEqual(['priya@example.com', '+442079460958']);
    expect(planned?.change?.tags.map(({ tag }) => tag)).toEqual(['Go', 'Rust']);
  });

  test('a note is written once', () => {
    expect(changeOf({ note: 'met in May' })).toMatchObject({ result: { outcome: 'UNCHANGED' }, change: { newNote: null } });
    expect(changeOf({ note: 'met in June' })).toMatchObject({ result: { outcome: 'UPDATED' }, change: { newNote: 'met in June', touched: false } });
  });

  test('a handle alone renames nobody', () => {
    expect(changeOf({ name: 'Front Desk' })).toMatchObject({ result: { outcome: 'UNCHANGED', remarks: [{ code: 'NAME_KEPT', field: 'name' }] }, change: { name: 'Priya Shah' } });
  });

  test('who is not in the project yet joins it', () => {
    const joins = plan([row(2, { name: 'Priya Shah', email: 'priya@example.com' }), row(3, { name: '王思远', phone: '13800138000' }), row(4, { name: 'New' })], { intoProject: true });
    expect(joins.map(({ change, result }) => [result.outcome, change?.joinsProject])).toEqual([['UNCHANGED', false], ['UPDATED', true], ['CREATED', true]]);
  });
});

describe('cells', () => {
  test.each<[string, Partial<ImportRowInput>, string]>([
    ['no name', { email: 'a@example.com' }, '2 REFUSED - REQUIRED@name'],
    ['a name of 201 letters', { name: 'x'.repeat(201) }, '2 REFUSED - TOO_LONG@name'],
    ['a bad address', { name: 'A', email: 'nobody' }, '2 CREATED per_new1 INVALID_EMAIL@email'],
    ['a bad number beside a good one', { name: 'A', phone: '12; 13900139000' }, '2 CREATED per_new1 INVALID_PHONE@phone'],
    ['a title of 201 letters', { name: 'A', title: 'x'.repeat(201) }, '2 CREATED per_new1 TOO_LONG@title'],
    ['a tag of 61 letters', { name: 'A', tags: ['x'.repeat(61)] }, '2 CREATED per_new1 TOO_LONG@tags'],
    ['formulas', { name: '=cmd|A1', title: '+SUM(A1)', note: '@x', location: '-1+2' }, '2 CREATED per_new1 FORMULA_CELL@name FORMULA_CELL@title FORMULA_CELL@location FORMULA_CELL@note'],
    ['a number with a plus and a WeChat id with an @', { name: 'A', phone: '+8613900139000', wechat: '@wangwei' }, '2 CREATED per_new1'],
    ['a note that is a list', { name: 'A', note: '- speaks German\n- moves in May' }, '2 CREATED per_new1'],
  ])('%s', (_what, cells, expected) => expect(told(plan([row(2, cells)]))).toEqual([expected]));

  test('a formula stays the text it was', () => {
    expect(plan([row(2, { name: "=HYPERLINK(\"x\")" })])[0]?.change?.name).toBe('=HYPERLINK("x")');
  });

  test('several numbers in a cell are several handles', () => {
    expect(plan([row(2, { name: 'A', phone: '138 0013 8001；139 0013 9000', email: 'a@x.cn, b@x.cn' })])[0]?.change?.handles.map(({ normalised }) => normalised)).toEqual(['a@x.cn', 'b@x.cn', '+8613800138001', '+8613900139000']);
  });
});
