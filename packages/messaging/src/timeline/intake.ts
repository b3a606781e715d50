import type { Context } from '../context.ts';
import type { DeviceMessage, Homeserver, RoomUpdate, SyncUpdate, WireEvent } from '../ports.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { deliveredType, makeDeliveryReceipts } from '../receipts/delivered.ts';
import { makeSharedTicks, ticksType } from '../receipts/sharedTicks.ts';
import { sharingType, type ReadSharing } from '../receipts/sharing.ts';
import type { Drafts } from '../rooms/drafts.ts';
import { inRoom, type Room } from '../rooms/room.ts';
import { draftType, makeSharedDrafts } from '../rooms/sharedDrafts.ts';
import { makeBackfill, type Backfill } from './backfill.ts';
import { showEarly } from './early.ts';
import { makeHistory, type History } from './history.ts';
import { makeProofs } from './proofs.ts';
import { receive } from './receive.ts';
import { makeUnlocking, undecryptedOf } from './unlock.ts';

/** Everything that comes in from the homeserver, and what follows from it. */
export interface Intake {
  readonly backfill: Backfill;
  readonly history: History;
  /** Returns what ends the listening. */
  listen(homeserver: Homeserver): (() => void)[];
  /** There is a connection (again): does what could not be done without. */
  catchUp(): void;
  /** Unsent text came to a room in another way than by being typed. */
  draftsMoved(): void;
  /** The homeserver has accepted an event that no sync has brought yet. */
  heardEarly(event: WireEvent): void;
  /** A view of the room was opened. */
  opened(room: Room): void;
  /** It reaches further back. */
  lengthened(room: Room): void;
  stop(): void;
}

export function makeIntake(context: Context, { outbox, drafts, sharing }: { outbox: Outbox; drafts: Drafts; sharing: ReadSharing }): Intake {
  const receipts = makeDeliveryReceipts(context);
  const ticks = makeSharedTicks(context);
  const sharedDrafts = makeSharedDrafts(context);
  drafts.attach(sharedDrafts.changed);
  const settled = (room: Room): void => {
    receipts.stored(room).catch(context.report);
  };
  const askIfNeeded = async (room: Room): Promise<void> => {
    if (context.homeserver && (await inRoom(room, () => undecryptedOf(context, room))).size > 0) unlocking.askBackup(room);
  };
  const backfill = makeBackfill(context, (room) => {
    settled(room);
    askIfNeeded(room).catch(context.report);
  });
  const unlocking = makeUnlocking(context, settled);
  const proofs = makeProofs(context);

  /** What can't be asked for now is asked for when there is a connection again. */
  const look = (room: Room): void => void backfill.lookForMissing(room).catch(context.report);

  const take = async (homeserver: Homeserver, update: RoomUpdate): Promise<void> => {
    const room = context.room(update.roomId);
    const { membersChanged, undecrypted, holeInCounter } = await receive(context, homeserver, room, update);
    await inRoom(room, async () => {
      const draft = update.accountData[draftType];
      const marks = update.accountData[ticksType];
      if (draft) await sharedDrafts.take(room, draft);
      if (marks) await ticks.take(room, marks);
    });
    if (membersChanged) outbox.wake(room);
    if (undecrypted) unlocking.askBackup(room);
    settled(room);
    backfill.tend(room);
    if (holeInCounter) look(room);
  };

  /** A session that was stopped stores nothing more, so it never says that it did: the token must not advance. */
  const takeSync = async (homeserver: Homeserver, update: SyncUpdate): Promise<void> => {
    if (context.stopped) return new Promise(() => undefined);
    await sharing.take(update.accountData[sharingType]);
    await Promise.all(update.rooms.map((room) => take(homeserver, room)));
  };

  const takeDeviceMessage = (message: DeviceMessage): void => {
    if (message.type !== deliveredType) return;
    receipts.take(message).then((room) => room && ticks.changed(room), context.report);
  };

  return {
    backfill,
    history: makeHistory(context, backfill, unlocking),
    listen: (homeserver) => {
      const endings = [homeserver.onKeys(unlocking.keysArrived), homeserver.onProof(proofs.came), homeserver.onDeviceMessage(takeDeviceMessage)];
      // Last: it may begin at once, and what it brings along must be heard. It is never unsubscribed.
      homeserver.onSync((update) => takeSync(homeserver, update));
      return endings;
    },
    catchUp: () => {
      receipts.tellAll();
      sharedDrafts.tellAll();
      for (const room of context.rooms.values()) {
        backfill.tend(room);
        if (room.looking) look(room);
        askIfNeeded(room).catch(context.report);
        if (room.window) proofs.judge(room).catch(context.report);
      }
    },
    heardEarly: (event) => {
      const room = context.rooms.get(event.roomId);
      if (room && context.homeserver) showEarly(context, context.homeserver, room, event).catch(context.report);
    },
    draftsMoved: sharedDrafts.tellAll,
    opened: (room) => {
      askIfNeeded(room).catch(context.report);
      proofs.judge(room).catch(context.report);
    },
    lengthened: (room) => void proofs.judge(room).catch(context.report),
    stop: () => {
      for (const part of [receipts, ticks, sharedDrafts, backfill, unlocking]) part.stop();
    },
  };
}
