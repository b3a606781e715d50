import { sql } from 'drizzle-orm';
import { pageSize } from '../../../platform/errors/validate.ts';
import { member, type ApiContext } from '../../../platform/graphql/context.ts';
import type { VaultRow } from '../vault.table.ts';
import { readRooms } from './readRooms.ts';

/** How many sessions of a project there are, and how many of them a successor could read. */
export interface Coverage {
  projectId: string;
  sessions: number;
  deposited: number;
  covered: number;
  readAt: Date | null;
}

/** A session that is not covered. */
export interface Gap {
  roomId: string;
  conversationId: string | null;
  sessionId: string;
  senderMxid: string;
  since: Date;
  deposited: boolean;
}

/** A project's sessions, each with whether somebody deposited it and whether somebody else has found a deposit whole. */
const standings = (projectId: string) => sql`
  select s.room_id, s.session_id, s.sender_mxid, s.since, count(d.number) > 0 as deposited, coalesce(bool_or(k.reaches_first), false) as covered
  from vault_sessions s
  left join vault_deposits d on d.project_id = s.project_id and d.room_id = s.room_id and d.session_id = s.session_id
  left join vault_checks k on k.project_id = d.project_id and k.number = d.number
  where s.project_id = ${projectId}
  group by s.room_id, s.session_id`;

/** What there is now, after a look at the rooms. Whoever sees the project. */
export async function coverageOf(ctx: ApiContext, vault: VaultRow): Promise<Coverage> {
  member(ctx);
  const readAt = await readRooms(ctx.services, vault);
  // As nobody: a partner who is not on the project sees how much is there, not what.
  const [counts] = await ctx.services.system.read((tx) =>
    tx.execute<{ sessions: number; deposited: number; covered: number }>(sql`
      select count(*)::int as sessions, (count(*) filter (where deposited))::int as deposited, (count(*) filter (where covered))::int as covered
      from (${standings(vault.projectId)}) standing`),
  );
  return { projectId: vault.projectId, sessions: 0, deposited: 0, covered: 0, ...counts, readAt };
}

/** Sessions that are not covered, oldest first. Refused: OUT_OF_RANGE (more than 500). */
export async function gapsOf(ctx: ApiContext, { projectId }: Coverage, first: number): Promise<Gap[]> {
  member(ctx);
  const limit = pageSize(first, 'first', 500);
  // As nobody: see above.
  const rows = await ctx.services.system.read((tx) =>
    tx.execute<{ room_id: string; conversation_id: string | null; session_id: string; sender_mxid: string; since: string; deposited: boolean }>(sql`
      select standing.*, c.id as conversation_id from (${standings(projectId)}) standing
      left join conversations c on c.room_id = standing.room_id
      where not covered order by since, session_id limit ${limit}`),
  );
  return rows.map((row) => ({
    roomId: row.room_id, conversationId: row.conversation_id, sessionId: row.session_id, senderMxid: row.sender_mxid, since: new Date(row.since), deposited: row.deposited,
  }));
}
