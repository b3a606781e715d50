import { isBatonError } from '@baton/base';
import { createSignal, type Accessor } from 'solid-js';
import { errorText } from '../errors/errorText.ts';

export interface Submit {
  busy: Accessor<boolean>;
  /** The sentence of the last refusal, and where it belongs (`email`, `password` …; empty: the whole form). */
  error: Accessor<{ field: string; text: string } | undefined>;
  /** The sentence for one field. */
  errorAt(field: string): string | undefined;
  /** For a form's `onSubmit`. */
  onSubmit(event: Event): void;
}

/**
 * Runs a form's command once at a time, and keeps what was refused. `fields` says to which field a code belongs; a refusal that
 * names one of them goes there.
 */
export function createSubmit(act: () => Promise<void>, fields: Readonly<Record<string, string>> = {}): Submit {
  const [busy, setBusy] = createSignal(false);
  const [error, setError] = createSignal<{ field: string; failed: unknown }>();
  const shown = (): { field: string; text: string } | undefined => {
    const now = error();
    // Looked up anew, so that the sentence follows the language.
    return now && { field: now.field, text: errorText(now.failed) };
  };
  const fieldOf = (failed: unknown): string => {
    if (!isBatonError(failed)) return '';
    const { field } = failed.details;
    return typeof field === 'string' && Object.values(fields).includes(field) ? field : (fields[failed.code] ?? '');
  };
  const run = async (): Promise<void> => {
    if (busy()) return;
    setBusy(true);
    setError(undefined);
    try {
      await act();
    } catch (failed) {
      setError({ field: fieldOf(failed), failed });
    } finally {
      setBusy(false);
    }
  };
  return {
    busy,
    error: shown,
    errorAt: (field) => (shown()?.field === field ? shown()?.text : undefined),
    onSubmit: (event) => {
      event.preventDefault();
      void run();
    },
  };
}
