/** Retell's call webhook: verified, stored once, answered; the work is done from the queue. Called by routes.ts. */
import { log } from '../log.ts';
import type { DomainError } from '../../shared/errors.ts';
import type { Platform } from '../env.ts';
import { parseRetellEvent } from '../integrations/retell-events.ts';
import { setWebhookAside, storeAndEnqueue } from '../operations/webhook-aside.ts';
import { numbersOf } from './call-lifecycle.ts';
import { tellLines } from './lines.ts';
import { namedIn, type SignedRequest, verifyCall } from './verify.ts';

type WebhookOutcome =
  | { kind: 'stored'; duplicate: boolean }
  /** growing snapshots and unused events: acknowledged, not stored */
  | { kind: 'ignored' }
  | { kind: 'bad_signature' }
  | { kind: 'refused'; error: DomainError };

const WORKED_ON = new Set(['call_started', 'call_ended', 'call_analyzed']);

export async function takeWebhook(platform: Platform, request: SignedRequest): Promise<WebhookOutcome> {
  const event = parseRetellEvent(request.rawBody);
  const call = event.ok ? event.value.call : null;
  const verified = await verifyCall(
    platform,
    namedIn(request, {
      route: call?.route ?? null,
      number: call === null ? null : numbersOf(call).ours,
      agentId: call?.agentId ?? null,
      callId: call?.callId ?? null,
    }),
  );
  if (verified.kind === 'invalid') return { kind: 'bad_signature' };
  if (!event.ok) return { kind: 'refused', error: event.error };
  if (verified.kind === 'unknown') return { kind: 'refused', error: { code: 'NOT_FOUND', entity: 'call' } };
  if (event.value.kind === 'transcript_updated') {
    // Whoever misses a line hears it with the next: no retry of Retell's is worth it.
    await tellLines(platform, verified.tenantId, event.value.call).catch((fault: unknown) =>
      log('warn', 'lines_not_told', { fault }),
    );
  }
  if (!WORKED_ON.has(event.value.kind)) return { kind: 'ignored' };
  const webhook = {
    tenantId: verified.tenantId,
    eventType: event.value.event,
    source: 'retell' as const,
    uniqueId: event.value.dedupeKey,
    payload: request.rawBody,
    now: request.processNow,
  };
  try {
    return { kind: 'stored', duplicate: await storeAndEnqueue(platform, webhook) };
  } catch (fault) {
    // D1 is down. Retell asks thrice and gives up; what a call cost must not depend on that.
    log('warn', 'webhook_set_aside', { fault });
    await setWebhookAside(platform, webhook);
    return { kind: 'stored', duplicate: false };
  }
}
