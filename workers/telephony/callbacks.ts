/** Call back requests: what the phone agent could not settle, for a person. Called by functions and by the dispatcher when something fails. */
import { newId } from '../../shared/ids.ts';
import { insertCallback, type NewCallback } from '../storage/queries/calls.ts';
import type { TenantScope } from '../tenancy/scope.ts';
import { sha256Hex } from '../object-runtime/hash.ts';

/** Longest reason kept, characters. */
const MAX_REASON = 1_000;

export interface CallbackWanted {
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
export async function requestCallback(scope: TenantScope, wanted: CallbackWanted): Promise<string> {
  const about = wanted.about ?? wanted.callId;
  const id =
    about === null
      ? newId('callback_request', scope.now)
      : `cbr_${sha256Hex(`${scope.tenantId}\u0000${about}\u0000${wanted.kind}`).slice(0, 20)}`;
  await insertCallback(scope.db, {
    id,
    kind: wanted.kind,
    status: 'open',
    callId: wanted.callId,
    customerId: wanted.customerId ?? null,
    branchId: wanted.branchId ?? null,
    phone: wanted.phone ?? null,
    name: wanted.name ?? null,
    reason: wanted.reason?.slice(0, MAX_REASON) ?? null,
    wish: wanted.wish ?? {},
    createdAt: scope.now,
  });
  return id;
}
