/**
 * Queue work of calls: stored Retell webhooks become call rows and charges; bookings made in a call are linked to it; calls of erased people are
 * deleted at Retell. Called by handlers.ts.
 */
import { isTestCall, type TenantId } from '../../shared/ids.ts';
import type { CallDirection } from '../../shared/call-status.ts';
import type { Platform } from '../env.ts';
import { vendorBases } from '../integrations/base-urls.ts';
import { deleteCall } from '../integrations/retell.ts';
import { parseRetellEvent } from '../integrations/retell-events.ts';
import type { Effects } from '../events/effects.ts';
import type { EffectContext, EffectOutcome } from '../operations/effects.ts';
import { forgetWebhookBody, loadWebhook, webhookProcessed } from '../operations/webhook-log.ts';
import { processNow } from '../../shared/clock.ts';
import { confirmLine, customersByPhone, touchCustomer } from '../storage/queries/customers.ts';
import { opened } from '../tenancy/credentials.ts';
import type { CallRow } from '../storage/queries/calls.ts';
import { recordingGoneAtVendor } from '../storage/queries/recordings.ts';
import { openTenant, type TenantScope } from '../tenancy/scope.ts';
import { advance, allAtOnce } from './call-store.ts';
import { joinFacts, numbersOf } from './call-lifecycle.ts';
import { settleRecording } from './recording/settle-recording.ts';
import { factsOf, turnsOf, type WireFacts } from './wire-facts.ts';

const STAGES = { call_started: 'started', call_ended: 'ended', call_analyzed: 'analyzed' } as const;

/** Works on one stored webhook; throws when the world fails, so that the queue and the sweeper bring it again. */
export async function processRetellWebhook(platform: Platform, tenantId: TenantId, webhookId: string): Promise<void> {
  const stored = await loadWebhook(platform, tenantId, webhookId);
  if (!stored || stored.state === 'processed' || stored.state === 'ignored') return;
  const event = parseRetellEvent(stored.body);
  const settle = (state: 'processed' | 'failed' | 'ignored', error?: string) =>
    webhookProcessed(platform, tenantId, webhookId, {
      state,
      now: processNow(),
      ...(error === undefined ? {} : { error }),
    });
  if (!event.ok) return settle('failed', event.error.code);
  const { kind, call } = event.value;
  if (kind !== 'call_started' && kind !== 'call_ended' && kind !== 'call_analyzed') return settle('ignored');
  const scope = openTenant(platform, tenantId, { kind: 'system', cause: 'webhook' }, { requestId: webhookId });
  const { facts: found, erased } = await conversationFacts(scope, call.callId);
  const facts = { ...(await placeFacts(scope, call)), ...factsOf(call, STAGES[kind]), ...found };
  const { row } = await advance(scope, call.callId, kind, facts, { turns: turnsOf(call), erased });
  await settleRecording(scope, row, call.recordingUrl);
  if (kind === 'call_analyzed') await meterAnalysis(scope, row);
  if (kind !== 'call_started' && row.customerId === null)
    await linkByNumber(scope, row.id, row.direction === 'outbound' ? row.toNumber : row.fromNumber);
  if (row.customerId !== null && row.erasedAt === null) await touchCustomer(scope.db, row.customerId, row.startedAt);
  if (kind !== 'call_started') await endConversation(scope, call.callId);
  await settle('processed');
  // Whoever called was erased while the call was going on: its body goes as soon as it has been read.
  if (row.erasedAt !== null) await forgetWebhookBody(platform, tenantId, webhookId);
}

/** The analysis of a call is one use of a model; by the call's id, so that its webhook counts once however often it comes. */
async function meterAnalysis(scope: TenantScope, { id, openedAt }: CallRow): Promise<void> {
  if (isTestCall(id)) return;
  const metadata = { operation: 'call_analysis', session_id: id };
  await scope.meter([{ key: `analysis:${id}`, eventType: 'ai_query', quantity: 1, occurredAt: openedAt, metadata }]);
}

/** Effect `retell.delete_call`: Retell forgets a call whose caller was erased, or whose recording it must not have (any more). */
export async function deleteCallAtRetell({
  scope,
  ref: { callId },
}: EffectContext<'retell.delete_call'>): Promise<EffectOutcome> {
  if (isTestCall(callId)) return { kind: 'done' };
  const { config } = scope;
  const apiKey = opened(await scope.credential('retell'))?.key;
  // Without a key there is no Retell that could know the call.
  const along = [recordingGoneAtVendor(scope.db, callId, scope.now)];
  if (!apiKey) return { kind: 'done', along };
  const base = {
    baseUrl: vendorBases(config).retell,
    apiKey,
    timeoutMs: config.VENDOR_TIMEOUT_MS,
    patience: scope.patience,
  };
  const deleted = await deleteCall(base, callId);
  if (deleted.ok || deleted.error.status === 404) return { kind: 'done', along };
  return { kind: 'retry', reason: `retell: ${deleted.error.kind} ${deleted.error.status ?? ''}`.trim() };
}

/** After hanging up the caller's holds are released and what they said about themselves is deleted. */
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
  scope: TenantScope,
  call: {
    direction: CallDirection | null;
    fromNumber: string | null;
    toNumber: string | null;
    agentId: string | null;
  },
): Promise<WireFacts> {
  const ours = numbersOf(call).ours;
  const number = ours === null ? null : await scope.ownNumber(ours);
  const agent = number !== null || call.agentId === null ? null : await scope.ownAgent(call.agentId);
  const place = number ?? agent;
  if (place === null || place.branchId === null) return {};
  const { result } = await scope.calendar.schedule({ maxAgeMs: 60_000 });
  const branch = result.ok ? result.value.branches.find((one) => one.id === place.branchId) : undefined;
  return { branchId: place.branchId, ...(branch ? { companyId: branch.body.companyId } : {}) };
}

/** What the functions of the call found out: the customer, and the newest appointment that was made. */
async function conversationFacts(scope: TenantScope, callId: string): Promise<{ facts: WireFacts; erased: boolean }> {
  const { result } = await scope.calendar.conversation({ now: scope.now, callId });
  if (!result.ok) return { facts: {}, erased: false };
  const { customerId, appointmentIds, language, erased } = result.value;
  const appointmentId = appointmentIds.at(-1);
  const facts = {
    ...(customerId === null ? {} : { customerId }),
    ...(appointmentId === undefined ? {} : { appointmentId }),
    ...(language === null ? {} : { language }),
  };
  return { facts, erased };
}

/** A call in which no function ran still belongs to the one person on that line. */
async function linkByNumber(scope: TenantScope, callId: string, number: string | null): Promise<void> {
  if (number === null) return;
  const people = await customersByPhone(scope.db, number);
  if (people.length === 1 && people[0]) {
    await advance(scope, callId, 'conversation', { customerId: people[0].id });
    await confirmLine(scope.db, people[0].id, { e164: number, extension: '' }, scope.now);
  }
}

/** Effect `call.link`: an appointment was booked in a call. */
export const linkAppointment = ({ scope, ref, together }: EffectContext<'call.link'>): Promise<EffectOutcome> =>
  together.ask(scope, linkAppointments, ref);

/** What was booked in a call becomes one change of its row, and the calls are changed together; each fails by itself. */
async function linkAppointments(
  scope: TenantScope,
  links: readonly Effects['call.link'][],
): Promise<readonly Promise<EffectOutcome>[]> {
  const ofCalls = new Map<string, Effects['call.link'][]>();
  for (const link of links) ofCalls.set(link.callId, [...(ofCalls.get(link.callId) ?? []), link]);
  const rows = allAtOnce(scope.db);
  const outcomes = new Map(
    [...ofCalls].map(([callId, mine]) => {
      const facts = joinFacts(mine.map(({ appointmentId, customerId }) => ({ appointmentId, customerId })));
      const advanced = advance(scope, callId, 'conversation', facts, { rows });
      return [callId, advanced.then((): EffectOutcome => ({ kind: 'done' }))] as const;
    }),
  );
  return links.map(({ callId }) => outcomes.get(callId) as Promise<EffectOutcome>);
}
