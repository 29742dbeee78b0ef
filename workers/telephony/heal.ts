/** Calls whose later events never came are asked about at Retell. Called by cron every minute; each call is asked about every tenth. */
import { processNow } from '../../shared/clock.ts';
import { configOf, type Env } from '../env.ts';
import { vendorBases } from '../integrations/base-urls.ts';
import { getCall } from '../integrations/retell.ts';
import { staleCalls } from '../storage/queries/calls.ts';
import { openTenant } from '../tenancy/scope.ts';
import { advance } from './call-store.ts';
import { ownRetellKey } from './verify.ts';
import { factsOf, turnsOf } from './wire-facts.ts';

/** Most calls are over by then, and their events have been retried. */
const FIRST_ASKED_AFTER_MS = 10 * 60_000;
const ASK_EVERY_MINUTES = 10;
/** Retell does not know it and nobody will tell any more: the row is closed, its hold lapses by itself. */
const GIVEN_UP_AFTER_MS = 3 * 3_600_000;
const MAX_CALLS_A_RUN = 50;

export async function healCalls(env: Env): Promise<{ asked: number; healed: number }> {
  const now = processNow();
  const config = configOf(env);
  const stale = await staleCalls(env, now - FIRST_ASKED_AFTER_MS, MAX_CALLS_A_RUN);
  let asked = 0;
  let healed = 0;
  for (const { tenantId, id, openedAt } of stale) {
    const minutes = Math.floor((now - openedAt) / 60_000);
    const lost = now - openedAt > GIVEN_UP_AFTER_MS;
    if (!lost && minutes % ASK_EVERY_MINUTES !== 0) continue;
    const apiKey = (await ownRetellKey(env, tenantId, now)) ?? config.RETELL_API_KEY;
    if (!apiKey) continue;
    asked++;
    const scope = openTenant(env, tenantId, { kind: 'system', cause: 'cron' }, { now });
    const call = await getCall({ baseUrl: vendorBases(config).retell, apiKey, timeoutMs: config.VENDOR_TIMEOUT_MS }, id);
    if (call.ok) {
      const facts = factsOf(call.value, 'asked');
      if (!facts.over && !lost) continue;
      await advance(env, scope, id, 'get_call', facts, turnsOf(call.value));
      healed++;
    } else if (lost) {
      await advance(env, scope, id, 'get_call', { over: true, disconnectionReason: 'unknown' });
      healed++;
    }
  }
  return { asked, healed };
}
