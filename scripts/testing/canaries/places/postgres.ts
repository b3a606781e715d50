import postgres from 'postgres';
import type { Place } from '../findCanaries.ts';

interface Column {
  table: string;
  column: string;
  /** The value as bytes, in SQL. */
  value: string;
}

/**
 * Every value of every column of every table and materialised view of a PostgreSQL database, of every schema except the
 * catalogue: bytea as its bytes, everything else as PostgreSQL writes it.
 * @param url superuser's connection: no policy may hide a row
 */
export function postgresPlace(name: string, url: string): Place {
  return {
    name,
    async *pieces() {
      const sql = postgres(url, { max: 1, onnotice: () => {} });
      try {
        const columns = await sql<Column[]>`
          select format('%I.%I', n.nspname, c.relname) as table, a.attname as column,
            case when a.atttypid = 'bytea'::regtype then format('%I', a.attname) else format('convert_to(%I::text, ''UTF8'')', a.attname) end as value
          from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
          where c.relkind in ('r', 'm') and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
            and a.attnum > 0 and not a.attisdropped
          order by 1, a.attnum`;
        for (const [table, its] of Map.groupBy(columns, (each) => each.table)) {
          for await (const rows of sql.unsafe<Record<string, Buffer | null>[]>(`select ${its.map(({ value }, index) => `${value} as v${index}`).join(', ')} from ${table}`).cursor(500)) {
            for (const row of rows) {
              for (const [index, { column }] of its.entries()) {
                const bytes = row[`v${index}`];
                if (bytes) yield { where: `${table}.${column}`, bytes };
              }
            }
          }
        }
      } finally {
        await sql.end();
      }
    },
  };
}
