/** A session or key that ends takes its live streams with it. Called by commands/ after the end is stored. */
import { log } from '../log.ts';
import type { TenantScope } from '../tenancy/scope.ts';

/**
 * Tells the tenant's objects. What can't be told now ends by itself: a stream lives a quarter of an hour, and then its reader is judged again.
 * @param session a session's id, or `api_key:key_…`
 */
export async function endListening(scope: TenantScope, session: string): Promise<void> {
  // The operator's tenant has no objects, and asking would make them.
  if (scope.tenantId === 'platform') return;
  const told = await Promise.allSettled([scope.calendar.endStreams(session), scope.ledger.endStreams(session)]);
  for (const one of told)
    if (one.status === 'rejected')
      log('warn', 'streams_not_ended', { tenantId: scope.tenantId, requestId: scope.requestId, fault: one.reason });
}
