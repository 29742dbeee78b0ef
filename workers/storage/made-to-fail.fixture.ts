/** Lets statements of one tenant fail while a test runs something, so that a batch is seen to leave nothing. Used by workerd tests. */
import { env } from '../../tests/contract/tenants.ts';

interface Failure {
  table: string;
  verb?: 'INSERT' | 'UPDATE' | 'DELETE';
  /** other tenants' rows pass */
  tenantId: string;
  database?: D1Database;
}

/** Runs something while the tenant's statements on a table fail; other tenants' pass. */
export async function madeToFail<T>(
  { table, verb = 'INSERT', tenantId, database = env.DB }: Failure,
  run: () => Promise<T>,
): Promise<T> {
  const name = `fail_${table}_${crypto.randomUUID().replaceAll('-', '')}`;
  const row = verb === 'DELETE' ? 'OLD' : 'NEW';
  await database
    .prepare(
      `CREATE TRIGGER ${name} BEFORE ${verb} ON ${table} WHEN ${row}.tenant_id = '${tenantId}' BEGIN SELECT RAISE(ABORT, 'made to fail'); END`,
    )
    .run();
  try {
    return await run();
  } finally {
    await database.prepare(`DROP TRIGGER ${name}`).run();
  }
}
