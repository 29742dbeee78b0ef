/** Retell's call webhook: verified, stored once, answered; the work is done from the queue. Called by routes.ts. */
import type { Instant } from '../../shared/clock.ts';
import type { DomainError } from '../../shared/errors.ts';
import type { Env } from '../env.ts';
import { parseRetellEvent } from '../integrations/retell-events.ts';
import { enqueueWebhook, storeWebhook } from '../operations/webhook-log.ts';
import { numbersOf } from './call-lifecycle.ts';
import { signatureClock, verifyCall } from './verify.ts';

export type WebhookOutcome =
  | { kind: 'stored'; duplicate: boolean }
  /** growing snapshots and events nobody here needs: acknowledged, not kept */
  | { kind: 'ignored' }
  | { kind: 'bad_signature' }
  | { kind: 'refused'; error: DomainError };

const WORKED_ON = new Set(['call_started', 'call_ended', 'call_analyzed']);

export async function takeWebhook(
  env: Env,
  request: { rawBody: string; header: string | null; company: string | null; now: Instant; processNow: Instant },
): Promise<WebhookOutcome> {
  const event = parseRetellEvent(request.rawBody);
  const call = event.ok ? event.value.call : null;
  const verified = await verifyCall(env, {
    rawBody: request.rawBody,
    header: request.header,
    company: request.company,
    route: call?.route ?? null,
    number: call === null ? null : numbersOf(call).ours,
    agentId: call?.agentId ?? null,
    callId: call?.callId ?? null,
    now: request.now,
    signedNow: signatureClock(request.header, request.now, request.processNow),
  });
  if (verified.kind === 'invalid') return { kind: 'bad_signature' };
  if (!event.ok) return { kind: 'refused', error: event.error };
  if (verified.kind === 'unknown') return { kind: 'refused', error: { code: 'NOT_FOUND', entity: 'call' } };
  if (!WORKED_ON.has(event.value.kind)) return { kind: 'ignored' };
  const { id, duplicate, state } = await storeWebhook(env, {
    tenantId: verified.tenantId,
    source: 'retell',
    eventType: event.value.event,
    uniqueId: event.value.dedupeKey,
    payload: request.rawBody,
    now: request.processNow,
  });
  if (!duplicate || state === 'received') await enqueueWebhook(env, verified.tenantId, id);
  return { kind: 'stored', duplicate };
}
