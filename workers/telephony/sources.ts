/** Which addresses Retell calls from, by the instance's settings, and what becomes of requests from elsewhere. Called by from-retell.ts. */
import { processNow, realNow } from '../../shared/clock.ts';
import { type RetellSources, SYSTEM_SETTINGS } from '../../shared/contract/settings.ts';
import { isWithin } from '../../shared/network.ts';
import { raiseAlarm } from '../alarms/raise.ts';
import type { Platform } from '../env.ts';
import { systemSettings } from '../instance/settings.ts';
import { verifyRetell } from '../integrations/signatures.ts';
import { log } from '../log.ts';
import { addRefusals } from '../storage/queries/checks.ts';
import { platformRetellKey } from './verify.ts';

/** So old may the list be; it is then read again beside the request, which a caller waits for. */
const FRESH_MS = 10_000;
let held: { sources: RetellSources; at: number } | null = null;

/** The list as an isolate knows it. Nothing known yet: it is waited for where it matters; D1 away: what is published. */
async function sourcesNow(platform: Platform, defer: (work: Promise<unknown>) => void): Promise<RetellSources> {
  if (held !== null && realNow() - held.at < FRESH_MS && realNow() >= held.at) return held.sources;
  const read = systemSettings(platform).then(
    ({ retell_sources: sources }) => {
      held = { sources, at: realNow() };
      return sources;
    },
    (fault: unknown) => {
      log('warn', 'retell_sources_unknown', { fault });
      return held?.sources ?? SYSTEM_SETTINGS.retell_sources.initial;
    },
  );
  if (held === null && !platform.development) return read;
  defer(read);
  return held?.sources ?? SYSTEM_SETTINGS.retell_sources.initial;
}

/** The list was changed here: the next request reads it. */
export function forgetSources(): void {
  held = null;
}

/** @param address as Cloudflare tells it */
export async function isFromRetell(
  platform: Platform,
  address: string,
  defer: (work: Promise<unknown>) => void,
): Promise<boolean> {
  const { mode, addresses } = await sourcesNow(platform, defer);
  if (mode === 'off' || (mode === 'deployed' && platform.development)) return true;
  return isWithin(address, addresses);
}

const COUNTED_EVERY_MS = 60_000;
let refused = 0;
/** real ms at which the count was written last, and at which a signature was looked at last */
let countedAt = Number.NEGATIVE_INFINITY;
let judgedAt = Number.NEGATIVE_INFINITY;

/**
 * Counts a refused request (in D1 once a minute and isolate, the first at once). Once a minute it also looks whether such a request was
 * signed by Retell: then Retell has moved or somebody has the key, and a person is told. Never throws.
 */
export async function noteStranger(
  platform: Platform,
  address: string,
  request: { header: string | null; body: () => Promise<string> },
): Promise<void> {
  refused++;
  const now = realNow();
  try {
    if (request.header !== null && now - judgedAt >= COUNTED_EVERY_MS) {
      judgedAt = now;
      const apiKey = await platformRetellKey(platform);
      const rawBody = await request.body();
      if (apiKey && (await verifyRetell({ rawBody, header: request.header, apiKey, now: processNow() })))
        await raiseAlarm(platform, { kind: 'source_refused', subject: address, tenantId: null, detail: { address } });
    }
    if (now - countedAt < COUNTED_EVERY_MS) return;
    const counted = refused;
    refused = 0;
    countedAt = now;
    log('warn', 'source_refused', { refused: counted });
    await addRefusals(platform, processNow(), { refused: counted, address });
  } catch (fault) {
    log('warn', 'source_refusal_not_counted', { fault });
  }
}

/** For tests: as in a fresh isolate. */
export function forgetStrangers(): void {
  refused = 0;
  countedAt = Number.NEGATIVE_INFINITY;
  judgedAt = Number.NEGATIVE_INFINITY;
}
