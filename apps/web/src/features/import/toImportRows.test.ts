import { describe, expect, it } from 'vitest';
import { readTable } from './readTable.ts';
import { toImportRows } from './toImportRows.ts';

const table = (text: string) => readTable(new TextEncoder().encode(text));

describe('toImportRows', () => {
  it('takes mapped columns and leaves the others out', () => {
    const [row] = toImportRows(table('Name,Age\nAna,41'), ['name', null]);
    expect(row).toMatchObject({ line: 2, name: 'Ana', email: null, tags: [] });
  });

  it('joins a name in the order of its script', () => {
    const rows = toImportRows(table('First,Last\nAna,Costa\n思远,王\n,Cher'), ['firstName', 'lastName']);
    expect(rows.map((row) => row.name)).toEqual(['Ana Costa', '王思远', 'Cher']);
  });

  it('splits tags on Latin and Chinese separators, once each', () => {
    const [row] = toImportRows(table('Name,Tags\nAna,"cfo；finance、cfo"'), ['name', 'tags']);
    expect(row?.tags).toEqual(['cfo', 'finance']);
  });
});
