import type { MercuriusLoaders } from 'mercurius';
import type { IdKind } from '@baton/base';
import type { Resolvers } from '../../generated/resolvers.ts';
import type { ApiContext } from './context.ts';

/** How `node(id)` finds one kind of thing. */
export interface NodeType {
  /** Name of the GraphQL type; of this row, where the prefix alone does not say. */
  type: string | ((ctx: ApiContext, row: object) => string);
  /** The row, or null when there is none that the viewer may see. */
  find(ctx: ApiContext, id: string): Promise<object | null>;
}

/** A domain, as the server mounts it. */
export interface ApiModule {
  resolvers?: Resolvers;
  loaders?: MercuriusLoaders;
  nodes?: Partial<Record<IdKind, NodeType>>;
}
