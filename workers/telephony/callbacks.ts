/** Call back requests: what the phone agent could not settle, for a person. Called by functions and by the dispatcher when something fails. */
import { CALLBACK_DUE_HOURS } from '../../shared/calendar-limits.ts';
import type { Instant } from '../../shared/clock.ts';
import { newId } from '../../shared/ids.ts';
import { companySettings } from '../calendar/rules/company.ts';
import { insertCallback, type NewCallback } from '../storage/queries/calls.ts';
import type { TenantScope } from '../tenancy/scope.ts';
import { isErasedCall } from './call-store.ts';
import { dueOf, type Opening } from './callback-due.ts';
import { sha256Hex } from '../object-runtime/hash.ts';

/** Longest reason kept, characters. */
const MAX_REASON = 1_000;

interface CallbackRequest {
  kind: NewCallback['kind'];
  callId: string | null;
  /** what it is about, where that is more or other than the call: asked for twice is noted once */
  about?: string;
  customerId?: string | null;
  branchId?: string | null;
  phone?: string | null;
  name?: string | null;
  reason?: string | null;
  wish?: Record<string, unknown>;
}

type Said = Pick<CallbackRequest, 'customerId' | 'phone' | 'name' | 'reason' | 'wish'>;
/** Of a call whose caller was erased meanwhile: the request counts, and says nothing of them. */
const NOTHING_SAID: Said = {};

const HOURS_MAX_AGE_MS = 60_000;

/** By when somebody should ring, by the branch's hours and its company's settings; with the calendar out of reach by the clock. */
async function dueAt(scope: TenantScope, branchId: string | null, request: Record<string, unknown>): Promise<Instant> {
  const { result } = await scope.calendar.openHours({ maxAgeMs: HOURS_MAX_AGE_MS });
  const hours = result.ok ? result.value : null;
  const branch = hours?.snapshot.branches.find(({ id }) => branchId === null || id === branchId);
  const opening: Opening = {
    now: scope.now,
    zone: branch?.body.timeZone ?? 'UTC',
    openOn: (date) => (hours === null || branch === undefined ? [] : hours.openOn(branch.id, date)),
  };
  const after =
    hours === null || branch === undefined
      ? CALLBACK_DUE_HOURS.usual
      : companySettings(hours.snapshot, branch.body.companyId).callbackDueHours;
  return dueOf(request, opening, after);
}

/** One open request per call (or subject) and kind: a repeated function call notes nothing twice. Answers its id. */
export async function requestCallback(scope: TenantScope, request: CallbackRequest): Promise<string> {
  const about = request.about ?? request.callId;
  const id =
    about === null
      ? newId('callback_request', scope.now)
      : `cbr_${sha256Hex(`${scope.tenantId}\u0000${about}\u0000${request.kind}`).slice(0, 20)}`;
  const { callId } = request;
  // What can't be asked is no reason to lose the request.
  const isErased = callId !== null && (await isErasedCall(scope, callId).catch(() => false));
  const said = isErased ? NOTHING_SAID : request;
  await insertCallback(scope.db, {
    id,
    kind: request.kind,
    status: 'open',
    callId,
    customerId: said.customerId ?? null,
    branchId: request.branchId ?? null,
    phone: said.phone ?? null,
    name: said.name ?? null,
    reason: said.reason?.slice(0, MAX_REASON) ?? null,
    wish: said.wish ?? {},
    // An erased caller's request is due like one without a time: when they asked for is theirs.
    dueAt: await dueAt(scope, request.branchId ?? null, said.wish ?? {}),
    createdAt: scope.now,
  });
  return id;
}
