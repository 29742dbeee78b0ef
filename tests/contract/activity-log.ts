/** Which routes of the document change something of a tenant, and what each leaves in its activity log. Used by the tests of who is named there. */
import { type Operation, operationsOf } from './document.ts';
import { labelOf } from './requests.ts';
import { env } from './tenants.ts';
import { openApi } from './whole-document.ts';

/** Asked by POST because the question is long, and who looks at a day, which only memory knows: they change nothing that is kept. */
const QUESTIONS: ReadonlySet<string> = new Set([
  'POST /api/v2/availability/simple',
  'POST /api/v2/availability/composite',
  'PUT /api/v1/presence',
]);
/** Leaves a session of the support, and ends it (workers/identity/support.workerd.test.ts). */
const WAY_OUT = 'POST /api/v1/security/support-session/end';

/** Everything that leaves a row. */
export const changing: Operation[] = operationsOf(openApi).filter(
  (operation) =>
    operation.kind === 'tenant' &&
    operation.method !== 'GET' &&
    operation.method !== 'HEAD' &&
    labelOf(operation) !== WAY_OUT &&
    !QUESTIONS.has(labelOf(operation)),
);

export interface LogRow {
  id: string;
  description: string;
  causer_type: string;
  causer_id: string;
  impersonator_id: string | null;
  fields: string;
  changes: string | null;
}
export async function logOf(tenantId: string): Promise<LogRow[]> {
  const { results } = await env.DB.prepare(
    'SELECT id, description, causer_type, causer_id, impersonator_id, fields, changes FROM audit_log WHERE tenant_id = ?1 ORDER BY id',
  )
    .bind(tenantId)
    .all<LogRow>();
  return results;
}

/** The objects hand over what waits. */
export async function drained(tenantId: string): Promise<void> {
  for (const namespace of [env.CALENDAR, env.LEDGER]) {
    const object = namespace.get(namespace.idFromName(tenantId));
    await object.resume();
    await object.drain();
  }
}
