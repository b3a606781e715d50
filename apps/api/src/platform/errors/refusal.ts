import { BatonError, isBatonError } from '@baton/base';
import { catalogue, type ErrorCode, type TopLevelCode } from './catalogue.ts';

/** A refusal that was to be expected: becomes a payload's `userErrors`. */
export class Refusal extends BatonError<ErrorCode> {
  readonly field: string | null;
  /** Fields of the payload that stand beside the refusal: the fresh row after a conflict, for example. */
  readonly beside: object;

  constructor(code: ErrorCode, field: string | null, beside: object = {}) {
    super(code);
    this.field = field;
    this.beside = beside;
  }
}

/** Ends the request as a whole: becomes a top-level error with this code. `details` go into its extensions. */
export class Denial extends BatonError<TopLevelCode> {
  /** Where GraphQL looks, also where no formatter is asked: subscriptions. */
  readonly extensions: Readonly<Record<string, string | number>>;

  constructor(code: TopLevelCode, details: Readonly<Record<string, string | number>> = {}) {
    super(code, details);
    this.message = catalogue[code];
    this.extensions = { code, ...details };
  }
}

/**
 * Refuses a command: nothing of its transaction stays.
 * @param field path of the input field (`handles.0.raw`), or null when it is about the whole
 * @param beside fields of the payload to answer with all the same
 */
export function refuse(code: ErrorCode, field: string | null = null, beside: object = {}): never {
  throw new Refusal(code, field, beside);
}

/** Ends the request with a top-level error. */
export function deny(code: TopLevelCode, details?: Readonly<Record<string, string | number>>): never {
  throw new Denial(code, details);
}

/** A `UserError` of the schema. */
export const userError = (code: ErrorCode, field: string | null = null): { code: string; field: string | null; message: string } => ({
  code,
  field,
  message: catalogue[code],
});

/**
 * Runs a command for a payload: what it returns beside an empty `userErrors`, or `empty` beside the refusal.
 * @param empty the payload's fields when it was refused
 */
export async function payload<T extends object, E extends object>(
  empty: E,
  command: () => Promise<T>,
): Promise<(T | E) & { userErrors: { code: string; field: string | null; message: string }[] }> {
  try {
    return { ...(await command()), userErrors: [] };
  } catch (error) {
    if (error instanceof Refusal) return { ...empty, ...error.beside, userErrors: [userError(error.code, error.field)] };
    if (isBatonError(error, 'MATRIX_UNAVAILABLE')) return { ...empty, userErrors: [userError('MATRIX_UNAVAILABLE')] };
    throw error;
  }
}
