import { bigint, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { moment } from '../../database/columns.ts';

/** Something to be done at the homeserver. Each kind may be done twice without harm. */
export type MatrixTask =
  | { kind: 'delete-devices'; mxid: string; deviceIds: string[] }
  | { kind: 'join'; roomId: string; mxid: string }
  | { kind: 'remove'; roomId: string; mxid: string; reason: string }
  | { kind: 'rename'; mxid: string; displayName: string }
  | { kind: 'set-state'; roomId: string; type: string; key: string; content: Record<string, unknown> }
  | { kind: 'deactivate'; mxid: string };

export const matrixTasks = pgTable('matrix_tasks', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  kind: text('kind').notNull(),
  payload: jsonb('payload').$type<MatrixTask>().notNull(),
  attempts: integer('attempts').notNull().default(0),
  notBefore: moment('not_before').notNull().defaultNow(),
  createdAt: moment('created_at').notNull().defaultNow(),
});
