import { newId } from '@baton/base';
import { and, asc, eq, inArray, like, sql } from 'drizzle-orm';
import type { Tx } from '../../platform/database/database.ts';
import { pageSize } from '../../platform/errors/validate.ts';
import { member, type ApiContext } from '../../platform/graphql/context.ts';
import type { MemberViewer } from '../../platform/session/viewer.ts';
import { nameForms } from '../search/nameForms.ts';
import { sameNameKey, searchDocument, searchPatterns } from '../search/search.ts';
import { companies, type CompanyRow } from './companies.table.ts';

const columns = { id: companies.id, name: companies.name };

/** Companies whose name fits what was typed, the best fit first; all by name when nothing was typed. */
export async function completeCompanies(ctx: ApiContext, first: number, search: string): Promise<CompanyRow[]> {
  const viewer = member(ctx);
  const limit = pageSize(first, 'first', 50);
  const patterns = searchPatterns(search);
  if (patterns === null && search.trim() !== '') return [];
  const rank = patterns
    ? [sql`case when ${companies.searchName} like ${patterns.exact} then 0 when ${companies.searchName} like ${patterns.prefix} then 1 else 2 end`]
    : [];
  return ctx.read((tx) =>
    tx
      .select(columns)
      .from(companies)
      .where(and(eq(companies.organisationId, viewer.organisationId), ...(patterns?.find ?? []).map((pattern) => like(companies.searchText, pattern))))
      .orderBy(...rank, asc(companies.nameKey), asc(companies.id))
      .limit(limit),
  );
}

/** Companies of these ids, of the viewer's firm. */
export async function companiesByIds(tx: Tx, viewer: MemberViewer, ids: readonly string[]): Promise<CompanyRow[]> {
  if (ids.length === 0) return [];
  return tx.select(columns).from(companies).where(and(eq(companies.organisationId, viewer.organisationId), inArray(companies.id, [...ids])));
}

/** Companies of the firm by the keys of their names (`sameNameKey`). */
async function companiesByKeys(tx: Tx, viewer: MemberViewer, keys: readonly string[]): Promise<Map<string, CompanyRow>> {
  if (keys.length === 0) return new Map();
  const rows = await tx
    .select({ ...columns, nameKey: companies.nameKey })
    .from(companies)
    .where(and(eq(companies.organisationId, viewer.organisationId), inArray(companies.nameKey, [...keys])));
  return new Map(rows.map(({ nameKey, ...company }) => [nameKey, company]));
}

/**
 * Finds companies by name, and makes those that the firm does not have yet.
 * @param names clean names (`nameLine`)
 * @returns the companies by `sameNameKey` of their name
 */
export async function ensureCompanies(tx: Tx, viewer: MemberViewer, names: readonly string[]): Promise<Map<string, CompanyRow>> {
  // Of several spellings, the first one stands.
  const byKey = new Map(names.toReversed().map((name) => [sameNameKey(name), name]));
  const known = await companiesByKeys(tx, viewer, [...byKey.keys()]);
  const missing = [...byKey].filter(([key]) => !known.has(key));
  if (missing.length === 0) return known;
  // In one order for everybody: two who make the same companies wait for one another in turn.
  const rows = missing.sort(([a], [b]) => (a < b ? -1 : 1)).map(([nameKey, name]) => {
    const document = searchDocument(nameForms(name), []);
    return { id: newId('company'), organisationId: viewer.organisationId, name, nameKey, searchName: document.name, searchText: document.text };
  });
  // A colleague may have made the same one just now: then theirs is read below.
  await tx.insert(companies).values(rows).onConflictDoNothing({ target: [companies.organisationId, companies.nameKey] });
  const made = await companiesByKeys(tx, viewer, missing.map(([key]) => key));
  return new Map([...known, ...made]);
}

/** The company of this clean name, made if the firm does not have it yet. */
export async function ensureCompany(tx: Tx, viewer: MemberViewer, name: string): Promise<CompanyRow> {
  const company = (await ensureCompanies(tx, viewer, [name])).get(sameNameKey(name));
  if (!company) throw new Error('a company that was just made is not there');
  return company;
}
