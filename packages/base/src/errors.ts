/**
 * An error that a person can be told about: `code` is looked up in the catalogue of translated messages, `details`
 * fill its placeholders. Everything else that is thrown is a bug and says so.
 */
export class BatonError<Code extends string = string> extends Error {
  readonly code: Code;
  readonly details: Readonly<Record<string, string | number>>;

  constructor(code: Code, details: Readonly<Record<string, string | number>> = {}, options?: ErrorOptions) {
    super(code, options);
    this.name = 'BatonError';
    this.code = code;
    this.details = details;
  }
}

/** Whether `error` is a BatonError, with this code if one is given. Works across a worker's boundary, where classes are lost. */
export function isBatonError<Code extends string>(error: unknown, code?: Code): error is BatonError<Code> {
  return (
    typeof error === 'object' && error !== null && (error as Error).name === 'BatonError' &&
    typeof (error as BatonError).code === 'string' && (code === undefined || (error as BatonError).code === code)
  );
}
