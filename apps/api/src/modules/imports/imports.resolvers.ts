import { payload, userError } from '../../platform/errors/refusal.ts';
import type { ApiModule } from '../../platform/graphql/apiModule.ts';
import { keysOf, oneEach } from '../../platform/graphql/batch.ts';
import { member, type ApiContext } from '../../platform/graphql/context.ts';
import { peopleByIds } from '../people/people.ts';
import { importPeople } from './importPeople.ts';
import type { RowResult } from './plan/rowResult.ts';

const countOf = (rows: readonly RowResult[], outcome: RowResult['outcome']): number => rows.filter((row) => row.outcome === outcome).length;

const answer = (dryRun: boolean, rows: RowResult[]) => ({
  dryRun,
  rows,
  created: countOf(rows, 'CREATED'),
  updated: countOf(rows, 'UPDATED'),
  unchanged: countOf(rows, 'UNCHANGED'),
  refused: countOf(rows, 'REFUSED'),
});

export const importsModule: ApiModule = {
  resolvers: {
    Mutation: {
      importPeople: (_root, { input }, ctx) => payload(answer(input.dryRun, []), async () => answer(input.dryRun, await importPeople(ctx, input))),
    },
    ImportRowResult: { userErrors: ({ remarks }) => remarks.map(({ code, field }) => userError(code, field)) },
  },
  loaders: {
    ImportRowResult: {
      person: async (queries: { obj: RowResult }[], ctx: ApiContext) => {
        const key = ({ obj }: { obj: RowResult }): string | null => obj.personId;
        return oneEach(queries, key, await ctx.read((tx) => peopleByIds(tx, member(ctx), keysOf(queries, key))), (row) => row.id);
      },
    },
  },
};
