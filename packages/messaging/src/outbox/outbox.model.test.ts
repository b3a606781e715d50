import { env } from 'node:process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runModel, type Command } from '../testing/modelRun.ts';

/** `OUTBOX_MODEL_RUNS=20000` makes a long run of it. */
const runs = Number(env['OUTBOX_MODEL_RUNS'] ?? 150);

const device = fc.integer({ min: 0, max: 2 });
const room = fc.integer({ min: 0, max: 1 });
const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 12, arbitrary: fc.record({ do: fc.constant('send' as const), device, room, times: fc.integer({ min: 1, max: 6 }) }) },
  { weight: 14, arbitrary: fc.record({ do: fc.constant('steps' as const), count: fc.integer({ min: 1, max: 250 }) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('kill' as const), device }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('start' as const), device }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('offline' as const), device }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('online' as const), device }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('fate' as const), fate: fc.constantFrom('unsent' as const, 'lost', 'limited', 'bad-gateway', 'twice', 'refused') }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('server-down' as const, 'server-up', 'adopt') }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('clock' as const), device, hours: fc.integer({ min: -30, max: 30 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('pass' as const), hours: fc.integer({ min: 0, max: 30 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('read' as const), device, room }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('take-back' as const), device }) },
);

describe('Whatever happens on the way', () => {
  it('loses nothing, shows nothing twice and nothing out of order, and no receipt is early', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), fc.array(command, { minLength: 5, maxLength: 60 }), async (seed, commands) => {
        const { violations, heldTwice } = await runModel(seed, commands);
        expect(violations).toEqual([]);
        if (!commands.some((each) => each.do === 'clock')) expect(heldTwice).toBe(0);
      }),
      { numRuns: runs, endOnFailure: env['OUTBOX_MODEL_SHRINK'] === undefined },
    );
  }, 60_000 + runs * 400);
});
