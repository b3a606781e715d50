import type { MercuriusLoaders } from 'mercurius';
import { keysOf, manyEach, oneEach } from '../../platform/graphql/batch.ts';
import { member, type ApiContext } from '../../platform/graphql/context.ts';
import { accountsById } from '../accounts/accounts.ts';
import { candidaciesByIds } from '../candidacies/candidacies.ts';
import type { CandidacyRow } from '../candidacies/candidacies.table.ts';
import type { SeenProject } from '../projects/projects.table.ts';
import { openPromisesOf, promisesOf } from './promises.ts';
import type { PromiseRow } from './promises.table.ts';

interface Queries<T> extends Array<{ obj: T }> {}

/** The colleague whom `keyOf` picks, also one who has left; null where it picks none. */
const colleagueOf = (keyOf: (row: PromiseRow) => string | null) => async (queries: Queries<PromiseRow>, ctx: ApiContext) => {
  const accounts = await accountsById(ctx, keysOf(queries, ({ obj }) => keyOf(obj)));
  return queries.map(({ obj }) => accounts.get(keyOf(obj) ?? '') ?? null);
};

export const promiseLoaders: MercuriusLoaders = {
  CandidatePromise: {
    candidacy: async (queries: Queries<PromiseRow>, ctx: ApiContext) => {
      const key = ({ obj }: { obj: PromiseRow }): string => obj.candidacyId;
      return oneEach(queries, key, await ctx.read((tx) => candidaciesByIds(tx, member(ctx), keysOf(queries, key))), (row) => row.id);
    },
    promisedBy: colleagueOf((row) => row.promisedBy),
    settledBy: colleagueOf((row) => row.settledBy),
  },
  Candidacy: {
    promises: async (queries: Queries<CandidacyRow>, ctx: ApiContext) => {
      const key = ({ obj }: { obj: CandidacyRow }): string => obj.id;
      return manyEach(queries, key, await ctx.read((tx) => promisesOf(tx, member(ctx), keysOf(queries, key))), (row) => row.candidacyId);
    },
  },
  Project: {
    openPromises: async (queries: Queries<SeenProject>, ctx: ApiContext) => {
      const key = ({ obj }: { obj: SeenProject }): string => obj.id;
      return manyEach(queries, key, await ctx.read((tx) => openPromisesOf(tx, member(ctx), keysOf(queries, key))), (row) => row.projectId);
    },
  },
};
