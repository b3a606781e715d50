import { maxBodyBytes } from '@baton/messaging';

const encoder = new TextEncoder();

/** Length of a text in bytes of UTF-8: what the limit of a message counts. */
export function byteLength(text: string): number {
  return encoder.encode(text).length;
}

/** How much of the limit a text uses up; null far from the limit, where nobody needs to know (and it costs nothing). */
export function nearLimit(text: string): { bytes: number; left: number } | null {
  if (text.length * 3 < maxBodyBytes * 0.9) return null;
  const bytes = byteLength(text);
  return bytes < maxBodyBytes * 0.9 ? null : { bytes, left: maxBodyBytes - bytes };
}
