/** Whether tags named by a client are the tenant's. Called by the customers' commands. */
import type { DomainError } from '../../../shared/errors.ts';
import { type Err, err } from '../../../shared/result.ts';
import { liveTags } from '../../storage/queries/tags.ts';
import type { TenantScope } from '../../tenancy/scope.ts';

/** Refuses (NOT_FOUND) ids that are no tag of the tenant, or a deleted one; null: all are known. */
export async function unknownTag(scope: TenantScope, ids: readonly string[]): Promise<Err<DomainError> | null> {
  const wanted = [...new Set(ids)];
  const known = await liveTags(scope.db, wanted);
  return known.length === wanted.length ? null : err({ code: 'NOT_FOUND', entity: 'tag' });
}
