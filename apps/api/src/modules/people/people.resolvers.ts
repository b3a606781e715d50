import { payload } from '../../platform/errors/refusal.ts';
import type { ApiModule } from '../../platform/graphql/apiModule.ts';
import { member } from '../../platform/graphql/context.ts';
import { pinyinOf } from '../search/nameForms.ts';
import { createPerson } from './commands/createPerson.ts';
import { addNote, deleteNote, updateNote } from './commands/notes.ts';
import { updatePerson } from './commands/updatePerson.ts';
import { noteById, personById, usedTags } from './people.ts';
import { peopleLoaders } from './people.loaders.ts';
import { countPeople, findPeople } from './search/findPeople.ts';

export const peopleModule: ApiModule = {
  resolvers: {
    Query: {
      people: (_root, args, ctx) => findPeople(ctx, args),
      person: async (_root, { id }, ctx) => {
        const viewer = member(ctx);
        return (await ctx.read((tx) => personById(tx, viewer, id))) ?? null;
      },
      tags: (_root, _args, ctx) => usedTags(ctx),
    },
    Mutation: {
      createPerson: (_root, { input }, ctx) =>
        payload({ person: null, duplicates: [] }, async () => ({ person: await createPerson(ctx, input), duplicates: [] })),
      updatePerson: (_root, { input }, ctx) =>
        payload({ person: null, duplicates: [] }, async () => ({ person: await updatePerson(ctx, input), duplicates: [] })),
      addNote: (_root, { input }, ctx) => payload({ person: null, note: null }, () => addNote(ctx, input)),
      updateNote: (_root, { input }, ctx) => payload({ person: null, note: null }, () => updateNote(ctx, input)),
      deleteNote: (_root, { input }, ctx) => payload({ person: null, note: null }, () => deleteNote(ctx, input.id)),
    },
    Person: { pinyin: (person) => pinyinOf(person.name) },
    PersonConnection: { totalCount: ({ filter }, _args, ctx) => countPeople(ctx, filter) },
  },
  loaders: peopleLoaders,
  nodes: {
    person: {
      type: 'Person',
      find: async (ctx, id) => {
        const { viewer } = ctx;
        return viewer.kind === 'member' ? ((await ctx.read((tx) => personById(tx, viewer, id))) ?? null) : null;
      },
    },
    note: {
      type: 'Note',
      find: async (ctx, id) => {
        const { viewer } = ctx;
        return viewer.kind === 'member' ? ((await ctx.read((tx) => noteById(tx, viewer, id))) ?? null) : null;
      },
    },
  },
};
