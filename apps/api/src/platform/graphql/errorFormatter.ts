import { GraphQLError, type ExecutionResult } from 'graphql';
import type { FastifyBaseLogger } from 'fastify';
import { catalogue, type ErrorCode } from '../errors/catalogue.ts';
import { Denial, Refusal } from '../errors/refusal.ts';

interface Formatted {
  statusCode: number;
  response: { data: unknown; errors: readonly GraphQLError[] };
}

/** Makes an answer's errors: denials keep their code, a bad request says why, everything else is logged and masked. */
export function formatErrors(execution: ExecutionResult, log: FastifyBaseLogger): Formatted {
  const errors = (execution.errors ?? []).flatMap((error) => formatError(error, log));
  const badRequest = execution.data == null && errors.some((error) => ['BAD_REQUEST', 'UNKNOWN_DOCUMENT', 'TOO_COMPLEX'].includes(String(error.extensions['code'])));
  return { statusCode: badRequest ? 400 : 200, response: { data: execution.data ?? null, errors } };
}

/** One error, as it is told. Also for subscriptions, which have no formatter around them. */
export function formatError(error: GraphQLError, log: FastifyBaseLogger): GraphQLError[] {
  const original = error.originalError as (Error & { errors?: readonly Error[]; statusCode?: number; code?: string }) | undefined;
  if (original instanceof Denial) return [as(error, original.code, { ...original.details })];
  // A query has no payload that could hold a refusal.
  if (original instanceof Refusal) return [as(error, 'BAD_REQUEST', { refusal: original.code, field: original.field })];
  if (original?.code?.startsWith('MER_ERR_GQL_PERSISTED_QUERY') || original?.message === 'UNKNOWN_DOCUMENT') return [as(error, 'UNKNOWN_DOCUMENT')];
  if (original?.errors) return original.errors.map((each) => new GraphQLError(each.message, { extensions: { code: 'BAD_REQUEST' } }));
  // A document or a variable that the schema does not take fails before there is a field.
  const clientsFault = error.path === undefined || (original?.statusCode !== undefined && original.statusCode >= 400 && original.statusCode < 500);
  if (clientsFault) return [new GraphQLError(error.message, { extensions: { code: 'BAD_REQUEST' } })];
  log.error({ err: original, path: error.path }, 'a resolver failed');
  return [as(error, 'INTERNAL')];
}

function as(error: GraphQLError, code: ErrorCode, details: Record<string, unknown> = {}): GraphQLError {
  return new GraphQLError(catalogue[code], { path: error.path ?? null, extensions: { code, ...details } });
}
