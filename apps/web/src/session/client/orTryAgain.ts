import { isBatonError } from '@baton/base';
import { HomeserverError } from '@baton/messaging';

const passing = new Set(['OFFLINE', 'SERVER_UNREACHABLE', 'THROTTLED', 'INTERNAL', 'UNAUTHENTICATED', 'CONFLICT', 'EPOCH_OUTDATED', 'MATRIX_UNAVAILABLE']);

/** What passes by itself is thrown in the words that the outbox understands, anything else as it is. */
export async function orTryAgain(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const passes = isBatonError(error) && passing.has(error.code);
    throw passes ? new HomeserverError({ kind: 'again', outcome: 'unsent' }, 'The API could not be asked', { cause: error }) : error;
  }
}
