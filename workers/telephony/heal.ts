/** Calls whose later events never came are asked about at Retell; webhooks set aside during an outage are taken back. Called by the cron `heal_calls` (workers/telephony/crons.ts); each call is asked about every ten minutes. */
import { isTestCall, type TenantId } from '../../shared/ids.ts';
import { type Instant, processNow } from '../../shared/clock.ts';
import type { Platform } from '../env.ts';
import { vendorBases } from '../integrations/base-urls.ts';
import { getCall } from '../integrations/retell.ts';
import { callAsked, staleCalls } from '../storage/queries/calls.ts';
import { opened } from '../tenancy/credentials.ts';
import { openTenant } from '../tenancy/scope.ts';
import { advance, releaseHold } from './call-store.ts';
import { takeBackWebhooks } from '../operations/webhook-aside.ts';
import { settleRecording } from './recording/settle-recording.ts';
import { factsOf, turnsOf } from './wire-facts.ts';

/** Without events for so long: most calls are over by then, and their events have been retried. Asked again as often. */
const SILENT_MS = 10 * 60_000;
/** Retell does not know it and no further events will come: the row is closed and its hold released. */
const GIVEN_UP_AFTER_MS = 3 * 3_600_000;
/** Asked about in one run, so many at a time: 50 answers of at most 1.5 s stay far below a cron minute. */
const MAX_ASKED = 50;
const AT_A_TIME = 10;

export async function healCalls(platform: Platform): Promise<{ taken: number; asked: number; healed: number }> {
  const now = processNow();
  const taken = await takeBackWebhooks(platform, 'retell', now);
  const due = await staleCalls(platform, now - SILENT_MS, MAX_ASKED);
  let healed = 0;
  for (let i = 0; i < due.length; i += AT_A_TIME) {
    const outcomes = await Promise.all(due.slice(i, i + AT_A_TIME).map((call) => healOne(platform, call, now)));
    healed += outcomes.filter(Boolean).length;
  }
  return { taken, asked: due.length, healed };
}

/** True when the row has learnt how the call ended. */
async function healOne(
  platform: Platform,
  stale: { tenantId: TenantId; id: string; openedAt: number },
  now: Instant,
): Promise<boolean> {
  if (isTestCall(stale.id)) {
    // The page was left without hanging up; Retell knows nothing of it.
    const scope = openTenant(platform, stale.tenantId, { kind: 'system', cause: 'cron' }, { now });
    await advance(scope, stale.id, 'get_call', { over: true });
    return true;
  }
  const config = platform.config;
  const scope = openTenant(platform, stale.tenantId, { kind: 'system', cause: 'cron' }, { now });
  const credential = opened(await scope.credential('retell'));
  const call = credential?.key
    ? await getCall(
        {
          baseUrl: vendorBases(config).retell,
          apiKey: credential.key,
          timeoutMs: config.VENDOR_TIMEOUT_MS,
          heard: scope.heard('retell', credential),
        },
        stale.id,
      )
    : null;
  const facts = call?.ok ? factsOf(call.value, 'asked') : null;
  if (call?.ok && facts?.over) {
    const { row } = await advance(scope, stale.id, 'get_call', facts, { turns: turnsOf(call.value) });
    await settleRecording(scope, row, call.value.recordingUrl);
    return true;
  }
  if (now - stale.openedAt < GIVEN_UP_AFTER_MS) {
    // Back to the end of the queue: calls that Retell does not answer for never keep others waiting.
    await callAsked(scope.db, stale.id, now);
    return false;
  }
  const { row } = await advance(scope, stale.id, 'get_call', {
    ...facts,
    over: true,
    disconnectionReason: 'unknown',
  });
  // Its length will never be known: the hold is released.
  await releaseHold(scope, row);
  return true;
}
