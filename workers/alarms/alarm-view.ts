/** An alarm as the API shows it. Called by the resource and the command that clears one. */
import type { AlarmView } from '../../shared/contract/operations.ts';
import { isoOrNull, toIso } from '../../shared/time.ts';
import type { AlarmRow } from '../storage/queries/alarms.ts';

export const viewOfAlarm = (row: AlarmRow): AlarmView => ({
  id: row.id,
  kind: row.kind,
  subject: row.subject,
  tenant_id: row.tenantId,
  tenant_name: row.tenantName,
  first_seen_at: toIso(row.firstSeenAt),
  opened_at: toIso(row.openedAt),
  last_seen_at: toIso(row.lastSeenAt),
  count: row.count,
  detail: { ...row.detail },
  cleared_at: isoOrNull(row.clearedAt),
  cleared_by: row.clearedBy,
  reason: row.reason,
});
