/** Calls as they are shown: the list, one with transcript, receipt and appointment. Called by call-routes.ts. */
import type { z } from 'zod';
import { actorMay, permissionRefusal } from '../../../shared/actor.ts';
import type { CallDetail, CallListItem, callListQuery } from '../../../shared/contract/calls.ts';
import { inLanguage, type Language } from '../../../shared/i18n/language.ts';
import { maskPhone } from '../../../shared/mask-phone.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { dateOf, toIso } from '../../../shared/time.ts';
import { cursorOf, type Page, pageOf } from '../../http/list.ts';
import { callById, type CallRow, callsPage } from '../../storage/queries/calls.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { transcriptOf } from '../call-store.ts';
import { type CallMoney, receiptOf } from '../receipt.ts';
import { type Beside, beside, customerOf } from './names.ts';

function listView(row: CallRow, names: Beside): CallListItem {
  const branch = row.branchId === null ? undefined : names.branches.get(row.branchId);
  return {
    id: row.id,
    status: row.status,
    direction: row.direction,
    started_at: toIso(row.startedAt),
    ended_at: row.endedAt === null ? null : toIso(row.endedAt),
    duration_seconds: row.durationMs === null ? null : Math.ceil(row.durationMs / 1000),
    from_masked: row.fromNumber === null ? null : maskPhone(row.fromNumber),
    customer: customerOf(row, names),
    branch: branch && row.branchId !== null ? { id: row.branchId, name: branch.name } : null,
    summary: row.summary,
    sentiment: row.sentiment,
    successful: row.successful,
    appointment_id: row.appointmentId,
    charged_cents: row.chargedCents,
    currency: row.currency ?? names.currency,
  };
}

/** A page of calls, newest first. Refusals: PERMISSION_DENIED, VALIDATION_ERROR (`cursor`). */
export async function callPage(
  scope: TenantScope,
  query: z.output<typeof callListQuery>,
): Promise<Result<Page<CallListItem>>> {
  const refused = permissionRefusal(scope.actor, 'view_calls');
  if (refused) return refused;
  const after = cursorOf(query.cursor, ['number', 'string']);
  if (!after.ok) return after;
  const rows = await callsPage(scope.db, {
    after: after.value && { startedAt: after.value[0], id: after.value[1] },
    limit: query.limit + 1,
    ...(query.status === undefined ? {} : { status: query.status }),
    ...(query.sentiment === undefined ? {} : { sentiment: query.sentiment }),
    ...(query.with_appointment === undefined ? {} : { withAppointment: query.with_appointment }),
    ...(query.customer_id === undefined ? {} : { customerId: query.customer_id }),
  });
  const { shown, meta } = pageOf(rows, query.limit, (row) => [row.startedAt, row.id]);
  const names = await beside(
    scope,
    shown.map((row) => row.customerId),
  );
  return ok({ shown: shown.map((row) => listView(row, names)), meta });
}

/**
 * One call. The transcript is empty without `view_transcripts`, costs of providers are left out without `view_platform_costs`.
 * Refusals: PERMISSION_DENIED, NOT_FOUND.
 */
export async function oneCall(
  scope: TenantScope,
  { id, language }: { id: string; language: Language },
): Promise<Result<CallDetail>> {
  const refused = permissionRefusal(scope.actor, 'view_calls');
  if (refused) return refused;
  const row = await callById(scope.db, id);
  if (!row) return err({ code: 'NOT_FOUND', entity: 'call' });
  const [names, transcript, appointment] = await Promise.all([
    beside(scope, [row.customerId]),
    actorMay(scope.actor, 'view_transcripts') ? transcriptOf(scope, row) : [],
    appointmentOf(scope, row.appointmentId, language),
  ]);
  const timeZone = (row.branchId === null ? undefined : names.branches.get(row.branchId)?.timeZone) ?? 'Europe/Berlin';
  return ok({
    ...listView(row, names),
    transcript,
    receipt: receiptOf({
      state: row.chargeState,
      heldCents: row.heldCents,
      currency: row.currency ?? names.currency,
      money: row.money as CallMoney | null,
      provider: actorMay(scope.actor, 'view_platform_costs')
        ? { costUsdMicros: row.costUsdMicros, parts: row.costParts ?? [] }
        : null,
    }),
    appointment,
    disconnection_reason: row.disconnectionReason,
    agent_id: row.agentId,
    time_zone: timeZone,
  });
}

async function appointmentOf(
  scope: TenantScope,
  id: string | null,
  language: Language,
): Promise<CallDetail['appointment']> {
  if (id === null) return null;
  const { result } = await scope.calendar.appointment(id);
  if (!result.ok) return null;
  const { appointment, serviceNames, staffName, timeZone } = result.value;
  return {
    id: appointment.id,
    service: {
      id: appointment.serviceId,
      name: serviceNames.map((name) => inLanguage(name, language)).join(' + '),
    },
    staff: { id: appointment.staffId, name: staffName },
    branch_id: appointment.branchId,
    date: dateOf(appointment.startsAt, timeZone),
    starts_at: toIso(appointment.startsAt),
    ends_at: toIso(appointment.endsAt),
    status: appointment.status,
  };
}
