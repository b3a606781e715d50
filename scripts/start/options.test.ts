import { describe, expect, test } from 'vitest';
import { readOptions } from './options.ts';

const read = (...args: string[]) => readOptions(args, '/home/somebody');

describe('options of the start', () => {
  test('have defaults for everything', () => {
    expect(read()).toMatchObject({ port: 4173, serverName: 'baton.local', origin: undefined, sample: false, data: expect.stringMatching(/\/\.data$/) });
  });

  test('a relative data folder is relative to where npm was called', () => {
    expect(read('--data', 'mine')?.data).toBe('/home/somebody/mine');
    expect(read('--data', '/srv/baton')?.data).toBe('/srv/baton');
  });

  test('an origin is kept without its slash', () => {
    expect(read('--origin', 'https://baton.example.com/')?.origin).toBe('https://baton.example.com');
  });

  test.each([
    [['--port', 'abc'], /--port abc is not a port/],
    [['--port', '70000'], /not a port/],
    [['--port', '0'], /not a port/],
    [['--server-name', 'Über'], /not a host name/],
    [['--origin', 'baton.example.com'], /not an origin/],
    [['--origin', 'https://baton.example.com/app'], /not an origin/],
    [['--prot', '1'], /--prot.*--help/],
    [['stray'], /stray.*--help/],
  ])('%j is refused with a sentence', (args, sentence) => {
    expect(() => read(...args)).toThrow(sentence);
  });

  test('help is not an error', () => {
    expect(read('--help')).toBeNull();
  });
});
