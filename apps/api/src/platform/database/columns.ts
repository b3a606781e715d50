import { customType, timestamp } from 'drizzle-orm/pg-core';

/** A moment, in UTC; a Date in JavaScript. */
export const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

/** Bytes; a Buffer in JavaScript. */
export const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' });
