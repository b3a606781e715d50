import { expect, test } from 'vitest';
import { readAnnouncement } from './announcements.ts';

test.each([
  ['{"sending":["voice","camera"]}', { sending: ['voice', 'camera'] }],
  ['{"sending":[],"loss":0.5}', { sending: [], loss: 0.5 }],
  ['{"sending":["voice","toString","smell",7]}', { sending: ['voice'] }],
  ['{"sending":"voice","loss":1.5}', {}],
  ['{"loss":"0.5"}', {}],
  ['null', {}],
  ['7', {}],
  ['{', {}],
  [new ArrayBuffer(2), {}],
])('an announcement of %s is read as far as it is one', (text, announcement) => {
  expect(readAnnouncement(text)).toEqual(announcement);
});
