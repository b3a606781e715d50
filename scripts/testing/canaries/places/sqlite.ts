import { DatabaseSync } from 'node:sqlite';
import type { Place } from '../findCanaries.ts';

/** Every value of every column of every table of an SQLite database, with what is still in its write-ahead log. */
export function sqlitePlace(name: string, file: string): Place {
  return {
    name,
    async *pieces() {
      const database = new DatabaseSync(file, { readOnly: true });
      try {
        for (const { table, columns } of tablesOf(database)) {
          // As blobs: texts come as the bytes that are stored, numbers as they are written.
          const statement = database.prepare(`select ${columns.map((column) => `cast(${quoted(column)} as blob)`).join(', ')} from ${quoted(table)}`);
          statement.setReturnArrays(true);
          for (const row of statement.iterate() as Iterable<unknown> as Iterable<(Uint8Array | null)[]>) {
            for (const [index, bytes] of row.entries()) if (bytes) yield { where: `${table}.${columns[index]}`, bytes };
          }
        }
      } finally {
        database.close();
      }
    },
  };
}

function tablesOf(database: DatabaseSync): { table: string; columns: string[] }[] {
  const rows = database
    .prepare(`select t.name as "table", c.name as "column" from sqlite_schema t, pragma_table_xinfo(t.name) c where t.type = 'table' and c.hidden <> 1 order by t.name, c.cid`)
    .all() as { table: string; column: string }[];
  return [...Map.groupBy(rows, ({ table }) => table)].map(([table, its]) => ({ table, columns: its.map(({ column }) => column) }));
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
