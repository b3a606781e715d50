import type { Context } from '../context.ts';
import type { Room } from '../rooms/room.ts';
import type { Backfill } from './backfill.ts';
import { lengthen } from './views.ts';

/** Pages of events that no timeline shows may lie in between. */
const tries = 10;

/** Makes an open window longer: from the store as long as it has something, then from the server. Offline it stays as it is. */
export async function loadEarlier(context: Context, backfill: Backfill | null, room: Room): Promise<void> {
  const { window } = room;
  if (!window || window.loading) return;
  window.loading = true;
  context.changed(room);
  try {
    if (window.moreStored) await lengthen(context, room);
    const length = window.events.length;
    for (let n = 0; n < tries && !window.moreStored && window.events.length === length && room.record.backwardsFrom !== null && backfill; n += 1) {
      await backfill.earlier(room);
    }
  } catch (error) {
    context.report(error);
  } finally {
    window.loading = false;
    context.changed(room);
  }
}
