import { env } from 'node:process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runCalls, type Command } from '../testing/modelRun.ts';
import { allDevices } from '../testing/stage.ts';

/** `CALL_MODEL_RUNS=20000` makes a long run of it. */
const runs = Number(env['CALL_MODEL_RUNS'] ?? 150);

const device = fc.constantFrom(...allDevices);
const pick = fc.nat({ max: 60 });
const kind = fc.constantFrom('voice' as const, 'video' as const);
const said = fc.constantFrom('invite' as const, 'ready', 'answer', 'select', 'candidates', 'negotiate', 'again', 'reject', 'hangup');
/** First in order, as it mostly is; then in any. */
const picks = fc.oneof(fc.array(fc.constant(0), { maxLength: 30 }), fc.array(pick, { maxLength: 12 }));

const start: fc.Arbitrary<Command> = fc.record({ do: fc.constant('start' as const), device, kind });
const deliver: fc.Arbitrary<Command> = fc.record({ do: fc.constant('deliver' as const), picks });
const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 4, arbitrary: start },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('accept' as const), device }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('decline' as const, 'hang up'), device }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('reload' as const), device }) },
  { weight: 14, arbitrary: deliver },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('repeat' as const, 'lose'), pick }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('pass' as const), ms: fc.oneof(fc.integer({ min: 1, max: 5_000 }), fc.integer({ min: 5_000, max: 90_000 })) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('cut' as const, 'heal') }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('forge' as const), signal: said, pick }) },
);

async function hold(commands: fc.Arbitrary<readonly Command[]>): Promise<void> {
  await fc.assert(
    fc.asyncProperty(commands, async (commands) => {
      expect(await runCalls(commands)).toEqual([]);
    }),
    { numRuns: runs, endOnFailure: env['CALL_MODEL_SHRINK'] === undefined },
  );
}

describe('Whatever happens to the signals of two people with two devices each', () => {
  it('leaves both in one call or neither, each with one device, nothing ringing, and nothing sent to the uncertified', async () => {
    await hold(fc.array(command, { minLength: 3, maxLength: 40 }));
  }, 60_000 + runs * 400);

  it('does so when both call at once', async () => {
    const both = fc.tuple(fc.constantFrom('desk' as const, 'laptop'), fc.constantFrom('phone' as const, 'tablet'), kind, fc.array(deliver, { maxLength: 2 }), fc.array(command, { maxLength: 12 }));
    await hold(both.map(([one, other, kind, between, after]) => [{ do: 'start', device: one, kind }, ...between, { do: 'start', device: other, kind }, ...after]));
  }, 60_000 + runs * 400);
});

describe('When nothing is lost and nobody gives up', () => {
  it('a glare always ends in a call', async () => {
    const glare = fc.record({ swap: fc.boolean(), shuffled: fc.array(deliver, { maxLength: 8 }) });
    await fc.assert(
      fc.asyncProperty(glare, async ({ swap, shuffled }) => {
        const first = swap ? 'phone' : 'desk';
        const second = swap ? 'desk' : 'phone';
        expect(await runCalls([{ do: 'start', device: first, kind: 'video' }, { do: 'start', device: second, kind: 'video' }, ...shuffled], { mustBeLive: true })).toEqual([]);
      }),
      { numRuns: runs },
    );
  }, 60_000 + runs * 400);
});
