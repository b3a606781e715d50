import { newId } from '@baton/base';
import { useQueryClient } from '@tanstack/solid-query';
import { createSignal, type Accessor } from 'solid-js';
import { ImportPeopleDocument, type ImportPeopleMutation, type ImportRowInput } from '../../generated/graphql.ts';
import { queryKeys } from '../../platform/graphql/queries.ts';
import { request, throwUserErrors } from '../../platform/graphql/request.ts';
import { guessColumns, type ColumnMapping, type ImportField } from './guessColumns.ts';
import type { Table } from './readTable.ts';
import { toImportRows } from './toImportRows.ts';

export type ImportStep = 'file' | 'columns' | 'check' | 'done';
type RowResult = ImportPeopleMutation['importPeople']['rows'][number];

export interface ImportSummary {
  created: number;
  updated: number;
  unchanged: number;
  refused: number;
  rows: RowResult[];
}

/** The server takes this many rows at a time. */
const batchSize = 2_000;
const mostBytes = 20 * 1024 * 1024;

export type FileProblem = 'notText' | 'noRows' | 'tooLarge';

export interface Import {
  step: Accessor<ImportStep>;
  table: Accessor<Table | undefined>;
  fileName: Accessor<string>;
  problem: Accessor<FileProblem | undefined>;
  error: Accessor<unknown>;
  busy: Accessor<boolean>;
  mapping: Accessor<ColumnMapping>;
  projectId: Accessor<string>;
  result: Accessor<ImportSummary | undefined>;
  /** Rows that the server has taken so far. */
  done: Accessor<number>;
  /** The import, not the check, ended before its last row. */
  stopped: Accessor<boolean>;
  hasName(): boolean;
  choose(file: File): Promise<void>;
  mapColumn(index: number, field: ImportField | null): void;
  setProject(id: string): void;
  check(): Promise<void>;
  run(): Promise<void>;
  back(): void;
  restart(): void;
}

/** State and actions of one import: file, columns, dry run, import. */
export function createImport(initialProject: string): Import {
  const queries = useQueryClient();
  const [step, setStep] = createSignal<ImportStep>('file');
  const [table, setTable] = createSignal<Table>();
  const [fileName, setFileName] = createSignal('');
  const [problem, setProblem] = createSignal<FileProblem>();
  const [error, setError] = createSignal<unknown>();
  const [busy, setBusy] = createSignal(false);
  const [mapping, setMapping] = createSignal<ColumnMapping>([]);
  const [projectId, setProject] = createSignal(initialProject);
  const [result, setResult] = createSignal<ImportSummary>();
  const [done, setDone] = createSignal(0);
  const [stopped, setStopped] = createSignal(false);
  let importId = newId('import');

  const choose = async (file: File): Promise<void> => {
    setProblem(undefined);
    if (file.size > mostBytes) return void setProblem('tooLarge');
    const bytes = new Uint8Array(await file.arrayBuffer());
    if (bytes.subarray(0, 4_000).includes(0) && !(bytes[0] === 0xff || bytes[0] === 0xfe)) return void setProblem('notText');
    const { readTable } = await import('./readTable.ts');
    const read = readTable(bytes);
    if (read.rows.length + read.broken.length === 0) return void setProblem('noRows');
    setTable(read);
    setFileName(file.name);
    setMapping(guessColumns(read.columns, read.rows.slice(0, 50).map(({ cells }) => cells)));
    importId = newId('import');
    setStep('columns');
  };

  /** What the server has taken of an import that stopped in the middle: it goes on there. */
  let taken: { sum: ImportSummary; rows: number } | undefined;
  const send = async (dryRun: boolean): Promise<ImportSummary> => {
    const rows = toImportRows(table() as Table, mapping());
    const progress = (!dryRun && taken) || { sum: { created: 0, updated: 0, unchanged: 0, refused: 0, rows: [] }, rows: 0 };
    setDone(progress.rows);
    while (progress.rows < rows.length) {
      const answer = await sendBatch(rows.slice(progress.rows, progress.rows + batchSize), dryRun);
      for (const key of ['created', 'updated', 'unchanged', 'refused'] as const) progress.sum[key] += answer[key];
      progress.sum.rows.push(...answer.rows);
      progress.rows = Math.min(rows.length, progress.rows + batchSize);
      setDone(progress.rows);
      if (!dryRun) taken = progress;
    }
    return progress.sum;
  };
  const sendBatch = async (rows: ImportRowInput[], dryRun: boolean): Promise<ImportPeopleMutation['importPeople']> => {
    const { importPeople } = await request(ImportPeopleDocument, { input: { id: importId, rows, projectId: projectId() || null, dryRun, fileName: fileName() } });
    throwUserErrors(importPeople.userErrors);
    return importPeople;
  };
  /** Runs one of the two calls; what fails is said, and everything chosen stays. */
  const attempt = async (dryRun: boolean, next: ImportStep): Promise<void> => {
    setBusy(true);
    setError(undefined);
    setStopped(false);
    setStep('check');
    if (dryRun) {
      setResult(undefined);
      taken = undefined;
    }
    try {
      setResult(await send(dryRun));
      setStep(next);
    } catch (caught) {
      setError(caught);
      setStopped(!dryRun && done() > 0);
    } finally {
      setBusy(false);
    }
  };

  return {
    step, table, fileName, problem, error, busy, mapping, projectId, result, done, stopped, setProject, choose,
    hasName: () => mapping().some((field) => field === 'name' || field === 'firstName' || field === 'lastName'),
    mapColumn: (index, field) => setMapping((now) => now.map((old, at) => (at === index ? field : old === field && field !== null ? null : old))),
    check: () => attempt(true, 'check'),
    run: async () => {
      await attempt(false, 'done');
      await Promise.all([queryKeys.people, queryKeys.projects, queryKeys.project].map((key) => queries.invalidateQueries({ queryKey: [key] })));
    },
    back: () => {
      setError(undefined);
      setStep(step() === 'check' ? 'columns' : 'file');
    },
    restart: () => {
      setTable(undefined);
      setResult(undefined);
      setError(undefined);
      setStep('file');
    },
  };
}
