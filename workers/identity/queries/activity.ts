/** Entries of the activity log as they are shown. Called by activity.resource.ts, which asked for the permission. */
import type { ActivityDetailView, ActivityView } from '../../../shared/contract/activity.ts';
import { toIso } from '../../../shared/time.ts';
import { operatorNames } from '../../storage/identity/support.ts';
import { type AuditRow, auditValuesOf } from '../../storage/queries/activity.ts';
import type { TenantScope } from '../../tenancy/scope.ts';

/** Entries as the list shows them. */
export async function viewsOfActivity(scope: TenantScope, rows: readonly AuditRow[]): Promise<ActivityView[]> {
  const [names, operators] = await Promise.all([
    scope.recentNamesOfUsers(rows.filter((row) => row.causerType === 'user').map((row) => row.causerId)),
    behind(scope, rows),
  ]);
  return rows.map((row) => viewOf(row, names, operators));
}

/** Names of those who acted in others' names; asked only where somebody did. */
const behind = (scope: TenantScope, rows: readonly AuditRow[]): Promise<ReadonlyMap<string, string>> =>
  operatorNames(
    scope.db,
    rows.flatMap(({ impersonatorId }) => impersonatorId ?? []),
  );

/** One entry with the values that were changed. */
export async function detailOfActivity(scope: TenantScope, row: AuditRow): Promise<ActivityDetailView> {
  const [names, operators, values] = await Promise.all([
    scope.namesOfUsers(row.causerType === 'user' ? [row.causerId] : []),
    behind(scope, [row]),
    auditValuesOf(scope.db, row.id),
  ]);
  return {
    ...viewOf(row, names, operators),
    before: values?.before ?? null,
    after: values?.after ?? null,
    ip: values?.ip ?? null,
  };
}

const viewOf = (
  row: AuditRow,
  names: ReadonlyMap<string, string>,
  operators: ReadonlyMap<string, string>,
): ActivityView => ({
  id: row.id,
  log: row.log,
  event: row.description,
  subject_type: row.subjectType,
  subject_id: row.subjectId,
  causer_type: row.causerType,
  causer_id: row.causerId,
  causer_name: names.get(row.causerId) ?? null,
  impersonator_id: row.impersonatorId,
  impersonator_name: row.impersonatorId === null ? null : (operators.get(row.impersonatorId) ?? null),
  fields: row.fields,
  changes: row.changes,
  request_id: row.requestId,
  created_at: toIso(row.createdAt),
});
