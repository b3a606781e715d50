import { describe, expect, it } from 'vitest';
import { turnsOf } from './toDevice.ts';

const event = (sender: string, key: string, n: number) => ({ type: 'm.room.encrypted', sender, content: { sender_key: key, n } });
const shown = (turns: ReturnType<typeof turnsOf>): string[][] => turns.map((turn) => turn.map(({ content }) => `${String(content['sender_key'])}${String(content['n'])}`));

describe('what devices say in one sync', () => {
  it('is heard at once where each speaks once', () => {
    expect(shown(turnsOf([event('@a', 'a', 1), event('@b', 'b', 1)]))).toEqual([['a1', 'b1']]);
  });

  it('is heard in turns, in each device’s own order, where one speaks twice', () => {
    expect(shown(turnsOf([event('@a', 'a', 1), event('@a', 'a', 2), event('@b', 'b', 1), event('@a', 'a', 3)]))).toEqual([['a1', 'b1'], ['a2'], ['a3']]);
  });

  it('is nothing where nobody spoke', () => {
    expect(turnsOf([])).toEqual([]);
  });
});
