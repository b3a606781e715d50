import { describe, expect, it } from 'vitest';
import type { Decryption, Homeserver, Proof, RoomUpdate, Sealer, SyncUpdate, WireEvent } from '../ports.ts';
import { openAttributions, type AttributionRecord } from './attributions.ts';

const sealer: Sealer = { seal: async (plain) => Uint8Array.from(plain, (byte) => byte ^ 0x5a), open: async (sealed) => Uint8Array.from(sealed, (byte) => byte ^ 0x5a) };
const event = (sender: string): WireEvent => ({ eventId: '$1', roomId: '!r', sender, type: 'm.room.encrypted', content: {}, originServerTs: 0 });
const update = (accountData: RoomUpdate['accountData']): SyncUpdate => ({
  accountData: {},
  rooms: [{ roomId: '!r', membership: 'join', state: [], timeline: [], limited: false, prevBatch: null, readReceipts: [], accountData }],
});

/** One device of a person: what the homeserver says of a decryption, and what it is given to keep. */
async function device(says: Decryption & { ok: true }) {
  let stored: AttributionRecord | null = null;
  const told: Record<string, Record<string, unknown>>[] = [];
  let sync: (update: SyncUpdate) => Promise<void> = async () => {};
  const tasks: (() => void)[] = [];
  const attributions = await openAttributions({
    record: { read: async () => stored, write: async (value) => void (stored = value) },
    sealer,
    scheduler: { now: () => 0, after: (_delay, task) => (tasks.push(task), () => {}) },
    report: (problem) => {
      throw problem;
    },
  });
  const homeserver = attributions.judge({
    userId: '@m-1:x',
    decrypt: async () => says,
    encrypt: async () => ({ content: {}, sessionId: 'S', messageIndex: 0 }),
    onSync: (handler: typeof sync) => ((sync = handler), () => {}),
    onProof: () => () => {},
    setRoomAccountData: async (_room: string, type: string, content: Record<string, unknown>) => void told.push({ [type]: content }),
  } as unknown as Homeserver);
  homeserver.onSync(async () => {});
  const proofs: Proof[] = [];
  homeserver.onProof((proof) => proofs.push(proof));
  const settle = async (): Promise<void> => {
    for (const task of tasks.splice(0)) task();
    for (let turn = 0; turn < 20; turn++) await Promise.resolve();
    await new Promise((resolve) => setTimeout(resolve, 0));
  };
  const authenticityOf = async (sender: string): Promise<string> => {
    const decryption = await homeserver.decrypt(event(sender));
    return decryption.ok ? decryption.authenticity : 'shut';
  };
  return { homeserver, attributions, proofs, told, settle, authenticityOf, sync: (data: RoomUpdate['accountData']) => sync(update(data)) };
}
const decrypted = (authenticity: 'certified' | 'unverified'): Decryption & { ok: true } => ({ ok: true, type: 'm.room.message', content: {}, authenticity, sessionId: 'S', messageIndex: 0 });

describe('attribution of sessions', () => {
  it('stays unproven where nobody has seen a proof', async () => {
    const backup = await device(decrypted('unverified'));
    expect(await backup.authenticityOf('@c-1:x')).toBe('unverified');
  });

  it('is carried to the person’s other devices, sealed, and holds there', async () => {
    const first = await device(decrypted('certified'));
    await first.authenticityOf('@c-1:x');
    await first.settle();
    expect(first.told).toHaveLength(1);
    expect(JSON.stringify(first.told)).not.toContain('@c-1:x');
    const second = await device(decrypted('unverified'));
    await second.sync(first.told[0]!);
    expect(await second.authenticityOf('@c-1:x')).toBe('certified');
  });

  it('of one’s own words needs no decryption: another device knows them as soon as they were encrypted', async () => {
    const first = await device(decrypted('certified'));
    await first.homeserver.encrypt('!r', 'm.room.message', {});
    await first.settle();
    const second = await device(decrypted('unverified'));
    await second.sync(first.told[0]!);
    expect(await second.authenticityOf('@m-1:x')).toBe('certified');
    expect(await second.authenticityOf('@c-1:x')).toBe('unverified');
  });

  it('is told of when it becomes known, here or by another device of theirs, and not twice', async () => {
    const proof = { sender: '@c-1:x', session: { roomId: '!r', sessionId: 'S' } };
    const first = await device(decrypted('unverified'));
    for (let times = 0; times < 2; times++) first.attributions.learn('!r', 'S', '@c-1:x');
    expect(first.proofs).toEqual([proof]);
    await first.settle();
    const second = await device(decrypted('unverified'));
    for (let times = 0; times < 2; times++) await second.sync(first.told[0]!);
    expect(second.proofs).toEqual([proof]);
  });

  it('does not vouch for another sender who uses the same session', async () => {
    const one = await device(decrypted('unverified'));
    one.attributions.learn('!r', 'S', '@m-1:x');
    expect(await one.authenticityOf('@m-2:x')).toBe('unverified');
    expect(await one.authenticityOf('@m-1:x')).toBe('certified');
  });

  it('a fact that is known here is not changed by what another device says', async () => {
    const liar = await device(decrypted('unverified'));
    liar.attributions.learn('!r', 'S', '@m-2:x');
    await liar.settle();
    const one = await device(decrypted('unverified'));
    one.attributions.learn('!r', 'S', '@m-1:x');
    await one.sync(liar.told[0]!);
    expect(await one.authenticityOf('@m-2:x')).toBe('unverified');
  });

  it('ignores account data that is sealed under another key', async () => {
    const one = await device(decrypted('unverified'));
    await one.sync({ 'com.baton.attributions': { v: 1, sealed: btoa('{"roomId":"!r","value":{"S":"@c-1:x"}}') } });
    expect(await one.authenticityOf('@c-1:x')).toBe('unverified');
  });
});
