/** Part of a name in any case, for lists of tens or hundreds of rows. Called by the list sources of queries/. */
import { type Column, type SQL, sql } from 'drizzle-orm';

/** SQLite's `lower` knows ASCII only: German capitals are turned by hand. */
export const nameContains = (name: Column, text: string): SQL =>
  sql`instr(lower(replace(replace(replace(${name}, 'Ä', 'ä'), 'Ö', 'ö'), 'Ü', 'ü')), ${text.trim().toLowerCase()}) > 0`;
