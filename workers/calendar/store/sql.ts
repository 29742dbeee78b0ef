/** What all tables of the calendar's store read rows with. */
export type Row = Record<string, SqlStorageValue>;

export const text = (value: SqlStorageValue | undefined): string => String(value);
export const maybeNumber = (value: SqlStorageValue | undefined): number | null =>
  value === null || value === undefined ? null : Number(value);

export const maybeText = (value: SqlStorageValue | undefined): string | null => (value == null ? null : String(value));

/** The first row, or null. */
export const one = (sql: SqlStorage, query: string, ...bindings: SqlStorageValue[]): Row | null =>
  sql.exec(query, ...bindings).toArray()[0] ?? null;

/** What `body` of each row holds. The caller knows which shape its own table keeps. */
export const bodies = <T>(sql: SqlStorage, query: string, ...bindings: SqlStorageValue[]): T[] =>
  sql
    .exec(query, ...bindings)
    .toArray()
    .map((row) => JSON.parse(text(row['body'])) as T);
