import { expect, it } from 'vitest';
import { messageIndexOf } from './decrypt.ts';

const megolm = (...head: number[]): string => btoa(String.fromCharCode(...head, 0x12, 0x10, ...Array.from({ length: 16 }, () => 7)));

it('reads a message’s place in its session from the ciphertext', () => {
  expect(messageIndexOf(megolm(3, 8, 0))).toBe(0);
  expect(messageIndexOf(megolm(3, 8, 99))).toBe(99);
  expect(messageIndexOf(megolm(3, 8, 0xac, 0x02))).toBe(300);
});

it('says that it does not know where the bytes are no Megolm message', () => {
  for (const other of [undefined, 7, '', 'AAAA', megolm(4, 8, 0), megolm(3, 9, 0)]) expect(messageIndexOf(other)).toBeNull();
});
