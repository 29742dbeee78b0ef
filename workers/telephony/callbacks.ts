/** Call back requests: what the phone agent could not settle, for a person. Called by functions and by the dispatcher when something fails. */
import { newId } from '../../shared/ids.ts';
import { insertCallback, type NewCallback } from '../storage/queries/calls.ts';
import type { TenantScope } from '../tenancy/scope.ts';
import { isErasedCall } from './call-store.ts';
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

type Said = Pick<CallbackRequest, 'customerId' | 'phone' | 'name' | 'reason' | 'wish'>;
/** Of a call whose caller was erased meanwhile: the request counts, and says nothing of them. */
const NOTHING_SAID: Said = {};

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
    createdAt: scope.now,
  });
  return id;
}
