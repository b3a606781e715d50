import { payload } from '../../platform/errors/refusal.ts';
import type { ApiModule } from '../../platform/graphql/apiModule.ts';
import { member } from '../../platform/graphql/context.ts';
import { createProject } from './commands/createProject.ts';
import { recordProjectExport } from './commands/recordProjectExport.ts';
import { setProjectMembers } from './commands/setProjectMembers.ts';
import { updateProject } from './commands/updateProject.ts';
import { projectLoaders } from './projects.loaders.ts';
import { canAddCandidates, canEdit, canExport, canOpenConversations } from './projects.policy.ts';
import { listProjects, projectsByIds, stagesByIds } from './projects.ts';

export const projectsModule: ApiModule = {
  resolvers: {
    Query: {
      projects: (_root, { includeArchived }, ctx) => listProjects(ctx, includeArchived),
      project: async (_root, { id }, ctx) => {
        const viewer = member(ctx);
        return (await ctx.read((tx) => projectsByIds(tx, viewer, [id])))[0] ?? null;
      },
    },
    Mutation: {
      createProject: (_root, { input }, ctx) => payload({ project: null }, async () => ({ project: await createProject(ctx, input) })),
      updateProject: (_root, { input }, ctx) => payload({ project: null }, async () => ({ project: await updateProject(ctx, input) })),
      setProjectMembers: (_root, { input }, ctx) => payload({ project: null }, async () => ({ project: await setProjectMembers(ctx, input) })),
      recordProjectExport: (_root, { input }, ctx) =>
        payload({ recorded: false }, async () => {
          await recordProjectExport(ctx, input);
          return { recorded: true };
        }),
    },
    Project: {
      can: (project, _args, ctx) => {
        const viewer = member(ctx);
        return {
          edit: canEdit(viewer, project),
          addCandidates: canAddCandidates(viewer, project),
          openConversations: canOpenConversations(viewer, project),
          export: canExport(viewer, project),
        };
      },
    },
  },
  loaders: projectLoaders,
  nodes: {
    project: {
      type: 'Project',
      find: async (ctx, id) => {
        const { viewer } = ctx;
        return viewer.kind === 'member' ? ((await ctx.read((tx) => projectsByIds(tx, viewer, [id])))[0] ?? null) : null;
      },
    },
    stage: {
      type: 'Stage',
      find: async (ctx, id) => {
        const { viewer } = ctx;
        return viewer.kind === 'member' ? ((await ctx.read((tx) => stagesByIds(tx, viewer, [id])))[0] ?? null) : null;
      },
    },
  },
};
