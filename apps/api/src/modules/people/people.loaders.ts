import type { MercuriusLoaders } from 'mercurius';
import { keysOf, manyEach, oneEach } from '../../platform/graphql/batch.ts';
import { member, type ApiContext } from '../../platform/graphql/context.ts';
import { accountsById } from '../accounts/accounts.ts';
import { companiesByIds } from '../companies/companies.ts';
import { handlesOf, notesOf, tagsOf } from './people.ts';
import type { NoteRow, PersonRow } from './people.table.ts';

type Queries = { obj: PersonRow }[];

const idOf = ({ obj }: Queries[number]): string => obj.id;

export const peopleLoaders: MercuriusLoaders = {
  Person: {
    company: async (queries: Queries, ctx: ApiContext) => {
      const companyOf = ({ obj }: Queries[number]): string | null => obj.companyId;
      return oneEach(queries, companyOf, await ctx.read((tx) => companiesByIds(tx, member(ctx), keysOf(queries, companyOf))), (row) => row.id);
    },
    handles: async (queries: Queries, ctx: ApiContext) =>
      manyEach(queries, idOf, await ctx.read((tx) => handlesOf(tx, member(ctx), keysOf(queries, idOf))), (row) => row.personId),
    tags: async (queries: Queries, ctx: ApiContext) => {
      const rows = await ctx.read((tx) => tagsOf(tx, member(ctx), keysOf(queries, idOf)));
      return manyEach(queries, idOf, rows, (row) => row.personId).map((tags) => tags.map(({ tag }) => tag));
    },
    notes: async (queries: Queries, ctx: ApiContext) =>
      manyEach(queries, idOf, await ctx.read((tx) => notesOf(tx, member(ctx), keysOf(queries, idOf))), (row) => row.personId),
  },
  Note: {
    author: async (queries: { obj: NoteRow }[], ctx: ApiContext) => {
      const accounts = await accountsById(ctx, queries.map(({ obj }) => obj.authorId));
      return queries.map(({ obj }) => accounts.get(obj.authorId) ?? null);
    },
  },
};
