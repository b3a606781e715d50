import { sodium } from './sodium.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });

/** UTF-8 of a text. */
export function toUtf8(text: string): Uint8Array {
  return encoder.encode(text);
}

/** Text of UTF-8 bytes. Throws a TypeError on anything that is not UTF-8. */
export function fromUtf8(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}

/** base64url without padding. */
export function toBase64url(bytes: Uint8Array): string {
  const s = sodium();
  return s.to_base64(bytes, s.base64_variants.URLSAFE_NO_PADDING);
}

/** Bytes of base64url without padding. Throws on any other character, on padding and on stray bits at the end. */
export function fromBase64url(text: string): Uint8Array {
  const s = sodium();
  return s.from_base64(text, s.base64_variants.URLSAFE_NO_PADDING);
}

/** Bytes of base64 without padding, as Matrix writes it. Throws on anything else. */
export function fromBase64(text: string): Uint8Array {
  const s = sodium();
  return s.from_base64(text, s.base64_variants.ORIGINAL_NO_PADDING);
}

/** base64 without padding, as Matrix writes it. */
export function toBase64(bytes: Uint8Array): string {
  const s = sodium();
  return s.to_base64(bytes, s.base64_variants.ORIGINAL_NO_PADDING);
}

/** `count` bytes of the system's randomness. */
export function randomBytes(count: number): Uint8Array {
  return sodium().randombytes_buf(count);
}

/** Several byte strings, one after the other. */
export function concat(...parts: Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

/** Overwrites secrets that are no longer needed. JavaScript may have copied them before; this is the best there is. */
export function wipe(...secrets: Uint8Array[]): void {
  for (const secret of secrets) sodium().memzero(secret);
}
