import { Refusal, refusalFor } from '../bootstrap/refusal.mjs';
import { TaskFailure } from '../build/buildProject.ts';
import { ServiceFailure } from '../services/process/service.ts';

/**
 * What to tell the person when the start fails: one sentence that says what to do, or, where we know none, the error as it
 * is.
 */
export function sentenceFor(error: unknown, dataFolder: string): string {
  if (error instanceof ServiceFailure) {
    const known = refusalFor(new Error(error.lastWords), dataFolder);
    return known?.message ?? `${error.service} did not start: look into ${error.logFile}, whose last line is "${error.lastWords.split('\n').at(-1) ?? ''}".`;
  }
  const refusal = refusalFor(error, dataFolder);
  if (refusal) return refusal.message;
  if (error instanceof TaskFailure) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** What is in the way of listening on a port. */
export function portSentence(port: number, code: string): Refusal {
  if (code === 'EACCES') return new Refusal(`Port ${port} is for administrators only: choose one above 1023, such as npm start -- --port 4173.`);
  return new Refusal(`Port ${port} is in use by another program: choose another one, such as npm start -- --port ${port === 65_535 ? 4173 : port + 1}.`);
}
