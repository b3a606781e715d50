import type { MercuriusLoaders } from 'mercurius';
import { keysOf, manyEach, oneEach } from '../../platform/graphql/batch.ts';
import { member, type ApiContext } from '../../platform/graphql/context.ts';
import { accountsById } from '../accounts/accounts.ts';
import { peopleByIds } from '../people/people.ts';
import type { PersonRow } from '../people/people.table.ts';
import { projectsByIds, stagesByIds } from '../projects/projects.ts';
import type { SeenProject } from '../projects/projects.table.ts';
import { candidaciesOfPeople, candidaciesOfProjects, countCandidacies, historyOf } from './candidacies.ts';
import type { CandidacyRow, StageEventRow } from './candidacies.table.ts';

interface Queries<T> extends Array<{ obj: T }> {}

/** A stage of each row, by the id that `keyOf` picks; null where it picks none. */
const stageOf =
  <T>(keyOf: (row: T) => string | null) =>
  async (queries: Queries<T>, ctx: ApiContext) => {
    const key = ({ obj }: { obj: T }): string | null => keyOf(obj);
    return oneEach(queries, key, await ctx.read((tx) => stagesByIds(tx, member(ctx), keysOf(queries, key))), (row) => row.id);
  };

export const candidacyLoaders: MercuriusLoaders = {
  Candidacy: {
    person: async (queries: Queries<CandidacyRow>, ctx: ApiContext) => {
      const key = ({ obj }: { obj: CandidacyRow }): string => obj.personId;
      return oneEach(queries, key, await ctx.read((tx) => peopleByIds(tx, member(ctx), keysOf(queries, key))), (row) => row.id);
    },
    project: async (queries: Queries<CandidacyRow>, ctx: ApiContext) => {
      const key = ({ obj }: { obj: CandidacyRow }): string => obj.projectId;
      return oneEach(queries, key, await ctx.read((tx) => projectsByIds(tx, member(ctx), keysOf(queries, key))), (row) => row.id);
    },
    stage: stageOf<CandidacyRow>((row) => row.stageId),
    history: async (queries: Queries<CandidacyRow>, ctx: ApiContext) => {
      const key = ({ obj }: { obj: CandidacyRow }): string => obj.id;
      return manyEach(queries, key, await ctx.read((tx) => historyOf(tx, member(ctx), keysOf(queries, key))), (row) => row.candidacyId);
    },
  },
  StageEvent: {
    from: stageOf<StageEventRow>((row) => row.fromStageId),
    to: stageOf<StageEventRow>((row) => row.toStageId),
    actor: async (queries: Queries<StageEventRow>, ctx: ApiContext) => {
      const accounts = await accountsById(ctx, queries.map(({ obj }) => obj.actorId));
      return queries.map(({ obj }) => accounts.get(obj.actorId) ?? null);
    },
  },
  Person: {
    candidacies: async (queries: Queries<PersonRow>, ctx: ApiContext) => {
      const key = ({ obj }: { obj: PersonRow }): string => obj.id;
      return manyEach(queries, key, await ctx.read((tx) => candidaciesOfPeople(tx, member(ctx), keysOf(queries, key))), (row) => row.personId);
    },
  },
  Project: {
    candidacies: async (queries: Queries<SeenProject>, ctx: ApiContext) => {
      const key = ({ obj }: { obj: SeenProject }): string => obj.id;
      return manyEach(queries, key, await ctx.read((tx) => candidaciesOfProjects(tx, member(ctx), keysOf(queries, key))), (row) => row.projectId);
    },
    candidacyCount: async (queries: Queries<SeenProject>, ctx: ApiContext) => {
      const counts = await ctx.read((tx) => countCandidacies(tx, member(ctx), queries.map(({ obj }) => obj.id)));
      return queries.map(({ obj }) => counts.get(obj.id) ?? 0);
    },
  },
};
