/** Uptime, log lines, defects and the last results of the live checks, as the operator reads them. Called by watch-commands.ts. */
import { permissionRefusal } from '../../../shared/actor.ts';
import type { DefectView, LiveCheckView, LogLineView, UptimeView } from '../../../shared/contract/watch.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { DAY, isoOrNull, toIso } from '../../../shared/time.ts';
import { type DefectState, LIVE_CHECKS, LOG_DAYS, type LogChannel, UPTIME_DAYS } from '../../../shared/watch-status.ts';
import type { Platform } from '../../env.ts';
import { cursorOf, type ListMeta, metaOf, type Page, pageOf } from '../../http/list.ts';
import { archivedLines, type KeptLine, securityLines } from '../../storage/log-lines.ts';
import {
  type DefectRow,
  defectPage,
  firstLook,
  lastLook,
  type LiveCheckRow,
  liveCheckRows,
  notableLooks,
  uptimeByDay,
} from '../../storage/queries/watch.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { daysOf, HOLE_MS, outagesOf, shareOfDays } from '../rules/outages.ts';

/** Looks that outages are made of: more would be a platform that is not well for days. */
const MAX_LOOKS = 3_000;
/** Outages that are shown, the newest first. */
const MAX_OUTAGES = 100;

/** Ninety days with their outages. Refusals: PERMISSION_DENIED (`view_alarms`). */
export async function uptime(platform: Platform, scope: TenantScope): Promise<Result<UptimeView>> {
  const refused = permissionRefusal(scope.actor, 'view_alarms');
  if (refused) return refused;
  const { now } = scope;
  const since = (Math.floor(now / DAY) - UPTIME_DAYS + 1) * DAY;
  const [counted, first, last, looks] = await Promise.all([
    uptimeByDay(platform, since),
    firstLook(platform, since),
    lastLook(platform),
    notableLooks(platform, since, HOLE_MS, MAX_LOOKS),
  ]);
  const days = daysOf(counted, first, now);
  return ok({
    since: isoOrNull(first),
    share: shareOfDays(days),
    days,
    outages: outagesOf(looks, last?.at ?? null, now)
      .reverse()
      .slice(0, MAX_OUTAGES)
      .map(({ kind, from, to, parts }) => ({ kind, from: toIso(from), to: isoOrNull(to), parts })),
  });
}

const viewOfLine = (line: KeptLine): LogLineView => ({ ...line, at: toIso(line.at) });

export interface LogQuestion {
  cursor?: string | undefined;
  limit: number;
  channel: LogChannel;
  from?: number | undefined;
  to?: number | undefined;
  request_id?: string | undefined;
  tenant_id?: string | undefined;
}

export interface LogListed {
  data: LogLineView[];
  meta: ListMeta & { truncated?: boolean };
}

/** A page of lines of a channel, newest first. Refusals: PERMISSION_DENIED (`view_logs`), VALIDATION_ERROR (`cursor`). */
export async function logList(platform: Platform, scope: TenantScope, asked: LogQuestion): Promise<Result<LogListed>> {
  const refused = permissionRefusal(scope.actor, 'view_logs');
  if (refused) return refused;
  const { channel, limit, cursor, request_id: requestId, tenant_id: tenantId } = asked;
  const from = Math.max(asked.from ?? 0, scope.now - LOG_DAYS[channel] * DAY);
  const stretch = { requestId, tenantId, from, to: asked.to ?? scope.now + 1, limit };
  if (channel === 'security') {
    const after = cursorOf(cursor, ['number', 'string']);
    if (!after.ok) return after;
    const position = after.value && { at: after.value[0], id: after.value[1] };
    const rows = await securityLines(platform, { ...stretch, limit: limit + 1 }, position);
    const { shown, meta } = pageOf(rows, limit, (row) => [row.at, row.id]);
    return ok({ data: shown.map(viewOfLine), meta });
  }
  const after = cursorOf(cursor, ['string', 'number']);
  if (!after.ok) return after;
  const position = after.value && { key: after.value[0], skip: after.value[1] };
  const { lines, next, truncated } = await archivedLines(platform, channel, stretch, position);
  const meta = metaOf(next === null ? null : [next.key, next.skip]);
  return ok({ data: lines.map(viewOfLine), meta: { ...meta, ...(truncated && { truncated }) } });
}

/** A defect as it is shown. */
export const viewOfDefect = (row: DefectRow): DefectView => ({
  id: row.id,
  event: row.event,
  message: row.message,
  frames: row.frames,
  fields: { ...row.fields },
  count: row.count,
  first_seen_at: toIso(row.firstSeenAt),
  last_seen_at: toIso(row.lastSeenAt),
  opened_at: toIso(row.openedAt),
  state: row.state,
  state_by: row.stateBy,
  note: row.note,
});

/** A page of defects of a state. Refusals: PERMISSION_DENIED (`view_defects`), VALIDATION_ERROR (`cursor`). */
export async function defectList(
  platform: Platform,
  scope: TenantScope,
  { state, cursor, limit }: { state: DefectState; cursor?: string | undefined; limit: number },
): Promise<Result<Page<DefectView>>> {
  const refused = permissionRefusal(scope.actor, 'view_defects');
  if (refused) return refused;
  const after = cursorOf(cursor, ['number', 'string']);
  if (!after.ok) return after;
  const position = after.value && { at: after.value[0], id: after.value[1] };
  const rows = await defectPage(platform, { state, after: position, limit: limit + 1 });
  const { shown, meta } = pageOf(rows, limit, (row) => [row.lastSeenAt, row.id]);
  return ok({ shown: shown.map(viewOfDefect), meta });
}

/** A check as it is shown. @param row null: it has not been asked yet */
export const viewOfCheck = (id: LiveCheckView['id'], row: LiveCheckRow | null): LiveCheckView => ({
  id,
  result: row?.result ?? null,
  code: row?.code ?? null,
  detail: { ...row?.detail },
  at: isoOrNull(row?.at ?? null),
  ms: row?.ms ?? null,
  by: row?.by ?? null,
});

/** Every check before going live with what it said last. Refusals: PERMISSION_DENIED (`view_live_checks`). */
export async function liveCheckList(platform: Platform, scope: TenantScope): Promise<Result<LiveCheckView[]>> {
  const refused = permissionRefusal(scope.actor, 'view_live_checks');
  if (refused) return refused;
  const rows = await liveCheckRows(platform, LIVE_CHECKS);
  return ok(LIVE_CHECKS.map((id) => viewOfCheck(id, rows.find(({ name }) => name === id) ?? null)));
}
