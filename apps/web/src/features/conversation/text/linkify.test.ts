import { describe, expect, it } from 'vitest';
import { linkify } from './linkify.ts';

const links = (text: string) => linkify(text).flatMap(({ href }) => href ?? []);

describe('linkify', () => {
  it('leaves a text without links whole', () => {
    expect(linkify('下周三见')).toEqual([{ text: '下周三见' }]);
  });

  it('finds a link in the middle and keeps the rest', () => {
    expect(linkify('see https://a.example/b?c=1#d, please')).toEqual([
      { text: 'see ' },
      { text: 'https://a.example/b?c=1#d', href: 'https://a.example/b?c=1#d' },
      { text: ', please' },
    ]);
  });

  it('ends a link where Chinese goes on without a space', () => {
    expect(linkify('请看https://a.example/x，谢谢')[1]).toEqual({ text: 'https://a.example/x', href: 'https://a.example/x' });
    expect(linkify('请看https://a.example/x谢谢')[2]).toEqual({ text: '谢谢' });
  });

  it('leaves the closing bracket of a sentence out, and that of an address in', () => {
    expect(links('(https://a.example/b)')).toEqual(['https://a.example/b']);
    expect(links('https://a.example/b_(c)')).toEqual(['https://a.example/b_(c)']);
  });

  it('makes mail addresses and www. addresses links', () => {
    expect(links('write to mei.lin@harbor.example or www.harbor.example')).toEqual(['mailto:mei.lin@harbor.example', 'https://www.harbor.example/']);
  });

  it('never links another scheme', () => {
    expect(links('javascript:alert(1) data:text/html,x file:///etc/passwd vbscript:x')).toEqual([]);
  });

  it('leaves a broken address as text', () => {
    expect(links('http://')).toEqual([]);
    expect(links('http://[')).toEqual([]);
  });
});
