import type { Sending } from './machine/state.ts';

/** What goes between two pages on their connection: a signal's copy, what one sends now, or a message that the call does not read. */
export type Told = { signal: { type: string; content: unknown } } | { sending: Sending } | { message: string };

/** What came on the connection; null: nothing that this page knows. */
export function parseTold(text: string): Told | null {
  try {
    const { signal, sending, message } = JSON.parse(text) as { signal?: { type?: unknown; content?: unknown }; sending?: Partial<Record<keyof Sending, unknown>>; message?: unknown };
    if (typeof signal?.type === 'string') return { signal: { type: signal.type, content: signal.content } };
    if (typeof message === 'string') return { message };
    if (sending !== undefined) return { sending: { voice: sending.voice === true, camera: sending.camera === true, screen: sending.screen === true } };
    return null;
  } catch {
    return null;
  }
}
