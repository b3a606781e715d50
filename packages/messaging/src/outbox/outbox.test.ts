import { BatonError } from '@baton/base';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { HomeserverError, type Homeserver, type OutboxRow, type StoreChanges } from '../ports.ts';
import { maxBodyBytes } from '../session.ts';
import { modelDigest } from '../testing/modelPage.ts';
import { makeScene, room, type Actor, type Scene } from '../testing/scene.ts';

const hour = 3_600_000;
let scene: Scene;
let recruiter: Actor;
let candidate: Actor;

beforeEach(async () => {
  scene = makeScene();
  recruiter = await scene.open('@recruiter');
  candidate = await scene.open('@candidate');
});

/** Sends without waiting, as a person does. */
const say = (who: Actor, body: string, roomId = room, mid = body): void => void who.session.send(roomId, { body }, mid).catch(() => undefined);
const bodies = (): string[] => scene.server.history(room).map(({ content }) => JSON.parse(atob(String(content['ciphertext']))).content.body);

describe('A message', () => {
  it('shows as queued at once, and as delivered when the other side has it', async () => {
    say(recruiter, 'hello');
    await Promise.resolve();
    expect(recruiter.reads()).toEqual(['hello (queued)']);
    await scene.settle();
    expect(recruiter.reads()).toEqual(['hello (delivered)']);
    expect(candidate.reads()).toEqual(['hello']);
  });

  it('keeps its key from the first keystroke to the echo', async () => {
    say(recruiter, 'hello', room, 'my-id');
    await Promise.resolve();
    expect(recruiter.sees().at(-1)?.key).toBe('my-id');
    await scene.settle();
    expect(recruiter.sees().at(-1)?.key).toBe('my-id');
  });

  it('carries counter, device and the hash of the one before inside the ciphertext', async () => {
    say(recruiter, 'one');
    say(recruiter, 'two');
    await scene.settle();
    const batons = scene.server.history(room).map(({ content }) => JSON.parse(atob(String(content['ciphertext']))).content.baton);
    expect(batons[0]).toMatchObject({ v: 1, mid: 'one', n: 1, device: 'recruiter-device', prev: null });
    expect(batons[1]).toMatchObject({ mid: 'two', n: 2 });
    expect(batons[1].prev).toBe(modelDigest(JSON.stringify([room, 'recruiter-device', 1, 'one', null, 'one'])));
  });

  it.each([['MESSAGE_EMPTY', ' \n'], ['MESSAGE_TOO_LONG', '好'.repeat(maxBodyBytes / 3 + 1)]])('is refused with %s, and nothing is queued', async (code, body) => {
    await expect(recruiter.session.send(room, { body })).rejects.toMatchObject({ code });
    expect(recruiter.reads()).toEqual([]);
  });

  it('that was sent twice under one id goes out once', async () => {
    say(recruiter, 'hello', room, 'same');
    say(recruiter, 'hello', room, 'same');
    await scene.settle();
    expect(bodies()).toEqual(['hello']);
  });

  it('is refused with STORAGE_FULL when the disk is full, and is not half sent', async () => {
    const admit = (changes: StoreChanges): void => {
      if (changes.outbox) throw new BatonError('STORAGE_FULL');
    };
    const full = await scene.open('@recruiter', { admit, deviceId: 'full' });
    const sending = full.session.send(room, { body: 'hello' });
    sending.catch(() => undefined);
    await scene.settle();
    await expect(sending).rejects.toMatchObject({ code: 'STORAGE_FULL' });
    expect(full.reads()).toEqual([]);
    expect(bodies()).toEqual([]);
  });
});

describe('On its way to the server', () => {
  /** A recruiter whose homeserver is looked at, or changed. */
  const spy = async (change: (homeserver: Homeserver) => Partial<Homeserver>, rest: Parameters<Scene['open']>[1] = {}): Promise<Actor> =>
    scene.open('@recruiter', { deviceId: 'spied', wrap: (homeserver) => ({ ...homeserver, ...change(homeserver) }), ...rest });

  it('the message is on the disk, marked as going out, and its key deposited, before the first PUT; its ciphertext is stored meanwhile', async () => {
    const order: string[] = [];
    const onDisk = (): OutboxRow | undefined => actor.device.disk.outbox.get('hello');
    const actor: Actor = await spy(
      (homeserver) => ({
        put: async (...args) => {
          order.push(`put, ${onDisk()?.goesOut ? 'known to go out' : 'unknown'}`);
          const eventId = await homeserver.put(...args);
          order.push(`its ciphertext is on the disk: ${onDisk()?.wire?.content['ciphertext'] === args[3]['ciphertext']}`);
          return eventId;
        },
      }),
      { depositor: { deposit: async ({ sessionId, exportSession }) => void order.push(`deposit ${sessionId} ${await exportSession()}`) } },
    );
    say(actor, 'hello');
    await scene.settle();
    expect(order).toEqual(['deposit !room spied 1 {"sessionId":"!room spied 1"}', 'put, known to go out', 'its ciphertext is on the disk: true']);
  });

  it('it need not be decrypted when it comes back, unless it does once more; what is kept is what was written', async () => {
    const decrypted: string[] = [];
    const decrypt = (homeserver: Homeserver): Pick<Homeserver, 'decrypt'> => ({ decrypt: (event) => (decrypted.push(event.eventId), homeserver.decrypt(event)) });
    const actor = await spy(decrypt);
    say(actor, 'one');
    await scene.settle();
    expect(actor.reads()).toEqual(['one (delivered)']);
    expect(decrypted).toEqual([]);

    const [event] = scene.server.history(room);
    scene.server.put(actor.device, room, 'again', 'm.room.encrypted', event!.content);
    await scene.settle();
    expect(decrypted).toHaveLength(1);
    expect(actor.reads()).toEqual(['one (delivered)']);

    actor.kill();
    const after = await spy(decrypt, { device: actor.device });
    expect(after.reads()).toEqual(['one (delivered)']);
  });

  it('what waited behind others has its ciphertext on the disk before the first PUT', async () => {
    const order: string[] = [];
    const actor: Actor = await spy((homeserver) => ({
      put: (...args) => {
        const row = actor.device.disk.outbox.get(args[1]);
        order.push(`${args[1]}: ${row?.wire?.content['ciphertext'] === args[3]['ciphertext']} ${row?.goesOut !== undefined}`);
        return homeserver.put(...args);
      },
    }));
    say(actor, 'hello');
    say(actor, 'again');
    await scene.settle();
    expect(order[1]).toBe('again: true false');
  });

  /** A page that ends when the server has the message, before its ciphertext is stored. */
  const endsEarly = async (): Promise<Actor> => {
    const admit = ({ outbox }: StoreChanges): void => {
      if (outbox?.some(({ wire }) => wire)) throw new BatonError('STORAGE_FULL');
    };
    const actor = await scene.open('@recruiter', { deviceId: 'early', admit });
    scene.fates.push('lost');
    say(actor, 'hello');
    while (scene.server.history(room).length === 0) await scene.stage.steps(1);
    actor.kill();
    expect(actor.device.disk.outbox.get('hello')).toMatchObject({ state: 'queued', goesOut: {} });
    expect(actor.device.disk.outbox.get('hello')?.wire).toBeUndefined();
    return actor;
  };

  it.each([0, 30])('a page that ends before the ciphertext is stored sends the message once, also %d hours later', async (hours) => {
    const early = await endsEarly();
    await scene.stage.pass(hours * hour);
    const again = await scene.open('@recruiter', { device: early.device });
    await scene.settle();
    say(again, 'next');
    await scene.settle();
    expect(again.reads()).toEqual(['hello (delivered)', 'next (delivered)']);
    const batons = scene.server.history(room).map(({ content }) => JSON.parse(atob(String(content['ciphertext']))).content.baton);
    expect(batons.map(({ mid, n }) => `${mid} ${n}`)).toEqual(['hello 1', 'next 2']);
    expect(batons[1].prev).toBe(modelDigest(JSON.stringify([room, 'early', 1, 'hello', null, 'hello'])));
  });

  it('waits while the key can not be deposited, and says why', async () => {
    const deposit = vi.fn().mockRejectedValueOnce(new BatonError('VAULT_FORKED')).mockResolvedValue(undefined);
    const actor = await scene.open('@recruiter', { deviceId: 'spied', depositor: { deposit } });
    say(actor, 'hello');
    await scene.stage.steps(200);
    expect(actor.sees().at(-1)).toMatchObject({ status: 'queued', failure: { code: 'VAULT_FORKED' } });
    await scene.settle();
    expect(actor.reads()).toEqual(['hello (delivered)']);
  });

  it('repeats the same bytes under the same transaction id when no answer came, and arrives once', async () => {
    const puts: unknown[][] = [];
    const actor = await spy((homeserver) => ({ put: (...args) => (puts.push(args), homeserver.put(...args)) }));
    scene.fates.push('lost', 'bad-gateway', 'unsent');
    say(actor, 'hello');
    await scene.settle();
    expect(puts.length).toBeGreaterThan(0);
    for (const put of puts) expect(put).toEqual(puts[0]);
    expect(bodies()).toEqual(['hello']);
  });

  it('keeps the order of a room through failures, and other rooms do not wait', async () => {
    scene.server.createRoom('!other', ['@recruiter', '@candidate']);
    await scene.settle();
    scene.fates.push('unsent', 'ok', 'unsent', 'bad-gateway');
    say(recruiter, '1');
    await scene.stage.steps(30);
    say(recruiter, 'elsewhere', '!other');
    await scene.stage.steps(60);
    expect(scene.server.history('!other')).toHaveLength(1);
    for (const body of ['2', '3', '4']) say(recruiter, body);
    await scene.settle();
    expect(bodies()).toEqual(['1', '2', '3', '4']);
  });

  it('honours the time that the server names, whoever wakes it', async () => {
    scene.fates.push('limited');
    say(recruiter, 'hello');
    await scene.stage.pass(4900);
    recruiter.session.wake();
    await scene.stage.steps(100);
    expect(bodies()).toEqual([]);
    await scene.stage.pass(200);
    expect(bodies()).toEqual(['hello']);
  });

  it('goes at once when the connection is back', async () => {
    recruiter.device.connection.set('offline');
    say(recruiter, 'hello');
    await scene.stage.pass(hour);
    expect(recruiter.reads()).toEqual(['hello (queued)']);
    recruiter.device.connection.set('online');
    await scene.stage.steps(100);
    expect(bodies()).toEqual(['hello']);
  });

  it('looks for itself before a resend that comes after the server forgot', async () => {
    scene.fates.push('lost');
    say(recruiter, 'hello');
    while (scene.server.history(room).length === 0) await scene.stage.steps(1);
    recruiter.kill();
    await scene.stage.pass(30 * hour);
    const again = await scene.open('@recruiter', { device: recruiter.device });
    await scene.settle();
    expect(bodies()).toEqual(['hello']);
    expect(again.reads()).toEqual(['hello (delivered)']);
    expect(again.device.disk.outbox.size).toBe(0);
  });

  it('does not trust a clock that went back', async () => {
    scene.fates.push('lost');
    say(recruiter, 'hello');
    while (scene.server.history(room).length === 0) await scene.stage.steps(1);
    recruiter.kill();
    recruiter.device.clockOffset -= 100 * hour;
    await scene.stage.pass(30 * hour);
    await scene.open('@recruiter', { device: recruiter.device });
    await scene.settle();
    expect(bodies()).toEqual(['hello']);
  });

  it('waits with a reason while a member is not certified, and goes when that changes', async () => {
    let ghost = true;
    const actor = await spy((homeserver) => ({
      encrypt: async (...args) => {
        if (ghost) throw new BatonError('UNCERTIFIED_MEMBER');
        return homeserver.encrypt(...args);
      },
    }));
    say(actor, 'secret');
    await scene.stage.pass(60_000);
    expect(actor.sees().at(-1)).toMatchObject({ status: 'queued', failure: { code: 'UNCERTIFIED_MEMBER' } });
    ghost = false;
    scene.server.setMember(room, '@ghost', 'leave', '@svc');
    await scene.stage.steps(200);
    expect(actor.sees().findLast((item) => item.kind === 'message')).toMatchObject({ body: 'secret', failure: null });
  });

  it('a refusal of the session is not held against the message', async () => {
    let signedOut = true;
    const actor = await spy((homeserver) => ({
      put: async (...args) => {
        if (signedOut) throw new HomeserverError({ kind: 'refused', status: 401, code: 'M_UNKNOWN_TOKEN' }, 'ended');
        return homeserver.put(...args);
      },
    }));
    say(actor, 'hello');
    await scene.stage.pass(hour);
    expect(actor.reads()).toEqual(['hello (queued)']);
    signedOut = false;
    actor.session.wake();
    await scene.settle();
    expect(actor.reads()).toEqual(['hello (delivered)']);
  });
});

describe('A message that the server refuses for good', () => {
  beforeEach(async () => {
    scene.fates.push('refused');
    say(recruiter, 'first');
    say(recruiter, 'second');
    await scene.settle();
  });

  it('says so, and holds what is behind it', () => {
    expect(recruiter.reads()).toEqual(['first (failed)', 'second (queued)']);
    expect(recruiter.sees().find((item) => item.key === 'first')).toMatchObject({ failure: { code: 'NOT_A_MEMBER' } });
    expect(recruiter.session.rooms.current()[0]?.failed).toBe(true);
    expect(bodies()).toEqual([]);
  });

  it('is still there after a reload', async () => {
    recruiter.kill();
    const again = await scene.open('@recruiter', { device: recruiter.device });
    expect(again.reads()).toEqual(['first (failed)', 'second (queued)']);
  });

  it('goes before the others when it is retried', async () => {
    void recruiter.session.retry(room, 'first');
    await scene.settle();
    expect(bodies()).toEqual(['first', 'second']);
    expect(recruiter.reads()).toEqual(['first (delivered)', 'second (delivered)']);
  });

  it('lets the others go when it is taken back, and leaves no hole in the counter', async () => {
    void recruiter.session.discard(room, 'first');
    await scene.settle();
    expect(bodies()).toEqual(['second']);
    expect(JSON.parse(atob(String(scene.server.history(room)[0]?.content['ciphertext']))).content.baton.n).toBe(1);
  });

  it('can not be taken back once it is out', async () => {
    void recruiter.session.retry(room, 'first');
    await scene.settle();
    await expect(recruiter.session.discard(room, 'first')).rejects.toMatchObject({ code: 'MESSAGE_ON_ITS_WAY' });
  });
});

describe('Before there is a homeserver', () => {
  it('one writes and reads what is here, and it goes out in order once there is one', async () => {
    say(candidate, 'earlier');
    await scene.settle();
    candidate.kill();
    const offline = await scene.open('@candidate', { device: candidate.device, stayOffline: true });
    say(offline, 'one');
    say(offline, 'two');
    await scene.settle();
    expect(offline.reads()).toEqual(['earlier (delivered)', 'one (queued)', 'two (queued)']);
    offline.kill();
    await scene.open('@candidate', { device: candidate.device });
    expect(bodies()).toEqual(['earlier', 'one', 'two']);
  });

  it('a placeholder holds messages and draft until it becomes a room, once and in order', async () => {
    candidate.sees('con_1');
    say(candidate, 'one', 'con_1');
    say(candidate, 'two', 'con_1');
    void candidate.session.saveDraft('con_1', 'and thr');
    await scene.settle();
    expect(candidate.reads('con_1')).toEqual(['one (queued)', 'two (queued)']);
    void candidate.session.adopt('con_1', room);
    void candidate.session.adopt('con_1', room);
    await scene.settle();
    expect(bodies()).toEqual(['one', 'two']);
    expect(candidate.reads('con_1')).toEqual(['one (delivered)', 'two (delivered)']);
    expect(candidate.session.rooms.current()).toMatchObject([{ roomId: room, draft: 'and thr' }]);
    say(candidate, 'three', 'con_1');
    await scene.settle();
    expect(bodies()).toEqual(['one', 'two', 'three']);
  });

  it('the name of a placeholder leads to the room after a reload too', async () => {
    say(candidate, 'one', 'con_1');
    void candidate.session.adopt('con_1', room);
    await scene.settle();
    candidate.kill();
    const again = await scene.open('@candidate', { device: candidate.device });
    again.sees('con_1');
    await scene.settle();
    expect(again.reads('con_1')).toEqual(['one (delivered)']);
  });
});
