/** What is being said right now, for who looks: a growing conversation becomes a message of the live stream, and is kept nowhere. Called by webhook.ts. */
import { type CallLines, MAX_LIVE_LINES } from '../../shared/contract/live.ts';
import type { TenantId } from '../../shared/ids.ts';
import { processNow } from '../../shared/clock.ts';
import type { Platform } from '../env.ts';
import type { RetellCall } from '../integrations/retell-events.ts';
import { openTenant } from '../tenancy/scope.ts';
import { isErasedCall } from './call-store.ts';
import { placeFacts } from './jobs.ts';
import { turnsOf } from './wire-facts.ts';

/** Of an erased caller nothing is told. */
export async function tellLines(platform: Platform, tenantId: TenantId, call: RetellCall): Promise<void> {
  const turns = turnsOf(call);
  if (turns.length === 0) return;
  const scope = openTenant(platform, tenantId, { kind: 'system', cause: 'webhook' }, { now: processNow() });
  const [place, isErased] = await Promise.all([placeFacts(scope, call), isErasedCall(scope, call.callId)]);
  if (isErased) return;
  const from = Math.max(0, turns.length - MAX_LIVE_LINES);
  const data: Omit<CallLines, 'ids'> = { branch_id: place.branchId ?? null, from, lines: turns.slice(from) };
  await scope.calendar.announce({ event: 'call.line', id: call.callId, data });
}
