import { isBatonError } from '@baton/base';
import fc from 'fast-check';
import { beforeAll, expect, test, vi } from 'vitest';
import { ready } from '../crypto/sodium.ts';
import { makeMemoryDevice } from '../device/memoryDevice.ts';
import { makeLogEntry } from '../log/entry.ts';
import type { OrganisationState } from '../log/state.ts';
import { openFirmKit } from '../organisation/kit.ts';
import type { OrganisationRoot } from '../organisation/root.ts';
import type { RosterEntry } from '../statements/statements.ts';
import { makeTestFirm, type TestFirm, type TestPerson } from '../testing/testFirm.ts';
import { contextOf, depositable, idOf, makeTestProject, testRoom, type TestProject, type VaultClient } from '../testing/testProject.ts';
import { makeTestSession } from '../testing/testSession.ts';
import { makeDepartures } from './departures.ts';
import { makeHandover, makeRosterChange, makeRotation, type LineContext } from './line.ts';
import { openEpochs } from './openEpochs.ts';
import type { ProjectState } from './state.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });
// Passwords are no part of this, and each firm needs many.
vi.mock('../crypto/argon2.ts', () => import('../testing/cheapArgon2.ts'));

beforeAll(ready);

/** People by number: 0 is the firm's partner, the others are consultants. The last two are candidates. */
const members = 5;
const candidates = 2;
const anyMember = fc.nat(members - 1);

/** Who does something, and what. */
type Step =
  | { do: 'add' | 'remove' | 'promote'; by: number; whom: number }
  | { do: 'rotate'; by: number }
  | { do: 'hand over'; by: number; from: number; to: number }
  | { do: 'revoke'; whom: number }
  | { do: 'deposit' | 'read'; by: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constantFrom('add' as const, 'remove' as const, 'promote' as const), by: anyMember, whom: anyMember }),
  fc.record({ do: fc.constant('rotate' as const), by: anyMember }),
  fc.record({ do: fc.constant('hand over' as const), by: anyMember, from: anyMember, to: anyMember }),
  { weight: 1, arbitrary: fc.record({ do: fc.constant('revoke' as const), whom: fc.integer({ min: 1, max: members - 1 }) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('deposit' as const, 'read' as const), by: fc.nat(members + candidates - 1) }) },
);

type Roster = Map<number, 'lead' | 'member'>;

/** What should be: who is in, who may lead, who was given which epoch, what was deposited under which. */
interface Model {
  roster: Roster;
  /** Who was taken off and handed nothing over: a handover may still name them. */
  gone: Roster;
  revoked: Set<number>;
  epoch: number;
  /** The newest epoch that each was given. */
  given: Map<number, number>;
  deposits: { session: string; epoch: number }[];
}

interface World {
  firm: TestFirm;
  project: TestProject;
  people: TestPerson[];
  clients: VaultClient[];
  root: OrganisationRoot;
  model: Model;
}

async function makeWorld(): Promise<World> {
  const firm = await makeTestFirm();
  const people = [firm.partner];
  for (let number = 1; number < members; number++) people.push(await firm.join(`Member ${number}`, 'consultant'));
  const link = () => firm.link(firm.partner).link;
  for (let number = 0; number < candidates; number++) people.push(await firm.come(link()));
  const project = await makeTestProject(firm, [people[1] as TestPerson, people[2] as TestPerson]);
  const clients = await Promise.all(people.map((person) => project.client(person)));
  const organisation = (await firm.partner.log?.refresh()) as OrganisationState;
  const root = await openFirmKit((firm.kit.firmWords ?? []).join(' '), organisation.root);
  return {
    firm, project, people, clients, root,
    model: { roster: new Map([[1, 'lead'], [2, 'member']]), gone: new Map(), revoked: new Set(), epoch: 1, given: new Map([[1, 1], [2, 1]]), deposits: [] },
  };
}

const goneAfter = ({ gone, roster }: Model, next: Roster, handedOver?: number): Roster =>
  new Map([...gone, ...roster].filter(([number]) => !next.has(number) && number !== handedOver));

/** The next state of the model, or null where the step must be refused. */
function changed(model: Model, next: Roster, by: number, kind: 'roster' | 'rotate', handedOver?: number): Model | null {
  const { roster, revoked, epoch, given, deposits } = model;
  const mayChange = roster.get(by) === 'lead' || (by === 0 && roster.has(0));
  const stays = [...next.keys()].every((number) => !revoked.has(number)) && [...next.values()].includes('lead');
  if (!mayChange || revoked.has(by) || !stays) return null;
  const left = [...roster.keys()].some((number) => !next.has(number));
  const now = kind === 'rotate' || left ? epoch + 1 : epoch;
  return { roster: next, gone: goneAfter(model, next, handedOver), revoked, epoch: now, deposits, given: new Map([...given, ...[...next.keys()].map((number) => [number, now] as const)]) };
}

async function take(world: World, what: Step): Promise<void> {
  const { model, people, clients } = world;
  const id = (number: number): string => idOf(people[number] as TestPerson);
  const entries = (roster: Roster): RosterEntry[] => [...roster].map(([number, role]) => ({ account: id(number), role }));
  /** Appends as the real client does; what the model refuses has to be refused. */
  const append = async (by: number, wanted: Model | null, make: (context: LineContext, state: ProjectState) => ReturnType<typeof makeRosterChange>): Promise<void> => {
    const client = clients[by] as VaultClient;
    const appending = client.log.append((state, known) => make(client.context(known), state as ProjectState));
    if (wanted === null) return await expect(appending).rejects.toSatisfy((error) => isBatonError(error));
    await appending;
    world.model = wanted;
  };

  switch (what.do) {
    case 'add':
    case 'remove':
    case 'promote': {
      const next = new Map(model.roster);
      if (what.do === 'add') next.set(what.whom, next.get(what.whom) ?? 'member');
      else if (what.do === 'promote' && next.has(what.whom)) next.set(what.whom, 'lead');
      else next.delete(what.whom);
      // Nothing to be said is said by anybody.
      const same = JSON.stringify([...next]) === JSON.stringify([...model.roster]);
      return await append(what.by, same ? model : changed(model, next, what.by, 'roster'), (context, state) => makeRosterChange(context, state, entries(next)));
    }
    case 'rotate':
      return await append(what.by, changed(model, model.roster, what.by, 'rotate'), makeRotation);
    case 'hand over': {
      const { from, to, by } = what;
      const next = new Map([...model.roster].filter(([number]) => number !== from && number !== to));
      const place = model.roster.get(from) ?? model.gone.get(from);
      next.set(to, place === 'lead' || model.roster.get(to) === 'lead' ? 'lead' : 'member');
      const wanted = from === to || place === undefined ? null : changed(model, next, by, 'rotate', from);
      return await append(by, wanted, (context, state) => makeHandover(context, state, { from: id(from), to: id(to) }));
    }
    case 'revoke':
      return await revoke(world, what.whom);
    case 'deposit': {
      const name = `session ${model.deposits.length}`;
      const depositing = (clients[what.by] as VaultClient).depositor.deposit(depositable(name));
      if (what.by < members && !model.roster.has(what.by)) return await expect(depositing).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await depositing;
      model.deposits.push({ session: makeTestSession(testRoom, name).session, epoch: model.epoch });
      return;
    }
    case 'read':
      return await readsWhatItMay(world, what.by);
  }
}

/** A colleague leaves the firm. The client of a lead, or of the partner on the project, takes them out by itself; else the keeper of the recovery kit does. */
async function revoke(world: World, whom: number): Promise<void> {
  const { model, firm, people } = world;
  if (model.revoked.has(whom)) return;
  const { secrets, keys } = firm.partner.account;
  const actor = { account: secrets.account, organisation: secrets.organisation, keys };
  const entry = { type: 'revoke', account: idOf(people[whom] as TestPerson), reason: 'left' } as const;
  await firm.partner.log?.append((state) => makeLogEntry(state, actor, entry, firm.clock.now()));
  model.revoked.add(whom);
  if (!model.roster.has(whom)) return;
  const left = [...model.roster].filter(([number]) => number !== whom);
  const given = (next: Roster): Model => ({ ...model, roster: next, gone: goneAfter(model, next), epoch: model.epoch + 1, given: new Map([...model.given, ...[...next.keys()].map((number) => [number, model.epoch + 1] as const)]) });
  const leads = left.filter(([, role]) => role === 'lead');
  const by = leads[0]?.[0] ?? left.find(([number]) => number === 0)?.[0];
  if (by !== undefined) {
    const client = world.clients[by] as VaultClient;
    await client.log.append((state, known) => makeDepartures(client.context(known), state as ProjectState));
    world.model = given(new Map(left.map(([number, role]) => [number, leads.length === 0 && number === 0 ? 'lead' : role])));
    return;
  }
  const next = new Map(left.length === 0 ? [[0, 'lead' as const]] : left.map(([number, role], at) => [number, at === 0 ? 'lead' : role] as const));
  const keeper = world.clients[0] as VaultClient;
  const roster = [...next].map(([number, role]) => ({ account: idOf(people[number] as TestPerson), role }));
  await keeper.log.append((state, known) => makeRosterChange(contextOf(firm, world.root, known), state as ProjectState, roster));
  world.model = given(next);
}

/** Exactly what was deposited up to the newest epoch that they were given, on a device that remembers nothing. */
async function readsWhatItMay({ model, people, project }: World, number: number): Promise<void> {
  const client = await project.client(people[number] as TestPerson, { device: await makeMemoryDevice().open() });
  const newest = model.given.get(number);
  if (newest === undefined) return await expect(client.read()).rejects.toMatchObject({ code: 'EPOCH_CLOSED' });
  const { sessions } = await client.read();
  const may = model.deposits.filter(({ epoch }) => epoch <= newest).map(({ session }) => session);
  expect(sessions.map(({ sessionId }) => sessionId).sort()).toEqual([...may].sort());
}

async function holds(steps: readonly Step[]): Promise<void> {
  const world = await makeWorld();
  for (const what of steps) await take(world, what);
  for (let number = 0; number < members + candidates; number++) await readsWhatItMay(world, number);
  // Who reads the project now reads all of it, and so does the recovery kit.
  const state = (await (world.clients[0] as VaultClient).log.refresh()) as ProjectState;
  for (const number of world.model.roster.keys()) expect(world.model.given.get(number)).toBe(world.model.epoch);
  const recovery = openEpochs(state, { id: state.organisation, box: world.root.recovery });
  expect(recovery.keys.map((keys) => keys.number)).toEqual(Array.from({ length: world.model.epoch }, (_, at) => at + 1));
}

/** What once failed. */
const kept: Step[][] = [
  // Somebody deposits before they are in the project, and comes into it under the same epoch.
  [{ do: 'revoke', whom: 1 }, { do: 'deposit', by: 0 }, { do: 'deposit', by: 0 }, { do: 'add', by: 2, whom: 0 }],
  // Somebody takes the place of a colleague who has left the firm.
  [{ do: 'revoke', whom: 1 }, { do: 'hand over', by: 2, from: 1, to: 0 }, { do: 'deposit', by: 0 }],
];

test('whatever a team does, nobody reads what they may not, and everybody else reads all', async () => {
  const property = fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 16 }), holds);
  await fc.assert(property, { numRuns: Number(process.env['MODEL_RUNS'] ?? 20), examples: kept.map((steps) => [steps]) });
});
