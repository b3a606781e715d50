import { describe, expect, it } from 'vitest';
import { readTable } from './readTable.ts';

const read = (text: string) => readTable(new TextEncoder().encode(text));

describe('readTable', () => {
  it('reads commas, semicolons and tabs alike', () => {
    for (const delimiter of [',', ';', '\t']) {
      const table = read(['Name', 'E-mail'].join(delimiter) + '\n' + ['Ana', 'ana@example.com'].join(delimiter));
      expect(table.columns).toEqual(['Name', 'E-mail']);
      expect(table.rows).toEqual([{ line: 2, cells: ['Ana', 'ana@example.com'] }]);
      expect(table.delimiter).toBe(delimiter);
    }
  });

  it('keeps a delimiter and a line break inside quotes, and counts lines on', () => {
    const table = read('Name,Note\n"Roth, Daniel","two\nlines"\nHana,ok');
    expect(table.rows).toEqual([
      { line: 2, cells: ['Roth, Daniel', 'two\nlines'] },
      { line: 4, cells: ['Hana', 'ok'] },
    ]);
  });

  it('skips empty lines and ignores empty cells beyond the header', () => {
    const table = read('\nName,E-mail\n\nAna,a@example.com,,\n\n');
    expect(table.rows).toEqual([{ line: 4, cells: ['Ana', 'a@example.com'] }]);
  });

  it('sets broken lines apart and reads the others', () => {
    const table = read('Name,E-mail\nAna,a@example.com,extra\nonly-one\nHana,h@example.com');
    expect(table.rows.map((row) => row.line)).toEqual([4]);
    expect(table.broken).toEqual([
      { line: 2, reason: 'CELL_COUNT', cells: ['Ana', 'a@example.com', 'extra'] },
      { line: 3, reason: 'CELL_COUNT', cells: ['only-one'] },
    ]);
  });

  it('says where a quote was never closed', () => {
    const table = read('Name,E-mail\nAna,"a@example.com');
    expect(table.broken.map(({ line, reason }) => ({ line, reason }))).toEqual([{ line: 2, reason: 'OPEN_QUOTE' }]);
  });

  it('has no columns in an empty file', () => {
    expect(read('')).toMatchObject({ columns: [], rows: [], broken: [] });
  });
});
