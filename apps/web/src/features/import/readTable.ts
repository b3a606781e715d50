import Papa from 'papaparse';
import { decodeFile, type FileEncoding } from './decodeFile.ts';

/** A file as a table: the first line that is not empty names the columns. */
export interface Table {
  columns: string[];
  /** `line` counts from 1 in the file, the header included. */
  rows: { line: number; cells: string[] }[];
  encoding: FileEncoding;
  delimiter: string;
  /** Lines that could not be read as told by the header: too many or too few cells, an open quote. */
  broken: { line: number; reason: 'CELL_COUNT' | 'OPEN_QUOTE'; cells: string[] }[];
}

/** Delimiters that spreadsheets write; Papa picks the one that fits most lines. */
const delimiters = [',', ';', '\t', '|'];

/** Reads a CSV file of any of the encodings and delimiters that spreadsheets write. */
export function readTable(bytes: Uint8Array): Table {
  const { text, encoding } = decodeFile(bytes);
  const parsed = Papa.parse<string[]>(text, { delimitersToGuess: delimiters });
  const lines = linesOf(parsed.data);
  const [header, ...body] = lines.filter(({ cells }) => cells.some((cell) => cell !== ''));
  const columns = header?.cells ?? [];
  const openQuoteRows = new Set(parsed.errors.filter((error) => error.type === 'Quotes').map((error) => error.row));
  const table: Table = { columns, rows: [], encoding, delimiter: parsed.meta.delimiter, broken: [] };
  for (const { index, line, cells } of body) {
    if (openQuoteRows.has(index)) table.broken.push({ line, reason: 'OPEN_QUOTE', cells });
    else if (hasWrongCellCount(cells, columns.length)) table.broken.push({ line, reason: 'CELL_COUNT', cells });
    else table.rows.push({ line, cells: cells.slice(0, columns.length) });
  }
  return table;
}

function linesOf(data: string[][]): { index: number; line: number; cells: string[] }[] {
  let line = 1;
  return data.map((row, index) => {
    const cells = row.map((cell) => cell.trim());
    const at = line;
    // A quoted cell may hold line breaks: the next row starts further down.
    line += 1 + row.reduce((breaks, cell) => breaks + (cell.match(/\n/g)?.length ?? 0), 0);
    return { index, line: at, cells };
  });
}

/** Trailing empty cells are what spreadsheets leave behind; a missing or an extra filled cell shifts meanings. */
function hasWrongCellCount(cells: string[], expected: number): boolean {
  return cells.length < expected || cells.slice(expected).some((cell) => cell !== '');
}
