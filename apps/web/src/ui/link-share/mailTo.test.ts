import { expect, it } from 'vitest';
import { mailTo } from './mailTo.ts';

it('keeps spaces, line ends, Chinese and a link’s fragment', () => {
  const address = mailTo({ to: 'siyuan@lumen.example', subject: '一个机会', body: 'Hello 王\nhttps://a.example/c/inv_1#s+x.r' });
  expect(address).toMatch(/^mailto:siyuan@lumen\.example\?subject=/);
  const query = address.slice(address.indexOf('?') + 1);
  expect(query).not.toMatch(/[+#]/);
  const [, subject, body] = /^subject=(.*)&body=(.*)$/.exec(query)!;
  expect(decodeURIComponent(subject!)).toBe('一个机会');
  expect(decodeURIComponent(body!)).toBe('Hello 王\r\nhttps://a.example/c/inv_1#s+x.r');
});

it('leaves the address open when none is known', () => {
  expect(mailTo({ subject: 's', body: 'b' })).toBe('mailto:?subject=s&body=b');
});
