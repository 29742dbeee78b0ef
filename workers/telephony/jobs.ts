/** Queue work of calls: stored Retell webhooks become call rows and charges; bookings made in a call are linked to it. Called by handlers.ts. */
import type { CallDirection } from '../../shared/call-status.ts';
import type { Env } from '../env.ts';
import { parseRetellEvent } from '../integrations/retell-events.ts';
import type { EffectContext, EffectHandler, EffectOutcome } from '../operations/effects.ts';
import { loadWebhook, webhookProcessed } from '../operations/webhook-log.ts';
import { processNow } from '../../shared/clock.ts';
import { confirmLine, customersByPhone, touchCustomer } from '../storage/queries/customers.ts';
import { tenantOfAgent, tenantOfNumber } from '../tenancy/directory.ts';
import { openTenant, type TenantScope } from '../tenancy/scope.ts';
import { advance } from './call-store.ts';
import { numbersOf } from './call-lifecycle.ts';
import { factsOf, turnsOf, type WireFacts } from './wire-facts.ts';

const STAGES = { call_started: 'started', call_ended: 'ended', call_analyzed: 'analyzed' } as const;

/** Works on one stored webhook; throws when the world fails, so that the queue and the sweeper bring it again. */
export async function processRetellWebhook(env: Env, tenantId: string, webhookId: string): Promise<void> {
  const stored = await loadWebhook(env, tenantId, webhookId);
  if (!stored || stored.state === 'processed' || stored.state === 'ignored') return;
  const event = parseRetellEvent(stored.body);
  const settle = (state: 'processed' | 'failed' | 'ignored', error?: string) =>
    webhookProcessed(env, tenantId, webhookId, { state, now: processNow(), ...(error === undefined ? {} : { error }) });
  if (!event.ok) return settle('failed', event.error.code);
  const { kind, call } = event.value;
  if (kind !== 'call_started' && kind !== 'call_ended' && kind !== 'call_analyzed') return settle('ignored');
  const scope = openTenant(env, tenantId, { kind: 'system', cause: 'webhook' }, { requestId: webhookId });
  const facts = {
    ...(await placeFacts(env, scope, call)),
    ...factsOf(call, STAGES[kind]),
    ...(await conversationFacts(scope, call.callId)),
  };
  const { row } = await advance(env, scope, call.callId, kind, facts, turnsOf(call));
  if (kind !== 'call_started' && row.customerId === null)
    await linkByNumber(env, scope, row.id, row.direction === 'outbound' ? row.toNumber : row.fromNumber);
  if (row.customerId !== null) await touchCustomer(scope.db, row.customerId, row.startedAt);
  if (kind !== 'call_started') await endConversation(scope, call.callId);
  await settle('processed');
}

/** Who has hung up holds nothing any more, and what they told of themselves is forgotten. */
async function endConversation(scope: TenantScope, callId: string): Promise<void> {
  const { result } = await scope.calendar.conversation({ now: scope.now, callId });
  if (!result.ok) return;
  const { hold, identity } = result.value;
  if (hold !== null) {
    const { result: released } = await scope.calendar.releaseHold({
      key: `retell:${callId}:release:${hold.lockToken}`,
      now: scope.now,
      actor: { kind: 'phone', id: callId },
      lockToken: hold.lockToken,
    });
    // Booked, replaced or lapsed in the meantime: nothing is held.
    if (!released.ok && released.error.code !== 'NOT_FOUND')
      throw new Error(`hold not released: ${released.error.code}`);
  }
  if (identity.said !== null)
    await scope.calendar.conversation({ now: scope.now, callId, merge: { identity: { said: null } } });
}

/** Branch and company by our number, as the directory has them. */
export async function placeFacts(
  env: Env,
  scope: TenantScope,
  call: {
    direction: CallDirection | null;
    fromNumber: string | null;
    toNumber: string | null;
    agentId: string | null;
  },
): Promise<WireFacts> {
  const ours = numbersOf(call).ours;
  const number = ours === null ? null : await tenantOfNumber(env, ours);
  const agent = number !== null || call.agentId === null ? null : await tenantOfAgent(env, call.agentId);
  const place = number ?? agent;
  if (place === null || place.tenantId !== scope.tenantId || place.branchId === null) return {};
  const { result } = await scope.calendar.schedule({ maxAgeMs: 60_000 });
  const branch = result.ok ? result.value.branches.find((one) => one.id === place.branchId) : undefined;
  return { branchId: place.branchId, ...(branch ? { companyId: branch.body.companyId } : {}) };
}

/** What the functions of the call found out: the customer, and the newest appointment that was made. */
async function conversationFacts(scope: TenantScope, callId: string): Promise<WireFacts> {
  const { result } = await scope.calendar.conversation({ now: scope.now, callId });
  if (!result.ok) return {};
  const { customerId, appointmentIds, language } = result.value;
  const appointmentId = appointmentIds.at(-1);
  return {
    ...(customerId === null ? {} : { customerId }),
    ...(appointmentId === undefined ? {} : { appointmentId }),
    ...(language === null ? {} : { language }),
  };
}

/** A call in which no function ran still belongs to the one person on that line. */
async function linkByNumber(env: Env, scope: TenantScope, callId: string, number: string | null): Promise<void> {
  if (number === null) return;
  const people = await customersByPhone(scope.db, number);
  if (people.length === 1 && people[0]) {
    await advance(env, scope, callId, 'conversation', { customerId: people[0].id });
    await confirmLine(scope.db, people[0].id, { e164: number, extension: '' }, scope.now);
  }
}

/** Effect `call.link`: an appointment was booked in a call. */
async function linkAppointment(env: Env, { scope, ref }: EffectContext): Promise<EffectOutcome> {
  const { callId, appointmentId, customerId } = ref;
  if (typeof callId !== 'string' || typeof appointmentId !== 'string')
    return { kind: 'park', reason: 'call.link without ids' };
  await advance(env, scope, callId, 'conversation', {
    appointmentId,
    ...(typeof customerId === 'string' ? { customerId } : {}),
  });
  return { kind: 'done' };
}

/** Handlers of the effects that telephony owns. */
export const telephonyEffects = (env: Env): Readonly<Record<string, EffectHandler>> => ({
  'call.link': (context) => linkAppointment(env, context),
});
