import { beforeEach, describe, expect, it } from 'vitest';
import type { Context } from '../context.ts';
import { makeStage, type Stage } from '../testing/stage.ts';
import { emptyRecord, makeRoom, type Room } from './room.ts';
import { makeTypingNotices, type TypingNotices } from './typing.ts';

let stage: Stage;
let told: boolean[];
let room: Room;
let notices: TypingNotices;

beforeEach(() => {
  stage = makeStage(() => 0);
  told = [];
  room = makeRoom({ ...emptyRecord('!room'), membership: 'join' });
  const homeserver = { sendTyping: async (_: string, typing: boolean) => void told.push(typing) };
  notices = makeTypingNotices({ scheduler: stage.scheduler, homeserver, stopped: false } as unknown as Context);
});

describe('The typing notice', () => {
  it('goes at once when somebody begins to write', async () => {
    await notices.tell(room, true);
    expect(told).toEqual([true]);
  });

  it('is taken back a moment after the message, so that it does not stand in its way', async () => {
    await notices.tell(room, true);
    await notices.tell(room, false);
    await stage.pass(400);
    expect(told).toEqual([true]);
    await stage.pass(200);
    expect(told).toEqual([true, false]);
  });

  it('is heard again when the next message is begun within that moment', async () => {
    await notices.tell(room, true);
    await notices.tell(room, false);
    await notices.tell(room, true);
    await stage.pass(1000);
    expect(told).toEqual([true, false, true]);
  });

  it('is not for a room that one has not joined', async () => {
    room.record = { ...room.record, membership: 'leave' };
    await notices.tell(room, true);
    expect(told).toEqual([]);
  });
});
