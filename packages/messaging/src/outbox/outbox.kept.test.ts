import { expect, it } from 'vitest';
import { runModel, type Command } from '../testing/modelRun.ts';

/** Runs of the model that once failed, each with what was wrong. */
const kept: { was: string; seed: number; commands: Command[] }[] = [
  {
    was: 'an event that arrived while the undecrypted ones were read from the store was never tried again',
    seed: 1912330829,
    commands: [
      { do: 'adopt' }, { do: 'send', device: 0, room: 1, times: 1 }, { do: 'kill', device: 1 }, { do: 'send', device: 2, room: 0, times: 1 }, { do: 'steps', count: 51 },
      { do: 'take-back', device: 0 }, { do: 'kill', device: 1 }, { do: 'steps', count: 3 }, { do: 'fate', fate: 'unsent' }, { do: 'online', device: 0 },
    ],
  },
];

it.each(kept)('once failed: $was', async ({ seed, commands }) => {
  expect((await runModel(seed, commands)).violations).toEqual([]);
});
