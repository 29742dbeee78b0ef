/** Calls as they are shown: the list, one with transcript, receipt and appointment. Called by calls.resource.ts, which asked for the permission. */
import { actorMay } from '../../../shared/actor.ts';
import type { CallDetail, CallListItem, CallReceipt } from '../../../shared/contract/calls.ts';
import { inLanguage, type Language } from '../../../shared/i18n/language.ts';
import { isTestCall } from '../../../shared/ids.ts';
import { maskPhone } from '../../../shared/mask-phone.ts';
import { dateOf, isoOrNull, toIso } from '../../../shared/time.ts';
import type { Candidates } from '../../resources/backing.ts';
import {
  type CallRow,
  callbacksOfCall,
  callIdsWithOpenCallback,
  type RecordingBeside,
  stepsOfCall,
} from '../../storage/queries/calls.ts';
import { recordingOf } from '../../storage/queries/recordings.ts';
import { type AppointmentFee, appointmentFees, feeBeside, type FeesBeside } from '../../storage/queries/ledger.ts';
import { besideOf, type ShownRow } from '../../storage/resource-list.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { type CallKnowledge, isPartial } from '../call-lifecycle.ts';
import { collectedOf, topicsOf } from '../analysis.ts';
import { transcriptOf } from '../call-store.ts';
import { type CallMoney, receiptOf } from '../receipt.ts';
import { type Beside, beside, customerOf } from './names.ts';

type Fees = ReadonlyMap<string, AppointmentFee>;
/** The fee of the appointment that a call booked. */
const feeOf = ({ appointmentId }: CallRow, fees: Fees): AppointmentFee | null =>
  appointmentId === null ? null : (fees.get(appointmentId) ?? null);
async function feesOf(scope: TenantScope, rows: readonly ShownRow<CallRow>[]): Promise<Fees> {
  const read = new Map<string, AppointmentFee>();
  const unread: string[] = [];
  for (const row of rows) {
    if (row.appointmentId === null) continue;
    const known = besideOf<{ fees: FeesBeside }>(row);
    const fee = known === undefined ? null : feeBeside(known.fees);
    if (known === undefined) unread.push(row.appointmentId);
    else if (fee !== null) read.set(row.appointmentId, fee);
  }
  return new Map([...read, ...(await appointmentFees(scope.db, unread))]);
}

type Recordings = ReadonlyMap<string, CallListItem['recording']>;
/** What became of the recordings of calls, for who may hear them. */
async function recordingsOf(scope: TenantScope, rows: readonly ShownRow<CallRow>[]): Promise<Recordings> {
  const found = new Map<string, CallListItem['recording']>();
  if (!actorMay(scope.actor, 'view_recordings')) return found;
  for (const row of rows) {
    const known = besideOf<{ recording: RecordingBeside }>(row);
    if (known !== undefined) {
      if (known.recording === null) continue;
      const [state, reason, bytes] = known.recording;
      found.set(row.id, { state, reason, bytes });
      continue;
    }
    const read = await recordingOf(scope.db, row.id);
    if (read !== null) found.set(row.id, { state: read.state, reason: read.reason, bytes: read.bytes });
  }
  return found;
}

function listView(row: CallRow, names: Beside, fees: Fees, recordings: Recordings): CallListItem {
  const fee = feeOf(row, fees);
  const branch = row.branchId === null ? undefined : names.branches.get(row.branchId);
  return {
    id: row.id,
    test: isTestCall(row.id),
    status: row.status,
    direction: row.direction,
    started_at: toIso(row.startedAt),
    ended_at: isoOrNull(row.endedAt),
    duration_seconds: row.durationMs === null ? null : Math.ceil(row.durationMs / 1000),
    from_masked: row.fromNumber === null ? null : maskPhone(row.fromNumber),
    customer: customerOf(row, names),
    branch: branch && row.branchId !== null ? { id: row.branchId, name: branch.name } : null,
    summary: row.summary,
    sentiment: row.sentiment,
    successful: row.successful,
    appointment_id: row.appointmentId,
    // What the call itself cost and what came of it, as one: people look here for the price of a call.
    charged_cents: fee === null ? row.chargedCents : (row.chargedCents ?? 0) + fee.cents,
    currency: row.currency ?? names.currency,
    recording: recordings.get(row.id) ?? null,
    reviewed_at: isoOrNull(row.reviewedAt),
    deleted_at: isoOrNull(row.deletedAt),
  };
}

/** Open promises that are looked at; whoever has more of them first needs people, not pages. */
const MAX_PROMISES = 900;

/** Calls after which somebody waits to be called back. */
export async function awaitingCallback(scope: TenantScope): Promise<Candidates<Partial<CallRow>>> {
  const ids = await callIdsWithOpenCallback(scope.db, MAX_PROMISES + 1);
  return { ids: ids.slice(0, MAX_PROMISES), truncated: ids.length > MAX_PROMISES };
}

/** Calls as the list shows them. */
export async function viewsOfCalls(scope: TenantScope, rows: readonly ShownRow<CallRow>[]): Promise<CallListItem[]> {
  const [names, fees, recordings] = await Promise.all([
    beside(scope, rows),
    feesOf(scope, rows),
    recordingsOf(scope, rows),
  ]);
  return rows.map((row) => listView(row, names, fees, recordings));
}

/** Function requests of a call that are shown. */
const MAX_STEPS = 200;

/** One call with all of it. The transcript is empty without `view_transcripts`, costs of providers are left out without `view_platform_costs`. */
export async function detailOfCall(scope: TenantScope, row: CallRow, language: Language): Promise<CallDetail> {
  const mayReadWords = actorMay(scope.actor, 'view_transcripts');
  const [names, transcript, appointment, fees, recordings, steps, promises, reviewers] = await Promise.all([
    beside(scope, [row]),
    mayReadWords ? transcriptOf(scope, row) : [],
    appointmentOf(scope, row.appointmentId, language),
    feesOf(scope, [row]),
    recordingsOf(scope, [row]),
    stepsOfCall(scope.db, row.id, MAX_STEPS),
    actorMay(scope.actor, 'view_callback_requests') ? callbacksOfCall(scope.db, row.id) : [],
    row.reviewedBy === null ? new Map<string, string>() : scope.recentNamesOfUsers([row.reviewedBy]),
  ]);
  const timeZone = (row.branchId === null ? undefined : names.branches.get(row.branchId)?.timeZone) ?? 'Europe/Berlin';
  return {
    ...listView(row, names, fees, recordings),
    transcript,
    steps: steps.map((step) => ({
      at: toIso(step.at),
      after_turns: step.afterTurns,
      function: step.function,
      succeeded: step.succeeded,
      code: step.code,
      said: mayReadWords ? step.said : null,
      appointment_id: step.appointmentId,
    })),
    topics: topicsOf(row.analysis),
    analysis: collectedOf(row.analysis),
    reviewed_by: row.reviewedBy === null ? null : { id: row.reviewedBy, name: reviewers.get(row.reviewedBy) ?? null },
    callbacks: promises.map(({ id, status }) => ({ id, status })),
    transcript_partial: transcript.length > 0 && isPartial(row.knowledge as CallKnowledge),
    receipt: receiptIn(scope, row, names.currency, fees),
    appointment,
    disconnection_reason: row.disconnectionReason,
    agent_id: row.agentId,
    time_zone: timeZone,
  };
}

/** What a call cost, with the fee of the appointment it made; costs of providers only for who may see them. */
const receiptIn = (
  scope: TenantScope,
  row: CallRow,
  currency: string,
  fees: Awaited<ReturnType<typeof feesOf>>,
): CallReceipt =>
  receiptOf({
    state: row.chargeState,
    heldCents: row.heldCents,
    currency: row.currency ?? currency,
    money: row.money as CallMoney | null,
    fee: feeOf(row, fees),
    provider: actorMay(scope.actor, 'view_platform_costs')
      ? { costUsdMicros: row.costUsdMicros, parts: row.costParts ?? [] }
      : null,
  });

/** The same by itself. */
export async function receiptOfCall(scope: TenantScope, row: CallRow): Promise<CallReceipt> {
  const [fees, tenant] = await Promise.all([feesOf(scope, [row]), scope.tenant()]);
  return receiptIn(scope, row, tenant?.currency ?? 'EUR', fees);
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
