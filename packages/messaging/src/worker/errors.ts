import { BatonError, isBatonError } from '@baton/base';
import type { WireError } from './protocol.ts';

/** An error as plain data: classes do not survive postMessage. */
export function toWireError(error: unknown): WireError {
  if (isBatonError(error)) return { name: 'BatonError', message: error.message, code: error.code, details: error.details };
  return error instanceof Error ? { name: error.name, message: error.message } : { name: 'Error', message: String(error) };
}

/** The error again. */
export function fromWireError({ name, message, code, details }: WireError): Error {
  if (code !== undefined) return new BatonError(code, details);
  return Object.assign(new Error(message), { name });
}
