/** Where an import belongs: the branch whose country its numbers are read by and whose clock its dates mean. Called by jobs and commands of imports. */
import type { ImportRow } from '../storage/queries/imports.ts';
import type { TenantScope } from '../tenancy/scope.ts';
import type { Place } from './rules/read-row.ts';

/** The named branch, else the main one; a tenant without any is read by its own country. */
export async function placeOf(scope: TenantScope, { branchId }: Pick<ImportRow, 'branchId'>): Promise<Place> {
  const { result } = await scope.calendar.schedule();
  const branches = result.ok ? result.value.branches : [];
  const branch =
    branches.find(({ id }) => id === branchId) ?? branches.find(({ body }) => body.main) ?? branches[0] ?? null;
  const country = branch?.body.country ?? (await scope.tenant())?.country ?? 'DE';
  return {
    country,
    areaCode: branch?.body.areaCode ?? null,
    zone: branch?.body.timeZone ?? 'Europe/Berlin',
    now: scope.now,
  };
}
