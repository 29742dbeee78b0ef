/** Call back requests: what the phone agent could not settle, for a person. Called by functions and by the dispatcher when something fails. */
import { newId } from '../../shared/ids.ts';
import { insertCallback, type NewCallback } from '../storage/queries/calls.ts';
import type { TenantScope } from '../tenancy/scope.ts';
import { sha256Hex } from '../object-runtime/hash.ts';

/** Longest reason kept, characters. */
const MAX_REASON = 1_000;

export interface CallbackRequest {
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

/** One open request per call (or subject) and kind: a repeated function call notes nothing twice. Answers its id. */
export async function requestCallback(scope: TenantScope, request: CallbackRequest): Promise<string> {
  const about = request.about ?? request.callId;
  const id =
    about === null
      ? newId('callback_request', scope.now)
      : `cbr_${sha256Hex(`${scope.tenantId}\u0000${about}\u0000${request.kind}`).slice(0, 20)}`;
  await insertCallback(scope.db, {
    id,
    kind: request.kind,
    status: 'open',
    callId: request.callId,
    customerId: request.customerId ?? null,
    branchId: request.branchId ?? null,
    phone: request.phone ?? null,
    name: request.name ?? null,
    reason: request.reason?.slice(0, MAX_REASON) ?? null,
    wish: request.wish ?? {},
    createdAt: scope.now,
  });
  return id;
}
