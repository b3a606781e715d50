/**
 * The filter of a poll, as Matrix writes it (client-server API, "Filtering"). Only what a conversation needs: no presence, and a
 * short beginning, since older messages are asked for one by one. `first`: there was no poll before.
 */
export const syncFilter = (first: boolean): string =>
  JSON.stringify({
    presence: { not_types: ['*'] },
    room: {
      timeline: { limit: first ? 15 : 50 },
      state: { types: ['m.room.member', 'm.room.encryption', 'm.room.history_visibility', 'm.room.create', 'm.room.tombstone'] },
      ephemeral: { types: ['m.receipt', 'm.typing'] },
    },
  });
