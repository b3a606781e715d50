import { describe, expect, it } from 'vitest';
import { decodeFile } from './decodeFile.ts';

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);

describe('decodeFile', () => {
  it('reads plain UTF-8', () => {
    expect(decodeFile(new TextEncoder().encode('姓名,邮箱'))).toEqual({ text: '姓名,邮箱', encoding: 'utf-8' });
  });

  it('drops a UTF-8 byte-order mark', () => {
    expect(decodeFile(bytes(0xef, 0xbb, 0xbf, 0x41))).toEqual({ text: 'A', encoding: 'utf-8' });
  });

  it('reads what Excel on Chinese Windows writes (GBK)', () => {
    // 王思远 in GBK
    expect(decodeFile(bytes(0xcd, 0xf5, 0xcb, 0xbc, 0xd4, 0xb6))).toEqual({ text: '王思远', encoding: 'gb18030' });
  });

  it('reads UTF-16 with its mark', () => {
    expect(decodeFile(bytes(0xff, 0xfe, 0x8b, 0x73)).text).toBe('王');
  });
});
