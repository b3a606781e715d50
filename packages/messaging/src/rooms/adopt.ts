import type { Context } from '../context.ts';
import { makeWindow } from '../timeline/views.ts';
import { setRow, type Room } from './room.ts';

/**
 * Re-homes what was written to a placeholder, in its order and in one transaction. Views of the placeholder go on with
 * the room, and so does its name, after a reload too. Doing it again does nothing.
 */
export async function adopt(context: Context, placeholder: Room, room: Room): Promise<void> {
  if (placeholder === room || placeholder.record.adoptedBy === room.id) return;
  const rows = placeholder.rows.map((row) => ({ ...row, roomId: room.id }));
  const { draft } = placeholder.record;
  placeholder.rows = [];
  placeholder.record = { ...placeholder.record, adoptedBy: room.id, draft: '' };
  for (const row of rows) setRow(room, row);
  if (draft !== '' && room.record.draft === '') room.record = { ...room.record, draft, draftTold: false };
  moveViews(context, placeholder, room);
  context.changed(placeholder);
  context.changed(room);
  await context.store.write({ outbox: rows, rooms: [placeholder.record, room.record] });
}

/** Moves the views of a placeholder to the room that it became. */
function moveViews(context: Context, from: Room, to: Room): void {
  const { window } = from;
  if (!window) return;
  from.window = null;
  const target = (to.window ??= makeWindow(context, to));
  for (const view of window.views) {
    view.room = to;
    target.views.add(view);
  }
  context.changed(to);
}
