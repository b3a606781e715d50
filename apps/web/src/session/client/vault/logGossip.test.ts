import { BatonError } from '@baton/base';
import type { NamedHeads } from '@baton/messaging';
import type { ProjectLog } from '@baton/vault';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeLogGossip, type Claim } from './logGossip.ts';

const hash = (name: string, length: number, history = ''): string => `${name}${history} ${length}`;
const headAt = (name: string, length: number, history = '') => ({ length, head: hash(name, length, history) });
const lei = '@m-lei:x';
const bo = '@m-bo:x';
const candidate = '@c-lin:x';

/** A server's two logs, and what it does with them. */
function makeServer() {
  return { length: { prj: 1, org: 1 } as Record<string, number>, shown: { prj: Infinity, org: Infinity } as Record<string, number>, isDown: false, asked: 0 };
}

/** A device's view of one of them, as the vault's: verified, remembered, never going back. */
function makeView(name: string, server: ReturnType<typeof makeServer>) {
  let length = 0;
  const current = () => (length === 0 ? null : { ...headAt(name, length), heads: Array.from({ length }, (_, at) => hash(name, at + 1)), members: {} });
  const refresh = async () => {
    server.asked += 1;
    if (server.isDown) throw new BatonError('OFFLINE');
    length = Math.max(length, Math.min(server.length[name]!, server.shown[name]!));
    return current();
  };
  return {
    current, refresh,
    holdTo: async (named: { length: number; head: string }) => {
      if (length < named.length) await refresh();
      if (length < named.length) throw new BatonError('LOG_ROLLBACK');
      if (hash(name, named.length) !== named.head) throw new BatonError('LOG_FORK');
    },
  };
}

/** A device of a member, or of the candidate in room '!lin'. The project has two rooms. */
function makeDevice(server = makeServer(), { own = lei, kept = [] as Claim[], gone = [] as string[] } = {}) {
  const isMember = own.startsWith('@m-');
  const firm = makeView('org', server);
  const organisationLog = { ...firm, current: () => firm.current() && { ...firm.current(), members: Object.fromEntries(gone.map((mxid) => [mxid, { identity: { mxid }, revokedAt: 'then' }])) } };
  const project = { ...makeView('prj', server), project: 'prj', organisation: organisationLog } as unknown as ProjectLog;
  let record = kept;
  let woken = 0;
  const logOf = async (roomId: string) => (roomId === '!elsewhere' ? null : project);
  const gossip = makeLogGossip({
    organisation: 'org', own, logOf, heardLogOf: logOf, organisationLog: isMember ? (organisationLog as never) : null, isColleague: (mxid) => mxid.startsWith('@m-'),
    record: { read: async () => record, write: async (value) => void (record = value), remove: async () => undefined }, kept, wake: () => void woken++, report: () => undefined,
  });
  const settled = () => new Promise((resolve) => setTimeout(resolve));
  return {
    server, gossip, project, organisationLog,
    refresh: () => Promise.all([project.refresh(), organisationLog.refresh()]),
    tell: (roomId = '!lin') => Promise.resolve(gossip.tell(roomId)),
    hear: async (told: NamedHeads, sender = bo, roomId = '!lin') => {
      gossip.hear(roomId, sender, told);
      await settled();
    },
    maySend: async (roomId = '!lin') => {
      try {
        await gossip.requireConsistent(roomId);
        return true;
      } catch (error) {
        return (error as BatonError).code ?? (error as { failure: { kind: string } }).failure.kind;
      }
    },
    kept: () => record,
    woken: () => woken,
  };
}

test('a message names what its device knows: of the firm, and of the project that the room is of', async () => {
  const device = makeDevice();
  await device.refresh();
  expect(await device.tell()).toEqual({ prj: headAt('prj', 1), org: headAt('org', 1) });
  expect(await device.tell('!elsewhere')).toEqual({ org: headAt('org', 1) });
  expect(device.gossip.tell('!lin')).not.toBeInstanceOf(Promise);
});

test('what is known is heard without asking anybody, and nothing holds a message up', async () => {
  const device = makeDevice();
  await device.refresh();
  await device.tell();
  const { asked } = device.server;
  await device.hear({ prj: headAt('prj', 1), org: headAt('org', 1) });
  expect(device.gossip.requireConsistent('!lin')).toBeUndefined();
  expect(device.server.asked).toBe(asked);
});

test('what is newer is fetched, and everything goes on', async () => {
  const device = makeDevice();
  await device.refresh();
  device.server.length['prj'] = 3;
  await device.hear({ prj: headAt('prj', 3) });
  expect([device.project.current()?.length, await device.maySend()]).toEqual([3, true]);
});

describe('a server that keeps the newest lines back', () => {
  test.each(['prj', 'org'])('is asked once more, and then nothing is sent until it shows them (%s)', async (log) => {
    const device = makeDevice();
    await device.refresh();
    device.server.length[log] = 3;
    device.server.shown[log] = 2;
    await device.hear({ [log]: headAt(log, 3) });
    expect([await device.maySend(), await device.maySend('!other')]).toEqual(['LOG_ROLLBACK', 'LOG_ROLLBACK']);
    device.server.shown[log] = 3;
    expect([await device.maySend(), device.woken()]).toEqual([true, 1]);
    expect(device.gossip.requireConsistent('!lin')).toBeUndefined();
  });

  test('does not get away with it by a reload', async () => {
    const before = makeDevice();
    await before.refresh();
    before.server.length['prj'] = 2;
    before.server.shown['prj'] = 1;
    await before.hear({ prj: headAt('prj', 2) });
    const after = makeDevice(before.server, { kept: before.kept() });
    expect(await after.maySend()).toBe('LOG_ROLLBACK');
    before.server.shown['prj'] = 2;
    expect([await after.maySend(), after.kept()]).toEqual([true, []]);
  });

  test('and says to a candidate that there is no log at all is not believed', async () => {
    const device = makeDevice(makeServer(), { own: candidate });
    await device.hear({ prj: headAt('prj', 1) }, bo, '!elsewhere');
    expect(await device.maySend('!elsewhere')).toBe('LOG_ROLLBACK');
  });
});

test('a server that shows another history is found out, and nothing is sent', async () => {
  const device = makeDevice();
  await device.refresh();
  await device.hear({ prj: headAt('prj', 1, ' of others') });
  expect(await device.maySend()).toBe('LOG_FORK');
});

test('a server that can’t be asked is asked again: nothing is said to be wrong, and nothing goes out unasked', async () => {
  const device = makeDevice();
  await device.refresh();
  device.server.length['prj'] = 2;
  device.server.isDown = true;
  await device.hear({ prj: headAt('prj', 2) });
  expect(await device.maySend()).toBe('again');
  device.server.isDown = false;
  expect(await device.maySend()).toBe(true);
});

describe('who says it', () => {
  test('a candidate can hold up their own conversation, and nobody else’s', async () => {
    const device = makeDevice();
    await device.refresh();
    await device.hear({ prj: headAt('prj', 9), org: headAt('org', 9) }, candidate);
    expect([await device.maySend(), await device.maySend('!other')]).toEqual(['LOG_ROLLBACK', true]);
  });

  test('a colleague who has left holds nothing up', async () => {
    const device = makeDevice(makeServer(), { gone: [bo] });
    await device.refresh();
    await device.hear({ prj: headAt('prj', 9) });
    expect([await device.maySend(), device.kept()]).toEqual([true, []]);
  });

  test('what is named of a project that the room is not of is nobody’s business here', async () => {
    const device = makeDevice();
    await device.refresh();
    await device.hear({ prj_other: headAt('prj_other', 9) });
    expect(await device.maySend()).toBe(true);
  });
});

type Step = { do: 'append'; log: string } | { do: 'write' | 'reload'; by: number } | { do: 'read'; by: number; message: number } | { do: 'flip' };

/** What happens in a world of three devices whose server is honest until it begins to keep lines back. */
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('append' as const), log: fc.constantFrom('prj', 'org') }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('write' as const), by: fc.nat(2) }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('read' as const), by: fc.nat(2), message: fc.nat(30) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('reload' as const), by: fc.nat(2) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('flip' as const) }) },
);

describe('Whatever is read when, twice, late or after a reload', () => {
  const people = [lei, lei, candidate];
  const play = async (steps: readonly Step[], withholdFrom: number | null) => {
    const server = makeServer();
    const devices = people.map((own) => makeDevice(server, { own }));
    const messages: { sender: string; told: NamedHeads }[] = [];
    const highest: Record<number, number> = {};
    for (const [at, each] of steps.entries()) {
      if (at === withholdFrom) server.shown = { ...server.length };
      if (each.do === 'append') server.length[each.log]! += 1;
      else if (each.do === 'flip') server.isDown = !server.isDown;
      else if (each.do === 'reload') devices[each.by] = makeDevice(server, { own: people[each.by]!, kept: devices[each.by]!.kept() });
      else if (each.do === 'write') {
        // Whoever appended knows, though the server shows it to nobody.
        const mine = each.by === 0 ? { prj: headAt('prj', server.length['prj']!) } : {};
        messages.push({ sender: people[each.by]!, told: { ...(await devices[each.by]!.tell()), ...mine } });
      } else if (each.do === 'read') {
        const message = messages[each.message % Math.max(1, messages.length)];
        if (!message) continue;
        highest[each.by] = Math.max(highest[each.by] ?? 0, message.told['prj']?.length ?? 0);
        await devices[each.by]!.hear(message.told, message.sender);
      }
    }
    server.isDown = false;
    return { server, devices, highest };
  };

  test('an honest server is never accused', async () => {
    await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const { devices } = await play(steps, null);
      expect(await Promise.all(devices.map((device) => device.maySend()))).toEqual([true, true, true]);
    }), { numRuns: 150 });
  });

  test('one that keeps lines back is, by every device that read of them, and by no other', async () => {
    await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 40 }), fc.nat(39), async (steps, from) => {
      const { devices, server, highest } = await play(steps, from);
      const may = await Promise.all(devices.map((device) => device.maySend()));
      expect(may).toEqual(devices.map((_, by) => ((highest[by] ?? 0) > Math.min(server.shown['prj']!, server.length['prj']!) ? 'LOG_ROLLBACK' : true)));
    }), { numRuns: 150 });
  });
});
