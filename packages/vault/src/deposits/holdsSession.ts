/** Whether a Megolm session's export (JSON) is of this Matrix room and session. */
export function holdsSession({ exported, room, session }: { exported: string; room: string; session: string }): boolean {
  try {
    const parsed = JSON.parse(exported) as { room_id?: unknown; session_id?: unknown } | null;
    return parsed?.room_id === room && parsed.session_id === session;
  } catch {
    return false;
  }
}
