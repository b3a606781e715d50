import { kindOf, type IdKind } from '@baton/base';
import type { IResolvers, MercuriusLoaders } from 'mercurius';
import type { ApiModule, NodeType } from './apiModule.ts';
import type { ApiContext } from './context.ts';
import { scalars } from './scalars.ts';

/** Resolvers and loaders of all modules, with `node(id)` over them. A field that two modules resolve stops the start. */
export function assemble(modules: readonly ApiModule[]): { resolvers: IResolvers; loaders: MercuriusLoaders } {
  const nodes: Partial<Record<IdKind, NodeType>> = Object.assign({}, ...modules.map((module) => module.nodes ?? {}));
  const node = async (_root: unknown, { id }: { id: string }, ctx: ApiContext): Promise<object | null> => {
    const kind = kindOf(id);
    const nodeType = kind && nodes[kind];
    if (!nodeType || ctx.viewer.kind === 'anonymous') return null;
    const found = await nodeType.find(ctx, id);
    if (!found) return null;
    return { ...found, __typename: typeof nodeType.type === 'string' ? nodeType.type : nodeType.type(ctx, found) };
  };

  const resolvers = merge([
    { ...scalars, Query: { node }, Node: { resolveType: (value: { __typename: string }) => value.__typename } },
    ...modules.map((module) => module.resolvers ?? {}),
  ]);
  return { resolvers: resolvers as IResolvers, loaders: merge(modules.map((module) => module.loaders ?? {})) as MercuriusLoaders };
}

function merge(parts: readonly object[]): Record<string, Record<string, unknown>> {
  const merged: Record<string, Record<string, unknown>> = {};
  for (const part of parts) {
    for (const [type, fields] of Object.entries(part)) {
      const target = (merged[type] ??= {});
      for (const [field, resolve] of Object.entries(fields as object)) {
        if (field in target) throw new Error(`${type}.${field} is resolved by two modules`);
        target[field] = resolve;
      }
    }
  }
  return merged;
}
